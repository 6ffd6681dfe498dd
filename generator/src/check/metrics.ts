/** Metrics that rules ask for and nobody makes: an alert on one is never told. */
import { availableSeries, objectiveSeries } from "../model/alerts/objectives.ts";
import { environmentFile } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { CheckableRelease } from "../model/rendered.ts";
import type { HelmValues } from "../model/values/service.ts";
import { nearest } from "../problems/suggest.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { isScrapedByOurs } from "../release/monitoring/scraping.ts";
import { platformRules } from "../release/monitoring/platform-rules.ts";
import { collectorOf, ofStates } from "../release/monitoring/metric-names.ts";
import { producedMetrics } from "../release/monitoring/producers.ts";
import { metricsIn } from "./promql.ts";

type Asking = Pick<CheckableRelease, "release" | "metrics">;

/** Problems: METRIC_WITHOUT_PRODUCER, where Prometheus is a service of ours; what another one has is not known. */
export function metricsWithoutProducer(releases: readonly Asking[]): Problem[] {
  const byFacts = Map.groupBy(releases, ({ release }) => release.facts);
  const all = releases.map(({ release }) => release);
  return [...byFacts].flatMap(([facts, mine]) => {
    if (!isScrapedByOurs(facts, all)) return [];
    const { rules, known } = knownIn(facts, all);
    const isCarrier = facts.name === facts.cluster.carrier;
    const asked = new Set(isCarrier ? rules.flatMap(({ expr }) => metricsIn(expr)) : []);
    return [
      ...[...asked]
        .filter((metric) => !known.has(metric))
        .map((metric) =>
          problemAt(
            "METRIC_WITHOUT_PRODUCER",
            environmentFile(facts.name),
            ["services"],
            words(metric, "rules of the platform", known),
            facts.name,
          ),
        ),
      ...mine.flatMap((one) => ofService(one, known)),
    ];
  });
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

function ofService(
  { release: { service, facts }, metrics }: Asking,
  known: ReadonlySet<string>,
): Problem[] {
  const missing = metrics.filter((metric) => !known.has(metric));
  return missing.map((metric) =>
    problemAt(
      "METRIC_WITHOUT_PRODUCER",
      service.file,
      [],
      words(metric, `rules of ${service.name}`, known),
      facts.name,
    ),
  );
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
  const made = collector === undefined ? "let what makes it run here" : addCollector(collector);
  return `${made}, or take out what asks for it`;
}

function words(metric: string, where: string, known: ReadonlySet<string>) {
  const near =
    collectorMissing(metric, known) === undefined ? nearest(metric, [...known]) : undefined;
  return {
    message: `${where} ask for the metric ${metric}, which nothing in this environment makes`,
    found: metric,
    expected: "a metric of a service that runs here",
    fix: `${mendOf(metric, known)}${near === undefined ? "" : `; the nearest there is: ${near}`}`,
  };
}
