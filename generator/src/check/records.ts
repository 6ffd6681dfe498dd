/** Series that a rule of a service's own makes under the name of one that RZP's rules read: alerts of others would tell what it says. */
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { CheckableRelease } from "../model/rendered.ts";
import type { Problem } from "../problems/problem.ts";
import { platformRules } from "../release/monitoring/platform-rules.ts";
import { problemIn } from "./finding.ts";
import type { BroughtRule } from "./brought-rules.ts";
import { metricsIn } from "./promql.ts";

/** Nobody else begins a name with these. */
const isOurs = (name: string): boolean => /^(?:rzp|slo):/.test(name);

/** Problems: NAME_TAKEN. */
export function recordsTaken(
  rules: readonly BroughtRule[],
  releases: readonly CheckableRelease[],
): Problem[] {
  return [...Map.groupBy(rules, ({ object }) => object.release.facts.clusterName)].flatMap(
    ([cluster, mine]) => {
      const read = readOn(releases.filter(({ release }) => release.facts.clusterName === cluster));
      return mine.flatMap((rule) => taken(rule, read));
    },
  );
}

/** What rules of a cluster read, of all its environments. */
function readOn(releases: readonly CheckableRelease[]): Set<string> {
  const all: readonly Release[] = releases.map(({ release }) => release);
  const environments: readonly EnvironmentFacts[] = [...new Set(all.map(({ facts }) => facts))];
  const rules = environments
    .flatMap((facts) => platformRules(facts, all))
    .flatMap((group) => group.rules);
  return new Set([
    ...releases.flatMap(({ metrics }) => metrics),
    ...rules.flatMap(({ expr }) => metricsIn(expr)),
  ]);
}

function taken({ object, path, record: name }: BroughtRule, read: ReadonlySet<string>): Problem[] {
  if (name === undefined || !(isOurs(name) || read.has(name))) return [];
  return [
    problemIn(object, {
      code: "NAME_TAKEN",
      path: [...path, "record"],
      field: [],
      message:
        "alerts of RZP read the series of this name, and would tell what this rule makes of it",
      found: name,
      expected: "a name of its own: level:metric:operation",
      fix: `call it ${JSON.stringify(`${object.release.service.name.replaceAll("-", "_")}:${name.replaceAll(":", "_")}:own`)}`,
    }),
  ];
}
