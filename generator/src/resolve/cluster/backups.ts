/** The release that makes backups knows what of its cluster is to be backed up, and when. */
import { backupService } from "../../model/known-services.ts";
import type { Release } from "../../model/platform.ts";
import { schedulesOf } from "../../release/backups/schedules.ts";

/** In: all releases of one cluster. Out: the same; the one that makes backups has the schedules. */
export function informBackups(releases: readonly Release[]): Release[] {
  const maker = releases.find(({ service }) => service.name === backupService);
  if (maker === undefined || maker.facts.cluster.backup === undefined) return [...releases];
  const backups = schedulesOf(releases);
  return releases.map((release) => (release === maker ? { ...release, backups } : release));
}
