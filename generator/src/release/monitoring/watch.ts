/** Who is watched how: every component in exactly one way, each with its causes. */
import type { Cause, Derived } from "../../model/derived.ts";
import { valuesOf } from "../../model/derived.ts";
import type { Release, ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import type { RuleName } from "../../model/rules.ts";
import { clusterFact, componentFact, namespaceFact, serviceFact } from "../causes.ts";
import { hasService, kindThatEnds } from "../components.ts";
import { exporterFacts, exporterMetrics } from "../exporters.ts";
import type { ExporterMetrics } from "../exporters.ts";
import { scrapeOf } from "./scraping.ts";
import { isPostgresCluster } from "../postgres.ts";
import { hasNoPods } from "../pods/replicas.ts";
import { probeName, probingFacts, probingOf } from "./probing.ts";

/**
 * `metrics`: its own, `exporter`: those of an exporter beside it, `probe`: the prober asks it, `runs`: a job, by the end
 * of its runs, `state`: by the state of its pods in Kubernetes. `stopped` has no pods, `nobody` is not watched.
 */
export type WatchedBy = "metrics" | "exporter" | "probe" | "runs" | "state" | "stopped" | "nobody";

/** A series that is 1 while a component is alive, one for each of its pods or for all of them. */
export interface AliveSeries {
  readonly metric: string;
  readonly namespace: string;
  /** Of a ServiceMonitor the name of the Service, of a PodMonitor `namespace/name`, of a Probe its own. */
  readonly job: string;
}

/** It is asked by the prober: while that is away, nobody knows whether it is alive. */
export const isProbed = ({ metric }: Pick<AliveSeries, "metric">): boolean =>
  metric === "probe_success";

export interface Watch {
  readonly component: ResolvedComponent;
  readonly by: WatchedBy;
  /** Undefined where only kube-state-metrics knows. */
  readonly alive?: AliveSeries;
  /** Of one that nobody watches: the fact of the cluster that is not there. */
  readonly lacks?: "scraper" | "prober";
}

/** In: a release. Out: one entry for each of its components, in their order. */
export const watchesOf = (release: Release): Watch[] => valuesOf(derivedWatches(release));

export interface DerivedWatch extends Derived<Watch> {
  /** Facts behind `by` alone. */
  readonly byCauses: readonly Cause[];
  /** Facts behind there being `alive`. An exporter that cannot tell whether its component answers is none of them. */
  readonly aliveCauses: readonly Cause[];
}

/** What a series is called by, its namespace being a label. */
export const seriesFacts = (service: ResolvedService, alive: AliveSeries | undefined): Cause[] =>
  alive === undefined ? [] : [namespaceFact(service)];

export function derivedWatches(release: Release): DerivedWatch[] {
  return release.service.components.map((component) => watchOf(release, component));
}

function watchOf(release: Release, component: ResolvedComponent): DerivedWatch {
  const { service, facts } = release;
  const scraper = clusterFact(facts, "scraper");
  if (hasNoPods(release, component)) return stoppedWatch(release, component);
  const always = [scraper, serviceFact(service, "stopped")];
  const found: Found = (rule, causes, value, aliveCauses = causes) => ({
    value: { component, ...value },
    rule,
    causes: [...causes, ...always, ...seriesFacts(service, value.alive)],
    byCauses: [...causes, ...always],
    aliveCauses: [...aliveCauses, ...always],
  });
  if (scraper.absent) return found("unwatched", [], { by: "nobody", lacks: "scraper" });
  const exporter = exporterMetrics(component);
  if (exporter !== undefined) return exporterWatch(release, component, exporter, found);
  if (scrapeOf(facts, component) !== undefined) return metricsWatch(release, component, found);
  const { causes, ...asked } = probeWatch(release, component);
  if (asked.lacks !== undefined) return found("unwatched", causes, { by: "nobody", ...asked });
  return asked.alive === undefined
    ? stateWatch(release, component, found)
    : found("probed-without-metrics", causes, { by: "probe", ...asked });
}

type Found = (
  rule: RuleName,
  causes: readonly Cause[],
  value: Omit<Watch, "component">,
  aliveCauses?: readonly Cause[],
) => DerivedWatch;

/** By what the exporter says of the component, or by what the prober says where it says nothing. */
function exporterWatch(
  release: Release,
  component: ResolvedComponent,
  exporter: ExporterMetrics,
  found: Found,
): DerivedWatch {
  const metrics = componentFact(release.service, component, "metrics");
  const { alive: metric } = exporterFacts(exporter);
  if (metric !== undefined)
    return found("exporter-beside", [metrics], {
      by: "exporter",
      alive: { metric, ...podsOf(release, component) },
    });
  const { causes, ...asked } = probeWatch(release, component);
  return found("exporter-beside", [metrics, ...causes], { by: "exporter", ...asked }, causes);
}

/** The operator of databases answers for a database that does not. */
function metricsWatch(release: Release, component: ResolvedComponent, found: Found): DerivedWatch {
  const { service } = release;
  const isDatabase = isPostgresCluster(component);
  const pods = podsOf(release, component);
  const job = hasService(component) ? component.objectName : pods.job;
  return found(
    "metrics-scraped",
    [
      componentFact(service, component, "metrics"),
      ...(isDatabase ? [componentFact(service, component, "runs")] : []),
    ],
    { by: "metrics", alive: { ...pods, metric: isDatabase ? "cnpg_collector_up" : "up", job } },
  );
}

/** Where the prober asks a component, or could. */
function probeWatch(
  { service, facts }: Release,
  component: ResolvedComponent,
): Pick<Watch, "alive" | "lacks"> & { readonly causes: readonly Cause[] } {
  const probing = probingOf(component);
  if (probing === undefined) return { causes: unaskableFacts(service, component) };
  const causes = [...probingFacts(service, component, probing), clusterFact(facts, "prober")];
  if (facts.cluster.prober === undefined) return { causes, lacks: "prober" };
  const { namespace } = service;
  return { causes, alive: { metric: "probe_success", namespace, job: probeName(component) } };
}

/** As a PodMonitor finds them. */
const podsOf = ({ service: { namespace } }: Release, { objectName }: ResolvedComponent) => ({
  namespace,
  job: `${namespace}/${objectName}`,
});

/** Of one that the prober cannot ask. */
const unaskableFacts = (service: ResolvedService, component: ResolvedComponent): Cause[] =>
  ["runs", "ports"].map((field) => componentFact(service, component, field));

/** Jobs, and what nothing can ask. */
function stateWatch(
  { service }: Release,
  component: ResolvedComponent,
  found: Found,
): DerivedWatch {
  const metrics = componentFact(service, component, "metrics");
  if (component.source.kind === "chart") return found("state-watched", [metrics], { by: "state" });
  return kindThatEnds(component) !== undefined
    ? found("runs-watched", [metrics, componentFact(service, component, "runs")], { by: "runs" })
    : found("state-watched", [metrics, ...unaskableFacts(service, component)], { by: "state" });
}

/** One without pods, with what says so. */
function stoppedWatch({ service }: Release, component: ResolvedComponent): DerivedWatch {
  const stopped = serviceFact(service, "stopped");
  const causes =
    stopped.absent === undefined
      ? [stopped]
      : [stopped, componentFact(service, component, "replicas")];
  const value = { component, by: "stopped" } as const;
  return { value, rule: "stopped-unwatched", causes, byCauses: causes, aliveCauses: causes };
}
