/** Metrics that rules ask for and nobody makes: an alert on one is never told. */
import { objectiveExpressions, recordedObjectives } from "../model/alerts/objectives.ts";
import { availableSeries, objectiveSeries } from "../model/alerts/objectives.ts";
import { platformExpressions } from "../model/alerts/platform.ts";
import { recorded, recordedWith } from "../model/alerts/recorded.ts";
import { environmentFile } from "../model/paths.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import type { CheckableRelease } from "../model/rendered.ts";
import type { HelmValues } from "../model/values/service.ts";
import { nearest } from "../problems/suggest.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { isScrapedByOurs } from "../release/metrics.ts";
import { producedMetrics } from "../release/producers.ts";
import { metricsIn } from "./promql.ts";

const recordedNames: readonly string[] = [
  ...Object.keys(recorded),
  ...Object.values(recordedObjectives).flatMap(({ records }) => records.map(([name]) => name)),
  availableSeries,
  objectiveSeries,
];

/** What the rules of a cluster ask for. */
const askedByPlatform = ({ services }: EnvironmentFacts): string[] => [
  ...new Set(
    [
      ...recordedWith(services).map(([, expr]) => expr),
      ...Object.values(recordedObjectives).flatMap(({ records }) =>
        records.map(([, expr]) => expr),
      ),
      ...Object.values(objectiveExpressions),
      ...Object.values(platformExpressions),
    ].flatMap(metricsIn),
  ),
];

type Asking = Pick<CheckableRelease, "release" | "metrics">;

/** Problems: METRIC_WITHOUT_PRODUCER, where Prometheus is a service of ours; what another one has is not known. */
export function metricsWithoutProducer(releases: readonly Asking[]): Problem[] {
  const byFacts = Map.groupBy(releases, ({ release }) => release.facts);
  const all = releases.map(({ release }) => release);
  return [...byFacts].flatMap(([facts, mine]) => {
    if (!isScrapedByOurs(facts, all)) return [];
    const produced = producedMetrics(facts, all);
    const known = new Set([...recordedNames, ...produced.keys()]);
    return [
      ...(facts.cluster.carrier === facts.name
        ? askedByPlatform(facts)
            .filter((metric) => !known.has(metric))
            .map((metric) =>
              problemAt(
                "METRIC_WITHOUT_PRODUCER",
                environmentFile(facts.name),
                ["services"],
                words(metric, "rules of the platform", known),
                facts.name,
              ),
            )
        : []),
      ...mine.flatMap((one) => ofService(one, known)),
    ];
  });
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

function words(metric: string, where: string, known: ReadonlySet<string>) {
  const near = nearest(metric, [...known]);
  return {
    message: `${where} ask for the metric ${metric}, which nothing in this environment makes`,
    found: metric,
    expected: "a metric of a service that runs here",
    fix: `let what makes it run here, or take out what asks for it${near === undefined ? "" : `; the nearest there is: ${near}`}`,
  };
}
