/** Whether an environment is back in time after its cluster is lost. */
import { environmentFile } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import { bytes, bytesWords } from "../model/units.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { backedVolumes, bulkPurpose, locationsOf } from "../release/backup.ts";
import { keepsBulk } from "../release/recovery.ts";
import { sizeOf } from "../release/backup-times.ts";
import { recoveryPlan } from "./recovery.ts";
import { timeWords } from "./words.ts";

const toldMost = 3;

/** In: all releases. Problems: RECOVERY_TOO_SLOW, at the environment. */
export function checkRecovery(releases: readonly Release[]): Problem[] {
  return [...Map.groupBy(releases, ({ facts }) => facts.name).values()].flatMap(ofEnvironment);
}

function ofEnvironment(releases: readonly Release[]): Problem[] {
  const plan = recoveryPlan(releases, { argocd: [], credentials: [] });
  if (plan === undefined || plan.time <= plan.allowed) return [];
  const { environment, steps, time, allowed } = plan;
  const longest = steps
    .filter(({ isCritical, isBulk }) => isCritical && !isBulk)
    .toSorted((a, b) => b.takes - a.takes)
    .slice(0, toldMost)
    .map(({ name, takes }) => `${name} ${timeWords(takes)}`);
  return [
    problemAt(
      "RECOVERY_TOO_SLOW",
      environmentFile(environment),
      ["backup"],
      {
        message: `${environment} would be back ${timeWords(time)} after its cluster is lost; of that ${longest.join(", ")}`,
        found: timeWords(time),
        expected: `at most ${timeWords(allowed)}`,
        fix: `give the largest volumes the class \`${bulkPurpose}\`, which is restored while all else runs, or write recover: because("…", "say why here"); \`npm run dr-plan -- --environment ${environment}\` shows each step`,
        related: largest(releases),
        target: "key",
      },
      environment,
    ),
  ];
}

/** The volumes that take longest, each at its service. */
function largest(releases: readonly Release[]) {
  return releases
    .filter((release) => !keepsBulk(release))
    .flatMap((release) => backedVolumes(release).map((volume) => ({ release, volume })))
    .toSorted((a, b) => sizeOf([b.volume]) - sizeOf([a.volume]))
    .slice(0, toldMost)
    .map(({ release: { service, facts }, volume }) => {
      const speed = bytes(locationsOf(facts).main?.[1].speed ?? "1");
      return {
        file: service.file,
        note: `${service.name}/${volume.name}, ${bytesWords(sizeOf([volume]))}, takes ${timeWords(sizeOf([volume]) / speed)}`,
      };
    });
}
