/** How long copying volumes takes, by declared sizes and speeds, and when Velero gives up. Times are seconds. */
import type { BackedVolume } from "./backed-volumes.ts";

const hour = 3600;

/** What a backup costs beside copying: its objects; of a volume, its snapshot and the pod that copies it. */
const overhead = { backup: 60, volume: 45 } as const;

/** Bytes of all claims of volumes, as far as they are declared. */
export const sizeOf = (volumes: readonly BackedVolume[]): number =>
  volumes.reduce((sum, { size, claims }) => sum + size * claims, 0);

/** How many claims volumes have together. */
export const claimsOf = (volumes: readonly BackedVolume[]): number =>
  volumes.reduce((sum, { claims }) => sum + claims, 0);

/** In: volumes, bytes to copy of them, bytes a second. One after the other, the worst case: all may be on one node. */
export const copyTime = (
  volumes: readonly BackedVolume[],
  { copied, speed }: { readonly copied: number; readonly speed: number },
): number =>
  Math.ceil(
    overhead.backup + claimsOf(volumes) * overhead.volume + readyTime(volumes) + copied / speed,
  );

/** How long storage drivers copy whole volumes, before a byte of their snapshots can be read. */
const readyTime = (volumes: readonly BackedVolume[]): number =>
  volumes.reduce(
    (sum, { copiedAt, size, claims }) =>
      copiedAt === undefined ? sum : sum + (size * claims) / copiedAt,
    0,
  );

/** In: how long the whole takes to copy. Out: at half the speed, in whole hours; never less than Velero's own 4h. */
export const giveUpAfter = (whole: number): number =>
  Math.max(4 * hour, Math.ceil((2 * whole) / hour) * hour);

/** How long a backup may wait for others, where backups are frequent, before it counts as missing: late enough for the queue, early enough that less than 4h are lost when somebody is told. */
export const queueTime = 1.5 * hour;

/**
 * In: all schedules of a location. Out: when each has made its first backup, in whole minutes: it may wait for all others, and
 * for usual backups into other places. First ones there may take days: what they hold up is missing, and told of.
 */
export function firstBackupsWithin(
  schedules: readonly { readonly every: number; readonly first: number }[],
): number {
  const all = schedules.reduce((sum, { first }) => sum + first, 0);
  const longest = Math.max(0, ...schedules.map(({ every }) => every));
  return schedules.length === 0 ? 0 : Math.ceil((longest + queueTime + all) / 60) * 60;
}
