/** Who is watched how: every component in exactly one way, each with its causes. */
import type { Cause, Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { RuleName } from "../model/rules.ts";
import { clusterFact, componentFact, serviceFact } from "./causes.ts";
import { hasService } from "./components.ts";
import { exporterFacts, exporterMetrics } from "./exporters.ts";
import { scrapeOf } from "./metrics.ts";
import { isPostgresCluster } from "./postgres.ts";
import { hasNoPods, probeName, probingFacts, probingOf } from "./probing.ts";

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

function watchOf(release: Release, component: ResolvedComponent): Derived<Watch> {
  const { service, facts } = release;
  const scraper = clusterFact(facts, "scraper");
  const stopped = [serviceFact(service, "stopped")];
  if (hasNoPods(release, component))
    return watch("stopped-unwatched", stoppedFacts(release, component), {
      component,
      by: "stopped",
    });
  const found = (rule: RuleName, causes: readonly Cause[], value: Omit<Watch, "component">) =>
    watch(rule, [...causes, scraper, ...stopped], { component, ...value });
  if (scraper.absent) return found("unwatched", [], { by: "nobody", lacks: "scraper" });
  const metrics = componentFact(service, component, "metrics");
  const alive = (metric: string, job: string) => ({ metric, namespace: service.namespace, job });
  const ofPods = `${service.namespace}/${component.objectName}`;
  const exporter = exporterMetrics(component);
  if (exporter !== undefined)
    return found("exporter-beside", [metrics], {
      by: "exporter",
      alive: alive(exporterFacts(exporter).alive, ofPods),
    });
  if (scrapeOf(facts, component) !== undefined)
    return found("metrics-scraped", [metrics], {
      by: "metrics",
      // An instance answers for itself while its PostgreSQL does not.
      alive: alive(
        isPostgresCluster(component) ? "cnpg_collector_up" : "up",
        hasService(component) ? component.objectName : ofPods,
      ),
    });
  const probing = probingOf(component);
  if (probing === undefined) return stateWatch(release, component, found);
  const causes = [...probingFacts(service, component, probing), clusterFact(facts, "prober")];
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

/** What says that it has no pods. */
function stoppedFacts({ service }: Release, component: ResolvedComponent): Cause[] {
  const stopped = serviceFact(service, "stopped");
  return stopped.absent === undefined
    ? [stopped]
    : [stopped, componentFact(service, component, "replicas")];
}

const watch = (rule: RuleName, causes: readonly Cause[], value: Watch): Derived<Watch> => ({
  value,
  rule,
  causes,
});
