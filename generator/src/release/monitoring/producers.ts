/** Which metrics exist in an environment, and who makes them: what rules and dashboards may name. */
import { asTree } from "../../model/data.ts";
import type { Tree } from "../../model/data.ts";
import type { EnvironmentFacts, Release, ResolvedComponent } from "../../model/platform.ts";
import { nameOfChart } from "../chart.ts";
import { isOfDrill } from "../drill/volumes.ts";
import { exporterMetrics, programOf } from "../exporters.ts";
import {
  collectorOf,
  ofDrill,
  ofEveryTarget,
  ofExporters,
  ofPostgresCluster,
  ofProber,
  ofPrograms,
  ofPrometheusStack,
} from "./metric-names.ts";
import { scrapeOf } from "./scraping.ts";
import { isStopped } from "../pods/replicas.ts";
import { isPostgresCluster } from "../postgres.ts";

export interface Producer {
  /** `kube-state-metrics`, `exportarr of sonarr`, `velero`. */
  readonly name: string;
  readonly metrics: readonly string[];
}

/** In: an environment, and the releases of all. Out: each metric that is produced there, with the name of its producer. */
export function producedMetrics(
  facts: EnvironmentFacts,
  releases: readonly Release[],
): ReadonlyMap<string, string> {
  const produced = new Map<string, string>();
  for (const { name, metrics } of producersIn(facts, releases))
    for (const metric of metrics) if (!produced.has(metric)) produced.set(metric, name);
  return produced;
}

/** What runs in the environment, or is carried for it on its cluster; nothing where nobody reads it. */
export const producersIn = (facts: EnvironmentFacts, releases: readonly Release[]): Producer[] => [
  ...readFor(facts, releases)
    .filter((release) => !isStopped(release))
    .flatMap(producersOf),
  ...foreignProber(facts, releases),
];

/** The prober of the cluster where it is somebody else's: no service of ours has its namespace, be it listed and stopped, or not listed. */
function foreignProber(
  { clusterName, cluster: { scraper, prober }, ownNamespaces }: EnvironmentFacts,
  releases: readonly Release[],
): Producer[] {
  if (scraper === undefined || prober === undefined) return [];
  const isOurs =
    ownNamespaces.has(prober.namespace) ||
    releases.some(
      ({ service, facts }) =>
        facts.clusterName === clusterName && service.namespace === prober.namespace,
    );
  return isOurs ? [] : [{ name: "prober of the cluster", metrics: ofProber }];
}

/** In: as above. Out: metrics that would be produced there, each with the stopped release that would. */
export const stoppedProducers = (
  facts: EnvironmentFacts,
  releases: readonly Release[],
): ReadonlyMap<string, Release> =>
  new Map(
    readFor(facts, releases)
      .filter(isStopped)
      .flatMap((release) =>
        producersOf(release).flatMap(({ metrics }) =>
          metrics.map((metric) => [metric, release] as const),
        ),
      ),
  );

const readFor = (facts: EnvironmentFacts, releases: readonly Release[]): readonly Release[] =>
  facts.cluster.scraper === undefined
    ? []
    : releases.filter(
        (release) =>
          release.facts.name === facts.name ||
          (release.facts.clusterName === facts.clusterName &&
            facts.tiers[release.service.tier]?.once === true),
      );

const producersOf = (release: Release): Producer[] => [
  ...ofStack(release),
  ...release.service.components.flatMap((component) => ofComponent(release, component)),
];

function ofComponent({ service, facts }: Release, component: ResolvedComponent): Producer[] {
  if (scrapeOf(facts, component) === undefined) return [];
  const target = { name: "every target", metrics: ofEveryTarget };
  const exporter = exporterMetrics(component)?.exporter;
  const { source } = component;
  const program =
    source.kind === "workload"
      ? programOf(source.spec.image)
      : service.kind === "chart"
        ? nameOfChart(service.spec.chart.from)
        : "";
  const own =
    exporter !== undefined
      ? { name: `${exporter} of ${service.name}`, metrics: ofExporters[exporter](program) }
      : {
          name: service.name,
          metrics: isPostgresCluster(component) ? ofPostgresCluster : (ofPrograms[program] ?? []),
        };
  const probes = program === "blackbox-exporter" ? [{ name: service.name, metrics: ofProber }] : [];
  const drill = isOfDrill(component) ? [{ name: service.name, metrics: ofDrill }] : [];
  return [target, own, ...probes, ...drill];
}

/** The parts of kube-prometheus-stack that its values leave on. */
function ofStack({ service }: Release): Producer[] {
  if (service.kind !== "chart" || nameOfChart(service.spec.chart.from) !== "kube-prometheus-stack")
    return [];
  const values = asTree(service.spec.chart.values);
  return Object.entries(ofPrometheusStack).flatMap(([part, metrics]) =>
    asTree(values[part])["enabled"] === false
      ? []
      : [
          {
            name: stackNames[part] ?? part,
            metrics: part === "kubeStateMetrics" ? ofCollectors(metrics, values) : metrics,
          },
        ],
  );
}

/** kube-state-metrics reads the kinds that `collectors` lists, and its usual ones where that lists none. */
function ofCollectors(metrics: readonly string[], values: Tree): readonly string[] {
  const collectors = asTree(values["kube-state-metrics"])["collectors"];
  if (!Array.isArray(collectors) || collectors.length === 0) return metrics;
  return metrics.filter((metric) => {
    const collector = collectorOf(metric);
    return collector === undefined || collectors.includes(collector);
  });
}

const stackNames: Readonly<Record<string, string>> = {
  kubeStateMetrics: "kube-state-metrics",
  nodeExporter: "node-exporter",
  prometheusOperator: "prometheus-operator",
};
