/** Values that stand for something known elsewhere, and the one way to loosen a standard. */
import type { Because, KeyOf, Provider, ServiceName } from "./names.ts";
import type {
  ClusterReference,
  Dashboards,
  FileReference,
  HostReference,
  LogPipeline,
  LogPipelineOptions,
  PodReference,
  RouteReference,
  RestorePlan,
  SecretReference,
} from "./types.generated.ts";

/** A secret of this service's own path: `secret("api-key")`. */
export function secret(key: string): SecretReference {
  return { secret: key };
}

/** A reference that remembers what it reads from, so that a component can check its peers. */
export interface Offered<S extends string> {
  readonly from: S;
  readonly key: string;
}
/** A misspelt service is inferred as all of them: said once at the name is enough. */
type OfferedBy<S extends Provider> = Provider extends S ? Offered<ServiceName> : Offered<S>;

/**
 * What another service offers: `from("postgres", "host")`; of a component of the same service:
 * `from("./learning", "url")`. The service must also be in `consumes`.
 */
export function from<S extends Provider>(service: S, key: NoInfer<KeyOf<S>>): OfferedBy<S> {
  return { from: service, key } as OfferedBy<S>;
}

/** A fact of the cluster or environment: `cluster("timeZone")`. */
export function cluster(fact: ClusterReference["cluster"]): ClusterReference {
  return { cluster: fact };
}

/** The address of a host of the home network: `lan("nas")`. To call it, say so in `reaches.lan` too. */
export function lan(host: HostReference["lan"]): HostReference {
  return { lan: host };
}

/**
 * The host of a route of this service in full: `routeHost("web")`. Of several the first that is no wildcard. With
 * `HOST: routeHost("web")`, `$(HOST)` puts it into other variables.
 */
export function routeHost(route: RouteReference["routeHost"]): RouteReference {
  return { routeHost: route };
}

/**
 * What the gateway for an audience listens for, inside its Gateway object: every domain of the cluster with a
 * certificate, hosts beside them, ports routes ask for.
 */
export function gatewayListeners(audience: "internal" | "public"): {
  readonly gatewayListeners: "internal" | "public";
} {
  return { gatewayListeners: audience };
}

/** A field of the pod itself: `pod("spec.nodeName")`. */
export function pod(field: PodReference["pod"]): PodReference {
  return { pod: field };
}

/** A file under config/ beside values.ts: `file("config/blocky.yml")`. */
export function file(path: `config/${string}`): FileReference {
  return { file: path };
}

/**
 * Vector's configuration, which RZP writes: one stream a tier, each program (`.vrl`) among the container's files a
 * step, in the order of their names.
 */
export function logPipeline(facts: LogPipelineOptions): LogPipeline {
  return { writes: "log-pipeline", ...facts };
}

/** What the dashboards of all services, tiers and the platform show, which RZP writes. */
export function dashboards(): Dashboards {
  return { writes: "dashboards" };
}

/** What the restore drill restores and asks of it, of all services of the cluster: a file of the drill's. */
export function restorePlan(): RestorePlan {
  return { writes: "restore-plan" };
}

/** Loosens a standard: the value, and the reason, which stands in the file for whoever reads it. */
export function because<T>(value: NoInfer<T>, reason: string): Because<T> {
  return { because: reason, value };
}
