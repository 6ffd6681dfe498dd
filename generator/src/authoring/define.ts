/** The entry functions: each file exports the result of one. They say what the file is, and type it. */
import type { Registry, ServiceName } from "./registry.ts";
import type {
  ChartOverlay,
  ChartSpec,
  Cluster,
  ComposedServiceOverlay,
  ComposedServiceSpec,
  Environment,
  ServiceOverlay,
  ServiceSpec,
  Tiers,
} from "./types.generated.ts";

/** What a file exports: which shape it is, and what was written. */
export interface Defined<Shape extends string> {
  readonly rzp: Shape;
  readonly spec: object;
}
export interface DefinedOverlay extends Defined<"overlay"> {
  readonly service: string;
}

/** A service with one component. */
export function defineService<P = {}, S = {}>(spec: ServiceSpec<P, S>): Defined<"service"> {
  return { rzp: "service", spec };
}

/** A service with several components. */
export function defineComposedService<C, S = {}>(
  spec: ComposedServiceSpec<C, S>,
): Defined<"composed"> {
  return { rzp: "composed", spec };
}

/** A service that comes as an upstream chart. */
export function defineChart<C>(spec: ChartSpec<C>): Defined<"chart"> {
  return { rzp: "chart", spec };
}

/** What differs in an environment for a service; identity stays. */
export function overlay<S extends ServiceName>(service: S, spec: OverlayOf<S>): DefinedOverlay {
  return { rzp: "overlay", service, spec };
}

/** The names a service is registered with say what its overlay may hold. */
export type OverlayOf<S> = S extends keyof Registry ? OverlayOfEntry<Registry[S]> : AnyOverlay;
type OverlayOfEntry<Entry> = Entry extends {
  kind: infer Kind;
  ports: infer Ports;
  storage: infer Volumes;
  routes: infer Routes extends string;
  exposes: infer Exposes extends string;
}
  ? Kind extends "service"
    ? ServiceOverlay<Ports & string, Volumes, Routes, Exposes>
    : Kind extends "composed"
      ? ComposedServiceOverlay<Ports, Volumes, Routes, Exposes>
      : ChartOverlay<Ports, Routes, Exposes>
  : never;
/** As long as no service is registered, nothing is known about any. */
type AnyOverlay = Readonly<Record<string, unknown>>;

/** Facts of a cluster: what exists once. */
export function defineCluster(spec: Cluster): Defined<"cluster"> {
  return { rzp: "cluster", spec };
}

/** Facts of an environment: a set of services on a cluster. */
export function defineEnvironment(spec: Environment): Defined<"environment"> {
  return { rzp: "environment", spec };
}

/** The tiers of the platform by name. */
export function defineTiers(spec: Tiers): Defined<"tiers"> {
  return { rzp: "tiers", spec };
}
