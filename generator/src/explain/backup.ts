/** What is backed up, how, and what is not and why. */
import type { Release } from "../model/platform.ts";
import { bytesWords } from "../model/units.ts";
import { derivedBackups } from "../release/backups/backed-volumes.ts";
import type { BackedVolume, UnbackedVolume } from "../release/backups/backed-volumes.ts";
import { shortTime } from "../release/backups/schedules.ts";
import { derivedPolicies, derivedSchedules, derivedSnapshotClasses } from "../values/backups.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

/** In: a release. Out: how each volume is backed up, or why not. */
export function backupConsequences(release: Release): Consequence[] {
  return [
    ...derivedBackups(release).map((derived) =>
      consequence(derived, (volume) => ({
        about: `volume ${volume.name}`,
        says: "why" in volume ? reasons[volume.why] : backedWords(volume),
      })),
    ),
    ...derivedSchedules(release).map((derived) =>
      consequence(derived, ([name, { cron, location, keep, namespaces }]) => ({
        about: `Schedule ${name}`,
        says: `${cron}, into ${location}, kept ${keep}: ${namespaces.join(", ")}`,
      })),
    ),
    ...derivedPolicies(release).map((derived) =>
      consequence(derived, ({ name, classes }) => ({
        about: `ConfigMap ${name}`,
        says: Object.entries(classes)
          .map(([of, method]) => `volumes of class ${of}: ${methods[method]}`)
          .join("; "),
      })),
    ),
    ...derivedSnapshotClasses(release).map((derived) =>
      consequence(derived, ([name, { driver }]) => ({
        about: `VolumeSnapshotClass ${name}`,
        says: `snapshots of ${driver}`,
      })),
    ),
  ];
}

const reasons: Readonly<Record<UnbackedVolume["why"], string>> = {
  cache: "not backed up: it can be made again",
  share: "not backed up: it lies on the home network",
  service: "not backed up, as said",
  environment: "not backed up, as its environment says",
  dump: "not backed up itself: it is dumped to a volume that is",
};

const methods: Readonly<Record<BackedVolume["method"], string>> = {
  snapshot: "a snapshot, copied to the object store",
  files: "its files are copied",
};

const backedWords = ({
  method,
  class: name,
  size,
  every,
  keep,
  dumpedBy,
  isPaused,
}: BackedVolume) =>
  `${isPaused ? "not backed up for now, as no pod runs; else " : ""}${dumpedBy === undefined ? "" : `dumped by ${dumpedBy.service.name}; beside that `}${methods[method]}, every ${shortTime(every)}, kept ${shortTime(keep)} (${bytesWords(size)} of class ${name})`;
