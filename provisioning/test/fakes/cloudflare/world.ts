/** What a fake Cloudflare knows, and how it says no. */

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly status?: "active" | "pending";
}

/** What a token may do, by ids of zones and accounts. */
export interface Token {
  readonly value: string;
  readonly status?: "active" | "disabled" | "expired";
  /** Whose it is: each kind is verified at a place of its own. */
  readonly of?: "user" | "account";
  readonly zoneRead?: readonly string[];
  readonly dnsRead?: readonly string[];
  readonly dnsWrite?: readonly string[];
  readonly tunnelRead?: readonly string[];
  readonly tunnelWrite?: readonly string[];
}

export interface DnsRecord {
  readonly id: string;
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly proxied: boolean;
  readonly ttl: number;
  readonly comment: string | null;
}

export interface Tunnel {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly secret: string;
  readonly config: unknown;
  readonly deleted: boolean;
  /** How many cloudflared hold its other end. */
  readonly connections: number;
}

export interface World {
  readonly zones: readonly Zone[];
  readonly tokens: readonly Token[];
  readonly records: Map<string, DnsRecord>;
  readonly tunnels: Map<string, Tunnel>;
  readonly newId: () => string;
}

/** One question, with its rights checked. */
export interface Asked {
  readonly world: World;
  readonly token: Token;
  readonly words: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is answered: a result, or a list of which a page is given. */
export type Answer = { readonly result: unknown } | { readonly list: readonly unknown[] };

export interface Route {
  readonly method: string;
  /** `*` is any word. */
  readonly path: string;
  readonly answer: (asked: Asked) => Answer;
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const unauthorized = (): Refusal => new Refusal(403, 10_000, "Authentication error");
