/**
 * What the compiler knows about other files, although no service file imports another: each service
 * has a generated `registry.d.ts`, and `environments/registry.d.ts` has the names of the platform.
 */

/** Services by name; each service's `registry.d.ts` adds its entry (shape: `RegistryEntry`). */
export interface Registry {}

/** Names of tiers, shares, hosts and so on; `environments/registry.d.ts` adds them (shape: `RegisteredFacts`). */
export interface Facts {}

/** What a generated entry says about a service with one component. */
export interface ServiceEntry {
  kind: "service";
  /** Names of its ports, as consumers write them. */
  ports: string;
  /** What consumers can read with `from`. */
  keys: string;
  /** Whether it gives each consumer a login. */
  login: boolean;
  /** Volumes, and what each holds. */
  storage: Record<string, VolumeKind>;
  /** Names of routes. */
  routes: string;
  /** Names of exposures. */
  exposes: string;
}

/** The same for one with several components and for an upstream chart: ports are by component. */
export interface ComposedEntry extends Omit<ServiceEntry, "kind" | "ports"> {
  kind: "composed" | "chart";
  ports: Record<string, string>;
}
export type RegistryEntry = ServiceEntry | ComposedEntry;
export type VolumeKind = "state" | "database" | "cache" | "share" | "scratch" | "token" | "host";

/** What `environments/registry.d.ts` says. Where it is not there yet, every name is accepted. */
export interface RegisteredFacts {
  tiers: string;
  shares: string;
  hosts: string;
  addresses: string;
  storageClasses: string;
  environments: string;
  clusters: string;
}

/** Names of one sort, or any text as long as none are registered. */
export type Fact<Sort extends keyof RegisteredFacts> =
  Facts extends Record<Sort, infer Name extends string> ? Name : string;

/** Services of this platform, or any text as long as none is registered. */
export type ServiceName = [keyof Registry] extends [never] ? string : keyof Registry & string;
