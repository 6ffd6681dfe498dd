/** Whether each volume of a release is backed up, how, how often and how long it is kept. */
import type { BackupMethod } from "../../model/backup.ts";
import type { Cause, Derived } from "../../model/derived.ts";
import type {
  Connection,
  Endpoint,
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedVolume,
} from "../../model/platform.ts";
import { storagePurpose } from "../../model/storage-purpose.ts";
import { bytes, seconds } from "../../model/units.ts";
import { clusterFact, componentFact, environmentFact, serviceFact } from "../causes.ts";
import { claimCount, isClaim } from "../claims.ts";
import { kindThatEnds } from "../components.ts";
import { mounts } from "../containers.ts";
import { hasNoPods } from "../pods/replicas.ts";
import { isPostgresCluster } from "../postgres.ts";

/** Purpose of the storage class whose volumes are restored after everything else. */
export const bulkPurpose = "bulk";

export interface BackedVolume {
  readonly name: string;
  readonly holds: "state" | "database";
  readonly method: BackupMethod;
  readonly purpose: string;
  readonly class: string;
  /** Bytes a second at which its driver copies all of it before a snapshot can be read; undefined where it need not. */
  readonly copiedAt: number | undefined;
  /** Bytes of a claim, and how many claims: each pod of a StatefulSet or a database cluster has its own. */
  readonly size: number;
  readonly claims: number;
  /** Seconds between two backups, and how long each is kept. */
  readonly every: number;
  readonly keep: number;
  /** Who dumps what is in it, where that is a database cluster of which somebody reads all. */
  readonly dumpedBy: Endpoint | undefined;
  /** Whether what is restored is whole, as a database needs it: dumped, or said to be with a reason. */
  readonly isWhole: boolean;
  /** Whether nothing of it is copied for now: its files would be, through a pod that runs, and none does. */
  readonly isPaused: boolean;
}

export interface UnbackedVolume {
  readonly name: string;
  /** What it holds where that is the reason; else where it is said. */
  readonly why: "cache" | "share" | "service" | "environment" | "dump";
}

/** A database whose own volume is not backed up, as it is dumped to another. */
export interface DumpedVolume {
  readonly name: string;
  /** `app-dump/dumps` */
  readonly dumpedTo: string;
  readonly size: number;
  readonly claims: number;
}

type AuthoredVolume = Extract<ResolvedVolume["volume"], { holds: "state" | "database" }>;

const defaults = {
  every: "2h",
  keep: "720h",
  lose: "4h",
  recover: "30m",
  offsiteEvery: "24h",
  offsiteKeep: "2160h",
};

/** What an environment says of backups; undefined where nothing is backed up. */
export function backupOf({ cluster, environment }: EnvironmentFacts) {
  const { backup = {} } = environment;
  if (cluster.backup === undefined || "because" in backup) return undefined;
  const { offsite, lose = defaults.lose, recover = defaults.recover } = backup;
  return {
    every: seconds(backup.every ?? defaults.every),
    keep: seconds(backup.keep ?? defaults.keep),
    lose: seconds(typeof lose === "string" ? lose : lose.value),
    recover: seconds(typeof recover === "string" ? recover : recover.value),
    areTornEnough: backup.tornDatabases !== undefined,
    offsite:
      offsite === undefined || "because" in offsite
        ? undefined
        : {
            every: seconds(offsite.every ?? defaults.offsiteEvery),
            keep: seconds(offsite.keep ?? defaults.offsiteKeep),
          },
  };
}

/** The location backups go to, and the one in another house. */
export function locationsOf({ cluster }: Pick<EnvironmentFacts, "cluster">) {
  const all = Object.entries(cluster.backup?.locations ?? {});
  return {
    main: all.find(([, { offsite }]) => offsite !== true),
    offsite: all.find(([, { offsite }]) => offsite === true),
  };
}

/** The CSI driver that can snapshot volumes of a purpose. */
export const snapshotDriver = (facts: Pick<EnvironmentFacts, "cluster">, purpose: string) =>
  driverOf(facts, purpose)?.[0];

const driverOf = ({ cluster }: Pick<EnvironmentFacts, "cluster">, purpose: string) =>
  Object.entries(cluster.backup?.snapshots ?? {}).find(([, { of }]) => of.includes(purpose));

export const backedVolumes = (release: Release): BackedVolume[] =>
  derivedBackups(release).flatMap(({ value }) => ("why" in value ? [] : [value]));

/** One for each volume that outlives its pod; none on a cluster without backups. */
export function derivedBackups(release: Release): Derived<BackedVolume | UnbackedVolume>[] {
  const { service, facts } = release;
  if (facts.cluster.backup === undefined) return [];
  return service.volumes.flatMap(({ name, volume }) => {
    if (volume.holds === "cache" || volume.holds === "share")
      return [notBackedUp(name, volume.holds, [serviceFact(service, "storage", name)])];
    return isClaim(volume) ? [ofVolume(release, name, volume)] : [];
  });
}

/** Databases that are not backed up themselves, and dumped. */
export function dumpedVolumes(release: Release): DumpedVolume[] {
  const { service, facts } = release;
  if (backupOf(facts) === undefined) return [];
  return service.volumes.flatMap(({ name, volume }) =>
    volume.holds === "database" && isDumped(volume)
      ? [
          {
            name,
            dumpedTo: volume.backup.dumpedTo,
            size: bytes(volume.size),
            claims: claimCount(release, name),
          },
        ]
      : [],
  );
}

type Dumped = AuthoredVolume & { readonly backup: { readonly dumpedTo: string } };

export const isDumped = (volume: AuthoredVolume): volume is Dumped =>
  volume.backup !== undefined &&
  "dumpedTo" in volume.backup &&
  volume.backup.dumpedTo !== undefined;

/** The connection by which somebody dumps a database cluster. */
const dumpOf = ({ incoming }: Release): Connection | undefined =>
  incoming.find(({ readsAll }) => readsAll === true);

const notBackedUp = (name: string, why: UnbackedVolume["why"], causes: readonly Cause[]) => ({
  value: { name, why },
  rule: "volume-not-backed-up" as const,
  causes,
});

function ofVolume(
  release: Release,
  name: string,
  volume: AuthoredVolume,
): Derived<BackedVolume | UnbackedVolume> {
  const { service, facts } = release;
  const ofEnvironment = backupOf(facts);
  const own = (...path: string[]) => serviceFact(service, "storage", name, ...path);
  if (ofEnvironment === undefined)
    return notBackedUp(name, "environment", [own(), environmentFact(facts, "backup")]);
  const { backup: said = {} } = volume;
  if ("because" in said) return notBackedUp(name, "service", [own(), own("backup")]);
  if (isDumped(volume)) return notBackedUp(name, "dump", [own(), own("backup", "dumpedTo")]);
  const { method, whole }: { method?: BackupMethod | undefined; whole?: object | undefined } = said;
  const purpose = storagePurpose(volume);
  const [, driver] = driverOf(facts, purpose) ?? [];
  const copiedBy = method ?? (driver === undefined ? "files" : "snapshot");
  const copies = copiedBy === "snapshot" ? driver?.copies : undefined;
  const dump = volume.holds === "database" ? dumpOf(release) : undefined;
  const times = ["every", "keep"] as const;
  return {
    value: {
      name,
      holds: volume.holds,
      method: copiedBy,
      purpose,
      class: facts.cluster.storageClasses[purpose] ?? "",
      copiedAt: copies === undefined ? undefined : bytes(copies),
      size: bytes(volume.size),
      claims: claimCount(release, name),
      every: said.every === undefined ? ofEnvironment.every : seconds(said.every),
      keep: said.keep === undefined ? ofEnvironment.keep : seconds(said.keep),
      dumpedBy: dump?.consumer,
      isWhole:
        volume.holds === "state" ||
        dump !== undefined ||
        whole !== undefined ||
        ofEnvironment.areTornEnough,
      isPaused: copiedBy === "files" && hasNoReader(release, name),
    },
    rule: "volume-backed-up",
    causes: [
      own(),
      own("class"),
      ...(volume.backup === undefined
        ? [own("backup")]
        : (["method", ...times] as const).map((field) => own("backup", field))),
      ...times.flatMap((field) =>
        said[field] === undefined ? [environmentFact(facts, "backup", field)] : [],
      ),
      ...(method === undefined ? [clusterFact(facts, "backup", "snapshots")] : []),
      ...(copiedBy === "files" ? podsFacts(release, name) : []),
      ...(dump === undefined
        ? []
        : [
            serviceFact(
              dump.consumer.service,
              ...dump.consumer.component.path,
              "consumes",
              service.name,
            ),
          ]),
    ],
  };
}

/** What says whether pods run through which files of a volume are copied. */
export function podsFacts(release: Release, name: string): Cause[] {
  const { service } = release;
  const counts = readersOf(release, name).map((component) =>
    componentFact(service, component, "replicas"),
  );
  return [serviceFact(service, "stopped"), ...counts.filter(({ absent }) => absent === undefined)];
}

/** Through whose pods files of a volume are copied: those that end are never there when they are asked for. */
function readersOf({ service }: Release, name: string): ResolvedComponent[] {
  const isOfCluster = service.volumes.some(
    (one) => one.name === name && one.volume.holds === "database",
  );
  return service.components.filter(
    (component) =>
      kindThatEnds(component) === undefined &&
      (mounts(component, name) || (isOfCluster && isPostgresCluster(component))),
  );
}

const hasNoReader = (release: Release, name: string): boolean => {
  const readers = readersOf(release, name);
  return readers.length > 0 && readers.every((component) => hasNoPods(release, component));
};
