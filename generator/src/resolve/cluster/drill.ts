/** The restore drill of a cluster: which releases it tries, and what the release that runs it is told. */
import { backupService } from "../../model/known-services.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { drillCandidates, isProved, runsDrill } from "../../release/drill/volumes.ts";
import { drillWork } from "../../release/drill/plan.ts";
import { siteOf } from "../site.ts";

/** In: all releases of one cluster. Out: the same. Where a drill runs, each knows that it is tried, and the two that run it and restore for it have the plan for all. */
export function informDrill(releases: readonly Release[]): Release[] {
  if (!releases.some(({ service }) => runsDrill(service))) return [...releases];
  const drilled = releases.map((release): Release => ({ ...release, drilled: true }));
  const work = drillWork(drilled);
  if (work === undefined) return [...releases];
  return drilled.map((release) =>
    runsDrill(release.service) || release.service.name === backupService
      ? { ...release, drill: work }
      : release,
  );
}

/** Problems: DRILL_WITHOUT_RESTORER, DRILL_WITHOUT_CHECK. In: all releases of one cluster. */
export function checkDrill(releases: readonly Release[]): Problem[] {
  const runner = releases.find(({ service }) => runsDrill(service));
  if (runner === undefined) return [];
  const restores = releases.some(({ service }) => service.name === backupService);
  return restores
    ? releases.flatMap(withoutCheck)
    : [
        siteOf(runner).report("DRILL_WITHOUT_RESTORER", [], {
          message: `${runner.service.name} restores backups, and nobody on cluster ${runner.facts.clusterName} does that for it`,
          expected: `the service ${backupService} on the same cluster`,
          fix: `add ${backupService} to the services of an environment of the cluster, or take ${runner.service.name} out`,
        }),
      ];
}

function withoutCheck(release: Release): Problem[] {
  const { report } = siteOf(release);
  return drillCandidates(release)
    .filter((candidate) => !isProved(candidate))
    .map(({ name }) =>
      report("DRILL_WITHOUT_CHECK", ["storage", name], {
        message: `volume ${name} of ${release.service.name} is backed up, and nothing says what must be in it after a restore: an empty one would pass the drill`,
        expected: "restored: what proves that its data is there",
        fix: 'say it, e.g. restored: { files: { atLeast: 10 }, newest: { within: "6h" } }, or restored: because(false, "say why here")',
      }),
    );
}
