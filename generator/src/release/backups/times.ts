/** How long copying volumes takes, by declared sizes and speeds, and when Velero gives up. Times are seconds. */
import type { Cluster, ClusterNode } from "../../model/cluster.ts";
import { bytes, seconds } from "../../model/units.ts";
import type { BackedVolume } from "./backed-volumes.ts";

const hour = 3600;

/** What a backup costs beside its volumes: its objects, and that Velero looks every few seconds whether all is copied. */
const ofBackup = 60;

/** What claims take where their cluster has not measured it. */
const usual = { snapshot: "10s", copy: "35s", restore: "30s", atOnce: 1 } as const;

/** What a claim takes beside its bytes, and how many a node copies at once. */
function claimTimes({ backup }: Cluster) {
  const {
    snapshot = usual.snapshot,
    copy = usual.copy,
    restore = usual.restore,
    atOnce = usual.atOnce,
  } = backup?.claims ?? {};
  return {
    snapshot: seconds(snapshot),
    copy: seconds(copy),
    restore: seconds(restore),
    atOnce,
  };
}

/** Bytes of all claims of volumes, as far as they are declared. */
export const sizeOf = (volumes: readonly Pick<BackedVolume, "size" | "claims">[]): number =>
  volumes.reduce((sum, { size, claims }) => sum + size * claims, 0);

/** How many claims volumes have together. */
export const claimsIn = (volumes: readonly BackedVolume[]): number =>
  volumes.reduce((sum, { claims }) => sum + claims, 0);

/** How many claims are copied at once: on all nodes, and on one. */
export interface Lanes {
  readonly all: number;
  readonly ofNode: number;
}

/** What is done to a claim, in order: how long each takes, alone; `way`: what it shares with all that go the same. */
export interface ClaimWork {
  readonly steps: readonly { readonly takes: number; readonly way?: string }[];
  /** Whether it can only be copied where it is, and all of those may be on one node. */
  readonly isFixed: boolean;
}

export interface BackupWork {
  /** Seconds it is the one backup Velero prepares: its objects, and snapshots one after the other. */
  readonly prepares: number;
  /** Then these are copied side by side. */
  readonly claims: readonly ClaimWork[];
  /** Whether it is the one until they are: Velero waits for files, and not for snapshots. */
  readonly holds: boolean;
}

/** In: volumes of a backup, the share of their bytes that is copied, where to, their cluster. */
export function backupWork(
  volumes: readonly BackedVolume[],
  {
    share,
    location,
    cluster,
  }: { readonly share: number; readonly location: string; readonly cluster: Cluster },
): BackupWork {
  const { snapshot, copy } = claimTimes(cluster);
  const speed = speedOf(cluster, location);
  const files = volumes.filter(({ method }) => method === "files");
  return {
    prepares: ofBackup + (claimsIn(volumes) - claimsIn(files)) * snapshot,
    claims: volumes.flatMap((volume) => {
      const { size, copiedAt, class: name, claims } = volume;
      const work = {
        steps: [
          { takes: copy },
          ...(copiedAt === undefined ? [] : [{ takes: size / copiedAt, way: `class ${name}` }]),
          { takes: (size * share) / speed, way: `location ${location}` },
        ],
        isFixed: isFixed(volume, cluster),
      };
      return Array.from({ length: claims }, () => work);
    }),
    holds: files.length > 0,
  };
}

/**
 * Velero spreads the pods that copy snapshots over all nodes. Files are copied where their pods are, and some volumes can only be
 * reached from their node: all of those may be on one.
 */
const isFixed = ({ method, purpose }: BackedVolume, { storageReach = {} }: Cluster): boolean =>
  method === "files" || storageReach[purpose] !== undefined;

/** How many claims are copied at once. */
export function lanesOf(cluster: Cluster): Lanes {
  const { atOnce } = claimTimes(cluster);
  return { all: atOnce * Math.max(1, copyingNodes(cluster).length), ofNode: atOnce };
}

/** In: what is to be done, on how many nodes. Out: until all is copied, at most, when nothing else is. */
export const wholeTime = (work: BackupWork, lanes: Lanes): number =>
  Math.ceil(claimTime(work, lanes) + ofBackup + byteTime(work));

/** What the number of claims costs of it, whatever is in them. */
export function claimTime({ prepares, claims }: BackupWork, { all, ofNode }: Lanes): number {
  const fixed = claims.filter((claim) => claim.isFixed).length;
  const rounds = Math.ceil(fixed / ofNode) + Math.ceil((claims.length - fixed) / all);
  return prepares - ofBackup + rounds * (claims[0]?.steps[0]?.takes ?? 0);
}

/** What all that is shared takes, one after the other. */
const byteTime = ({ claims }: BackupWork): number =>
  claims.reduce(
    (sum, { steps }) =>
      sum + steps.reduce((own, { takes, way }) => own + (way === undefined ? 0 : takes), 0),
    0,
  );

export interface RestoreTime {
  readonly takes: number;
  readonly ofClaims: number;
}

/** In: volumes, where from, their cluster. Pods that write into claims are spread over all nodes. */
export function restoreTime(
  volumes: readonly BackedVolume[],
  { location, cluster }: { readonly location: string; readonly cluster: Cluster },
): RestoreTime {
  const { restore } = claimTimes(cluster);
  const ofClaims = Math.ceil(claimsIn(volumes) / lanesOf(cluster).all) * restore;
  return {
    takes: Math.ceil(ofBackup + ofClaims + sizeOf(volumes) / speedOf(cluster, location)),
    ofClaims,
  };
}

/** Bytes a second a location takes and gives. */
export const speedOf = ({ backup }: Cluster, location: string): number =>
  bytes(backup?.locations[location]?.speed ?? "1");

/** Nodes the pods that copy can be on: those that run and want no toleration. */
export const copyingNodes = ({ nodes }: Cluster): (readonly [string, ClusterNode])[] =>
  Object.entries(nodes).filter(
    ([, node]) =>
      !("machine" in node && node.machine.stopped === true) &&
      (node.controlPlane !== true || node.workloads === true) &&
      Object.values(node.taints ?? {}).every((effect) => effect === "PreferNoSchedule"),
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
