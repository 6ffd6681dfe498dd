/** Types over names: what only the compiler knows when it checks one file. */
import type { Fact, Registry, ServiceName, VolumeKind } from "./registry.ts";
import type {
  CacheVolumeChange,
  DatabaseVolumeChange,
  HostVolume,
  LoginEdge,
  ScratchVolumeChange,
  ShareVolumeChange,
  StateVolumeChange,
  TokenVolumeChange,
} from "./types.generated.ts";

export type { ServiceName };
export type TierName = Fact<"tiers">;
export type ShareName = Fact<"shares">;
export type LanHost = Fact<"hosts">;
export type StoragePurpose = Fact<"storageClasses">;
export type EnvironmentName = Fact<"environments">;
export type ClusterName = Fact<"clusters">;
/** A name of the cluster for an address, or the address itself. */
export type AddressName =
  | Fact<"addresses">
  | `${number}.${number}.${number}.${number}`
  | `${string}:${string}`;

/** A value that loosens a standard, and why; written `because(value, "say why here")`. */
export interface Because<T> {
  /** Why: for whoever reads the file. */
  readonly because: string;
  /** The value that loosens the standard. */
  readonly value: T;
}

/** Names that are the keys of an object. */
export type Names<T> = keyof T & string;

/** Ports of components as routes name them: `component/port`. */
export type Targets<C> = { [K in Names<C>]: `${K}/${Names<C[K]>}` }[Names<C>];
export type TargetsByName<C> = { [K in Names<C>]: `${K}/${C[K] & string}` }[Names<C>];

/** Edges to components of the same service: `./component` and its ports. */
export type Peers<C> = { readonly [K in Names<C> as `./${K}`]?: OneOrMore<Names<C[K]>> };
export type PeersByName<C> = { readonly [K in Names<C> as `./${K}`]?: OneOrMore<C[K] & string> };

/** A path to something in one of these fields: `routes.web`. */
export type PathIn<Field extends string> = Field | `${Field}.${string}`;

/** What is called: other services by name, peers by `./name`. */
export type Consumes<E> = ConsumedServices & E;

type ConsumedServices = [keyof Registry] extends [never]
  ? { readonly [service: string]: OneOrMore<string> | LoginEdge }
  : { readonly [S in keyof Registry]?: EdgeTo<S> };

type OneOrMore<Port extends string> = Port | readonly Port[];

/** Edges a registered service takes: one of its ports, several, or a login where it gives one. */
type EdgeTo<S extends keyof Registry> =
  | OneOrMore<PortsOf<Registry[S]>>
  | (Registry[S] extends { login: true } ? LoginEdge : never);

type PortsOf<Entry> = Entry extends { ports: infer Ports }
  ? Ports extends string
    ? Ports
    : TargetsByName<Ports>
  : never;

/** What `from` can read from a service, or from a component of the same service. */
export type Provider = ServiceName | `./${string}`;
export type KeyOf<S extends Provider> = S extends keyof Registry
  ? Registry[S] extends { keys: infer Key extends string }
    ? Key
    : never
  : S extends `./${string}`
    ? PeerKey
    : string;
type PeerKey = "host" | "port" | "url" | `${string}-${"host" | "port" | "url"}`;

/** What differs in a volume, by what it holds. */
export type VolumeChange<Kind> = Kind extends keyof VolumeChanges ? VolumeChanges[Kind] : never;
interface VolumeChanges extends Record<VolumeKind, unknown> {
  state: StateVolumeChange;
  database: DatabaseVolumeChange;
  cache: CacheVolumeChange;
  share: ShareVolumeChange;
  scratch: ScratchVolumeChange;
  token: TokenVolumeChange;
  host: Because<HostVolume>;
}
