/** What the calls work on, and what a call is. */
import type { Clock } from "./clock.ts";
import type { Faults } from "./faults.ts";
import type { Guests } from "./guests.ts";
import type { Ha } from "./ha.ts";
import type { HostFacts } from "./hosts.ts";
import type { Rights } from "./access.ts";
import type { Storages } from "./storages.ts";
import type { Tasks } from "./tasks.ts";
import { wrongParameters } from "./refusal.ts";

/** A file that hosts can download. */
export interface Image {
  readonly url: string;
  /** Of the file, in bytes. */
  readonly size: number;
  /** Of the disk in it, in bytes. */
  readonly diskSize: number;
  readonly checksums?: Readonly<Record<string, string>>;
}

export interface Pool {
  comment: string;
  readonly vms: Set<number>;
}

export interface World {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly tasks: Tasks;
  readonly hosts: readonly HostFacts[];
  readonly storages: Storages;
  readonly guests: Guests;
  readonly images: readonly Image[];
  readonly pools: Map<string, Pool>;
  readonly ha: Ha;
  /** Seconds from start until the agent in a VM answers; undefined when no VM has one. */
  readonly agentAfter: number | undefined;
}

export interface Call {
  /** The named parts of the path. */
  readonly parts: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly rights: Rights;
}

export type Handler = (call: Call, world: World) => unknown;

export interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly run: Handler;
}

export const route = (method: string, pattern: string, run: Handler): Route => ({
  method,
  pattern,
  run,
});

export const part = (call: Call, name: string): string => call.parts[name] ?? "";

/** A parameter that the call cannot do without. Throws the refusal of Proxmox. */
export function required(call: Call, name: string): string {
  const value = call.params[name];
  if (value !== undefined) return value;
  throw wrongParameters({ [name]: "property is missing and it is not optional" });
}

/** Refuses parameters that the call does not know. */
export function known(call: Call, isKnown: (name: string) => boolean): void {
  const strange = Object.keys(call.params).filter(
    (name) => !isKnown(name) && !(name in call.parts),
  );
  if (strange.length === 0) return;
  const text =
    "property is not defined in schema and the schema does not allow additional properties";
  throw wrongParameters(Object.fromEntries(strange.map((name) => [name, text])));
}

/** The number of a VM. Throws the refusal of Proxmox when it is none. */
export function readVmid(text: string, name = "vmid"): number {
  const vmid = Number(text);
  if (!Number.isInteger(vmid))
    throw wrongParameters({ [name]: `type check ('integer') failed - got '${text}'` });
  if (vmid < 100) throw wrongParameters({ [name]: "value must have a minimum value of 100" });
  if (vmid > 999_999_999)
    throw wrongParameters({ [name]: "value must have a maximum value of 999999999" });
  return vmid;
}
