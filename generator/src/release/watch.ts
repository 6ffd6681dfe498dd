/** Who is watched how: every component in exactly one way, each with its causes. */
import type { Cause, Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import { concernName } from "../model/names.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { RuleName } from "../model/rules.ts";
import { clusterFact, componentFact, serviceFact } from "./causes.ts";
import { hasService, isWorkload } from "./components.ts";
import { exporterFacts, exporterMetrics } from "./exporters.ts";
import { scrapeOf } from "./metrics.ts";
import { probingOf } from "./probing.ts";
import { replicasOf } from "./replicas.ts";

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

export function derivedWatches(release: Release): Derived<Watch>[] {
  return release.service.components.map((component) => watchOf(release, component));
}

/** Name of the Probe of a component, and of its job: that of a Service is another one. */
export const probeName = ({ objectName }: ResolvedComponent): string =>
  concernName(objectName, "probe");

function watchOf(release: Release, component: ResolvedComponent): Derived<Watch> {
  const { service, facts } = release;
  const scraper = clusterFact(facts, "scraper");
  const stopped = stoppedFacts(release, component);
  if (stopped.some(({ absent }) => absent === undefined))
    return watch("stopped-unwatched", stopped, { component, by: "stopped" });
  const found = (rule: RuleName, causes: readonly Cause[], value: Omit<Watch, "component">) =>
    watch(rule, [...causes, scraper, ...stopped], { component, ...value });
  if (scraper.absent) return found("unwatched", [], { by: "nobody", lacks: "scraper" });
  const metrics = metricsFact(release, component);
  const alive = (metric: string, job: string) => ({ metric, namespace: service.namespace, job });
  const ofPods = `${service.namespace}/${component.objectName}`;
  const exporter = exporterMetrics(component);
  if (exporter !== undefined)
    return found("exporter-beside", [metrics], {
      by: "exporter",
      alive: alive(exporterFacts(exporter).alive, ofPods),
    });
  if (scrapeOf(service, facts, component) !== undefined)
    return found("metrics-scraped", [metrics], {
      by: "metrics",
      alive: alive("up", hasService(component) ? component.objectName : ofPods),
    });
  const probing = probingOf(release, component);
  if (probing === undefined) return stateWatch(release, component, found);
  const causes = [metrics, ...probing.causes, clusterFact(facts, "prober")];
  return facts.cluster.prober === undefined
    ? found("unwatched", causes, { by: "nobody", lacks: "prober" })
    : found("probed-without-metrics", causes, {
        by: "probe",
        alive: alive("probe_success", probeName(component)),
      });
}

/** Jobs, and what nothing can ask. */
function stateWatch(
  { service }: Release,
  component: ResolvedComponent,
  found: (
    rule: RuleName,
    causes: readonly Cause[],
    value: Omit<Watch, "component">,
  ) => Derived<Watch>,
): Derived<Watch> {
  const fact = (...path: string[]) => componentFact(service, component, ...path);
  if (component.source.kind === "chart")
    return found("state-watched", [fact("metrics")], { by: "state" });
  const isJob = ["schedule", "job"].includes(component.source.spec.runs?.as ?? "");
  const causes = [fact("metrics"), fact("runs"), fact("ports"), fact("network", "host")];
  return isJob
    ? found("runs-watched", causes.slice(0, 2), { by: "runs" })
    : found("state-watched", causes, { by: "state" });
}

const metricsFact = ({ service }: Release, component: ResolvedComponent): Cause =>
  component.source.kind === "chart"
    ? serviceFact(service, "metrics")
    : componentFact(service, component, "metrics");

/** What says that it has no pods; facts that are not there where it has some. */
function stoppedFacts(release: Release, component: ResolvedComponent): Cause[] {
  const { service } = release;
  const stopped = serviceFact(service, "stopped");
  if (stopped.absent === undefined || !isWorkload(component)) return [stopped];
  const isNone = replicasOf(release, component) === 0;
  return isNone ? [componentFact(service, component, "replicas"), stopped] : [stopped];
}

const watch = (rule: RuleName, causes: readonly Cause[], value: Watch): Derived<Watch> => ({
  value,
  rule,
  causes,
});
