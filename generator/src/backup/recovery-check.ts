/** Whether an environment is back in time after its cluster is lost. */
import { backupService } from "../model/known-services.ts";
import { clusterFile, environmentFile } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import { bytesWords } from "../model/units.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { backedVolumes, bulkPurpose, locationsOf } from "../release/backups/backed-volumes.ts";
import { keepsBulk } from "../release/backups/recovery.ts";
import { sizeOf, speedOf } from "../release/backups/times.ts";
import { recoveryPlan } from "./recovery.ts";
import type { TimedStep } from "./timed.ts";
import { claimWords, timeWords, timeWordsApart } from "./words.ts";

const toldMost = 3;

/** Whether volumes of a release may be on a cluster: then their class cannot change any more. */
export type IsInUse = (release: Release) => boolean;

/** In: all releases, and which of them are in use. Problems: RECOVERY_TOO_SLOW, at the environment. */
export function checkRecovery(releases: readonly Release[], isInUse: IsInUse): Problem[] {
  return [...Map.groupBy(releases, ({ facts }) => facts.name).values()].flatMap((mine) =>
    ofEnvironment(mine, isInUse),
  );
}

function ofEnvironment(releases: readonly Release[], isInUse: IsInUse): Problem[] {
  const plan = recoveryPlan(releases, { argocd: [], credentials: [] });
  if (plan === undefined || plan.time <= plan.allowed) return [];
  const { environment, steps, time, allowed } = plan;
  const longest = steps
    .filter(({ isCritical, isBulk }) => isCritical && !isBulk)
    .toSorted((a, b) => b.takes - a.takes)
    .slice(0, toldMost)
    .map((step) => `${step.name} ${timeWords(step.takes)}${claimsText(step)}`);
  const found = timeWordsApart(time, allowed);
  const isByClaims = costsByClaims(steps.filter(({ isBulk }) => !isBulk));
  const choices = isByClaims ? [] : largest(releases.filter((release) => !isInUse(release)));
  const asBulk = `give the largest volumes the class \`${bulkPurpose}\`, which is restored while all else runs, `;
  const fix = isByClaims
    ? `measure what a claim takes and write it to backup.claims of ${clusterFile(plan.cluster)}, let a node restore more at once (loadConcurrency of ${backupService}, and atOnce there)`
    : `${choices.length === 0 ? "" : asBulk}make the location of its backups faster and say its measured speed`;
  return [
    problemAt(
      "RECOVERY_TOO_SLOW",
      environmentFile(environment),
      ["backup"],
      {
        message: `${environment} would be back ${found} after its cluster is lost; of that ${longest.join(", ")}`,
        found,
        expected: `at most ${timeWords(allowed)}`,
        fix: `${fix}, or write recover: because("…", "say why here"); \`npm run dr-plan -- --environment ${environment}\` shows each step`,
        related: choices,
        target: "key",
      },
      environment,
    ),
  ];
}

/** Whether restoring takes longer for the number of claims than for what is in them. */
function costsByClaims(steps: readonly TimedStep[]): boolean {
  const restores = steps.filter(({ claims }) => claims !== undefined);
  const all = restores.reduce((sum, { takes }) => sum + takes, 0);
  const ofClaims = restores.reduce((sum, { claims }) => sum + (claims?.take ?? 0), 0);
  return ofClaims > all / 2;
}

const claimsText = ({ claims, ...step }: TimedStep): string =>
  claims !== undefined && costsByClaims([{ ...step, claims }])
    ? ` (${timeWords(claims.take)} of it for ${claimWords(claims.count)}, whatever is in them)`
    : "";

/** The volumes that take longest, each at its service. */
function largest(releases: readonly Release[]) {
  return releases
    .filter((release) => !keepsBulk(release))
    .flatMap((release) => backedVolumes(release).map((volume) => ({ release, volume })))
    .filter(({ volume }) => !volume.isPaused)
    .toSorted((a, b) => sizeOf([b.volume]) - sizeOf([a.volume]))
    .slice(0, toldMost)
    .map(({ release: { service, facts }, volume }) => {
      const speed = speedOf(facts.cluster, locationsOf(facts).main?.[0] ?? "");
      return {
        file: service.file,
        note: `${service.name}/${volume.name}, ${bytesWords(sizeOf([volume]))}, takes ${timeWords(sizeOf([volume]) / speed)}`,
      };
    });
}
