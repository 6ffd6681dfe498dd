/** Whether everything that runs is watched. */
import { clusterFile } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { coverageOf } from "../release/monitoring/coverage.ts";
import { addCollector } from "./metrics.ts";
import type { Covered, Lack } from "../release/monitoring/coverage.ts";

/** How many checks these are. They wait until all files are right. */
export const coverageRuleCount = 1;

/** Problems: COVERAGE_INCOMPLETE, one for a cluster and what it lacks. */
export function checkCoverage(releases: readonly Release[]): Problem[] {
  const unwatched = coverageOf(releases).flatMap(({ components }) =>
    components.filter(({ lacks }) => lacks !== undefined),
  );
  const byCluster = Map.groupBy(unwatched, ({ release }) => release.facts.clusterName);
  return [...byCluster].flatMap(([cluster, mine]) =>
    [...Map.groupBy(mine, ({ lacks }) => lacks)].flatMap(([lacks, without]) =>
      lacks === undefined ? [] : [problemOf(cluster, lacks, without)],
    ),
  );
}

/** In: where what exists once on the cluster runs. */
const remedies: Readonly<Record<Lack, (carrier: string) => string>> = {
  scraper: (carrier) =>
    `add the services prometheus and blackbox-exporter (\`npm run new-service prometheus -- --environment ${carrier}\`), and say \`scraper\` and \`prober\``,
  prober: (carrier) =>
    `add the service blackbox-exporter (\`npm run new-service blackbox-exporter -- --environment ${carrier}\`) and say \`prober\`, or give them metrics`,
  "kube-state-metrics": () =>
    "leave kubeStateMetrics on in the values of the chart kube-prometheus-stack",
  "collector of pods": () => addCollector("pods"),
  "collector of jobs": () => addCollector("jobs"),
};

/** So many are named; the table has them all. */
const shown = 3;

function problemOf(cluster: string, lacks: Lack, without: readonly Covered[]): Problem {
  const names = [
    ...new Set(
      without.map(({ release, component }) =>
        release.service.kind === "service"
          ? release.service.name
          : `${release.service.name}/${component.name}`,
      ),
    ),
  ].sort();
  const carrier = without[0]?.release.facts.cluster.carrier ?? "<environment>";
  const more = names.length > shown ? ` and ${names.length - shown} more` : "";
  return problemAt("COVERAGE_INCOMPLETE", clusterFile(cluster), [], {
    message: `\`${cluster}\` has no ${lacks}, so nobody watches ${names.slice(0, shown).join(", ")}${more}`,
    found: `no ${lacks}`,
    expected: "that everything that runs is watched",
    fix: `${remedies[lacks](carrier)}; \`npm run list -- --coverage\` shows each component`,
  });
}
