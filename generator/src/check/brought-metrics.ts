/**
 * Metrics that rules among `objects` ask for and nobody makes. What services measure of themselves RZP does not know, so it
 * speaks only of names that it knows, and of those that are nearly one that is made.
 */
import type { CheckableRelease } from "../model/rendered.ts";
import { isOneSlip, nearest } from "../problems/suggest.ts";
import type { Problem } from "../problems/problem.ts";
import { everyName } from "../release/monitoring/metric-names.ts";
import { isScrapedByOurs } from "../release/monitoring/scraping.ts";
import type { BroughtRule } from "./brought-rules.ts";
import { problemIn } from "./finding.ts";
import { knownIn, mendOf } from "./metrics.ts";
import { ownOf } from "./origin.ts";
import { metricsIn } from "./promql.ts";

/** Problems: METRIC_WITHOUT_PRODUCER, a warning: something else on the cluster may make it after all. Of a chart its chart is the author. */
export function metricsUnmade(
  rules: readonly BroughtRule[],
  releases: readonly CheckableRelease[],
): Problem[] {
  const all = releases.map(({ release }) => release);
  return [...Map.groupBy(rules, ({ object }) => object.release.facts.clusterName)].flatMap(
    ([cluster, mine]) => {
      const own = mine.filter(({ object }) => ownOf(object) !== undefined);
      // The Prometheus of a cluster reads all of its environments.
      const environments = new Set(
        all.map(({ facts }) => facts).filter(({ clusterName }) => clusterName === cluster),
      );
      if (own.length === 0 || ![...environments].every((facts) => isScrapedByOurs(facts, all)))
        return [];
      const known = new Set([
        ...mine.flatMap(({ record }) => record ?? []),
        ...[...environments].flatMap((facts) => [...knownIn(facts, all).known]),
      ]);
      return own.flatMap((rule) => unmade(rule, known));
    },
  );
}

function unmade({ object, path, expr = "" }: BroughtRule, known: ReadonlySet<string>): Problem[] {
  return metricsIn(expr).flatMap((metric) => {
    if (known.has(metric)) return [];
    const isName = everyName.has(metric);
    const meant = isName ? undefined : meantBy(metric, known);
    if (!isName && meant === undefined) return [];
    return [
      problemIn(object, {
        code: "METRIC_WITHOUT_PRODUCER",
        severity: "warning",
        path: [...path, "expr"],
        field: [],
        message: `it asks for the metric ${metric}, which nothing that RZP knows of on this cluster makes`,
        found: metric,
        expected: "a metric of a service that runs here",
        fix: meant === undefined ? mendOf(metric, known) : `write ${meant}`,
      }),
    ];
  });
}

/**
 * The metric that was misspelt. Not all names are known, and many differ by a word: so one slip is told and no more, and none
 * where each word is one of metrics, as `job` is beside `pod`.
 */
function meantBy(metric: string, known: ReadonlySet<string>): string | undefined {
  const words = new Set([...known].flatMap(wordsOf));
  if (wordsOf(metric).every((word) => words.has(word))) return undefined;
  return nearest(
    metric,
    [...known].filter((name) => isOneSlip(metric, name)),
  );
}

const wordsOf = (metric: string): readonly string[] => metric.split(/[_:]/);
