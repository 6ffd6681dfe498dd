/** Databases that are said to be dumped to a volume: it is there, backed up, and written at known times. */
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { dumpedVolumes } from "../release/backups/backed-volumes.ts";
import { dumpAt, dumpPlaces } from "./dumps.ts";

/** Problems: BACKUP_DUMP_UNREADABLE, at what is dumped. */
export function unreadableDumpedTo(releases: readonly Release[]): Problem[] {
  return releases.flatMap((release) =>
    dumpedVolumes(release).flatMap(({ name, dumpedTo }) => {
      const { service, facts } = release;
      const dump = dumpAt(dumpedTo, { release, releases });
      if (dump !== undefined && Number.isFinite(dump.every)) return [];
      const places = dumpPlaces(releases.filter((one) => one.facts === facts));
      const text =
        dump === undefined
          ? {
              message: `\`${name}\` is said to be dumped to \`${dumpedTo}\`, and ${facts.name} has no such state volume that is backed up`,
              ...choice(dumpedTo, places, "add a service that dumps it, with such a volume"),
            }
          : {
              message: `\`${name}\` is said to be dumped to \`${dumpedTo}\`, which is written at unknown times`,
              found: JSON.stringify(dumpedTo),
              expected: "a volume that only a schedule at even times writes to",
              fix: 'let runs: schedule("*/30 * * * *", { … }) write it, and mount it readOnly elsewhere',
            };
      return [
        problemAt(
          "BACKUP_DUMP_UNREADABLE",
          service.file,
          ["storage", name, "backup", "dumpedTo"],
          text,
          facts.name,
        ),
      ];
    }),
  );
}
