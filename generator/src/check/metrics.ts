/** Metrics that rules ask for and nobody makes: an alert on one is never told. */
import { availableSeries, objectiveSeries } from "../model/alerts/objectives.ts";
import { clusterFile, environmentFile } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { Keys } from "../model/reading.ts";
import type { CheckableRelease } from "../model/rendered.ts";
import type { HelmValues } from "../model/values/service.ts";
import { nearest } from "../problems/suggest.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { isScrapedByOurs } from "../release/monitoring/scraping.ts";
import { platformRules } from "../release/monitoring/platform-rules.ts";
import { collectorOf, ofProber, ofStates } from "../release/monitoring/metric-names.ts";
import { producedMetrics, stoppedProducers } from "../release/monitoring/producers.ts";
import { metricsIn } from "./promql.ts";

type Asking = Pick<CheckableRelease, "release" | "metrics">;

/** A metric that nobody makes, and whose rules ask for it. */
interface Missing {
  readonly metric: string;
  readonly by: string;
  /** Whether who asks could be stopped too: neither the platform can, nor a chart, which has no such word. */
  readonly canStop: boolean;
  readonly file: string;
  readonly keys: Keys;
  readonly facts: EnvironmentFacts;
  readonly known: ReadonlySet<string>;
}

/**
 * Problems: METRIC_WITHOUT_PRODUCER, where Prometheus is a service of ours; what another one has is not known. Of a stopped
 * producer it is one, and of the prober that a cluster speaks of.
 */
export function metricsWithoutProducer(releases: readonly Asking[]): Problem[] {
  const byFacts = Map.groupBy(releases, ({ release }) => release.facts);
  const all = releases.map(({ release }) => release);
  const missing = [...byFacts].flatMap(([facts, mine]) => {
    if (!isScrapedByOurs(facts, all)) return [];
    const stopped = stoppedProducers(facts, all);
    return missingIn(facts, mine, all).map((one) => ({ ...one, maker: stopped.get(one.metric) }));
  });
  return [...Map.groupBy(missing, ({ maker }) => maker)].flatMap(([maker, mine]) =>
    maker === undefined ? withoutMakers(mine) : [makerStopped(maker, mine)],
  );
}

function missingIn(
  facts: EnvironmentFacts,
  mine: readonly Asking[],
  all: readonly Release[],
): Missing[] {
  const { rules, known } = knownIn(facts, all);
  const isCarrier = facts.name === facts.cluster.carrier;
  const asked = new Set(isCarrier ? rules.flatMap(({ expr }) => metricsIn(expr)) : []);
  const platform = {
    by: "the platform",
    canStop: false,
    file: environmentFile(facts.name),
    keys: ["services"],
  };
  return [
    ...[...asked].map((metric) => ({ metric, ...platform, facts, known })),
    ...mine.flatMap(({ release: { service }, metrics }) =>
      metrics.map((metric) => ({
        metric,
        by: service.name,
        canStop: service.kind !== "chart",
        file: service.file,
        keys: [],
        facts,
        known,
      })),
    ),
  ].filter(({ metric }) => !known.has(metric));
}

/** In: an environment, and the releases of all. Out: the rules of its cluster's carrier, and the metrics that are recorded or made. */
export function knownIn(facts: EnvironmentFacts, all: readonly Release[]) {
  const carrier = all.find((release) => release.facts.name === facts.cluster.carrier)?.facts;
  const rules =
    carrier === undefined ? [] : platformRules(carrier, all).flatMap((group) => group.rules);
  const recorded = rules.flatMap((rule) => ("record" in rule ? [rule.record] : []));
  const known: ReadonlySet<string> = new Set([
    ...recorded,
    availableSeries,
    objectiveSeries,
    ...producedMetrics(facts, all).keys(),
  ]);
  return { rules, known };
}

/** What the rules of a service ask for, each once. */
export function metricsOfRules({ service: { alertRules } }: HelmValues): string[] {
  const rules = Object.values(alertRules).flatMap(({ groups }) =>
    Object.values(groups).flatMap((group) => group.rules),
  );
  return [...new Set(rules.flatMap(({ expr }) => metricsIn(expr)))];
}

/** For what kube-state-metrics would make, did it read all kinds. */
export const addCollector = (collector: string) =>
  `add "${collector}" to collectors of kube-state-metrics in the values of the chart kube-prometheus-stack`;

/** In: a metric that nobody makes, and those that are made. Out: the collector that would make it, where kube-state-metrics runs. */
const collectorMissing = (metric: string, known: ReadonlySet<string>) =>
  known.has(ofStates) ? collectorOf(metric) : undefined;

/** What to do about a metric that nobody makes. */
export function mendOf(metric: string, known: ReadonlySet<string>): string {
  const collector = collectorMissing(metric, known);
  const made =
    collector === undefined ? `let ${makerWords(metric)} run here` : addCollector(collector);
  return `${made}, or take out what asks for it`;
}

/** The prober is there once a cluster, and nobody thinks of it at a service that it asks. */
const makerWords = (metric: string): string =>
  ofProber.includes(metric)
    ? "a prober (blackbox-exporter, in the carrier of the cluster)"
    : "what makes it";

/** Who is asked by the prober follows from what services are, so that nobody can take out what asks for its metrics. */
function withoutMakers(missing: readonly Missing[]): Problem[] {
  const isOfProber = ({ metric, facts }: Missing) =>
    facts.cluster.prober !== undefined && ofProber.includes(metric);
  const ofProbers = Map.groupBy(missing.filter(isOfProber), ({ facts }) => facts.clusterName);
  return [
    ...missing.filter((one) => !isOfProber(one)).map(withoutMaker),
    ...[...ofProbers].map(([cluster, mine]) => withoutProber(cluster, mine)),
  ];
}

function withoutProber(clusterName: string, missing: readonly Missing[]): Problem {
  const { prober, carrier } = missing[0]?.facts.cluster ?? {};
  return problemAt("METRIC_WITHOUT_PRODUCER", clusterFile(clusterName), ["prober"], {
    message: `no prober runs in ${prober?.namespace}, and ${askingFor(missing)}`,
    found: `prober.namespace: ${prober?.namespace}, without a service that is a prober`,
    expected: "the namespace in which a prober runs",
    fix: `let blackbox-exporter run in \`${carrier}\`, or correct its \`namespace\``,
  });
}

function withoutMaker({ metric, by, file, keys, facts, known }: Missing): Problem {
  const near =
    collectorMissing(metric, known) === undefined ? nearest(metric, [...known]) : undefined;
  return problemAt(
    "METRIC_WITHOUT_PRODUCER",
    file,
    keys,
    {
      message: `rules of ${by} ask for the metric ${metric}, which nothing in this environment makes`,
      found: metric,
      expected: "a metric of a service that runs here",
      fix: `${mendOf(metric, known)}${near === undefined ? "" : `; the nearest there is: ${near}`}`,
    },
    facts.name,
  );
}

/** So many of those that ask are named. */
const shown = 3;

/** `rules of immich, sonarr ask for what it makes: probe_success` */
function askingFor(missing: readonly Missing[]): string {
  const metrics = [...new Set(missing.map(({ metric }) => metric))].sort();
  const asking = [...new Set(missing.map(({ by }) => by))].sort();
  const more = asking.length > shown ? ` and ${asking.length - shown} more` : "";
  return `rules of ${asking.slice(0, shown).join(", ")}${more} ask for what it makes: ${metrics.join(", ")}`;
}

function makerStopped({ service, facts }: Release, missing: readonly Missing[]): Problem {
  const stopToo = missing.every(({ canStop }) => canStop)
    ? ", or say stopped: true of those that ask too"
    : "";
  return problemAt(
    "METRIC_WITHOUT_PRODUCER",
    service.file,
    ["stopped"],
    {
      message: `${service.name} is stopped, and ${askingFor(missing)}`,
      found: `${service.name} with stopped: true`,
      expected:
        "that it runs while those do whose rules ask: their alerts would tell nothing, or what is not so",
      fix: `take stopped out of ${service.name}${stopToo}`,
    },
    facts.name,
  );
}
