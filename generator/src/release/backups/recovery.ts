/**
 * What comes back after a disaster, and in which order: first what keeps nothing, then data, then what needs it. What
 * started before its data is there would begin anew, and a backup of that would be the newest one.
 */
import type {
  BackupSchedule,
  EnvironmentFacts,
  Release,
  ResolvedService,
} from "../../model/platform.ts";
import { recoveryFolder } from "../../model/paths.ts";
import { waitsForLogins } from "../components.ts";
import { isBefore, layerOf } from "../layers.ts";
import { backedVolumes, backupOf, bulkPurpose, locationsOf } from "./backed-volumes.ts";
import { loadedVolumes } from "./loaded.ts";
import type { LoadedVolume } from "./loaded.ts";
import { schedulesOf } from "./schedules.ts";
import { giveUpAfter } from "./times.ts";

/** Which part of an environment a root brings while it is restored; all of it in the end. */
export type RecoveryStage = "platform" | "before-loads" | "without-bulk";

/** The root that leaves out what a stage leaves out. Nothing reads the folder but people, and kubectl. */
export const recoveryRootFile = (environment: string, stage: RecoveryStage) =>
  `${recoveryFolder(environment)}/application-${environment}.${stage}.yaml`;

/** What gives the claims of a schedule their data back. */
export const restoreFile = (environment: string, schedule: string) =>
  `${recoveryFolder(environment)}/restore-${schedule}.yaml`;

/** Whether an environment has anything to restore. */
export const isRestorable = (releases: readonly Release[]): boolean =>
  releases.some(
    (release) => backupOf(release.facts) !== undefined && backedVolumes(release).length > 0,
  );

/** Whether a service keeps data of the class for much of it, which is restored last. */
export const keepsBulk = (release: Release): boolean =>
  backedVolumes(release).some(({ purpose }) => purpose === bulkPurpose);

/** In: all releases of an environment that keeps something. Out: the stages before all of it runs, in their order. */
export const recoveryStages = (releases: readonly Release[]): RecoveryStage[] => [
  "platform",
  ...(loadUsers(releases).length > 0 ? (["before-loads"] as const) : []),
  ...(releases.some(keepsBulk) ? (["without-bulk"] as const) : []),
];

/**
 * In: all releases of an environment. Out: names of services a stage leaves out: what keeps data that is not there yet, what starts
 * after data, what would begin anew in a database that is still to be loaded, and what would wait for one of these, with the name of that one.
 */
export function heldServices(
  releases: readonly Release[],
  stage: RecoveryStage,
): ReadonlyMap<string, string | undefined> {
  const lacking = releases
    .filter(stage === "platform" ? lacksAnything : keepsBulk)
    .map(({ service }) => service.name);
  return heldWith(releases, [...lacking, ...(stage === "before-loads" ? loadUsers(releases) : [])]);
}

function heldWith(
  releases: readonly Release[],
  names: readonly string[],
): ReadonlyMap<string, string | undefined> {
  const held = new Map<string, string | undefined>(names.map((name) => [name, undefined]));
  // A map gives what is added while it is gone through.
  for (const name of held.keys())
    for (const release of releases)
      if (!held.has(release.service.name) && waitsFor(release).includes(name))
        held.set(release.service.name, name);
  return held;
}

/** Names of services that wait until a database is loaded which comes before bulk; none of those without which one could not be. */
function loadUsers(releases: readonly Release[]): string[] {
  const loads = releases.flatMap(loadedVolumes).filter((load) => !comesWithBulk(load, releases));
  const tended = new Set(loads.flatMap((load) => load.tended));
  const names = new Set(loads.flatMap(({ users }) => users.map(({ service }) => service.name)));
  return releases
    .map(({ service }) => service.name)
    .filter(
      (name) =>
        names.has(name) && [...heldWith(releases, [name]).keys()].every((one) => !tended.has(one)),
    );
}

/** Whether a database can be loaded only when bulk is there: it, or its dumps, come with that or wait for it. */
export const comesWithBulk = (
  { tended }: Pick<LoadedVolume, "tended">,
  releases: readonly Release[],
): boolean => {
  const held = heldServices(releases, "without-bulk");
  return tended.some((name) => held.has(name));
};

const lacksAnything = (release: Release): boolean =>
  startsLate(release.service, release.facts) || backedVolumes(release).length > 0;

/** Names of services without which it is not healthy: a login is as good as a need, but that of a schedule. */
const waitsFor = ({ service, outgoing }: Release): string[] => [
  ...(service.spec.needs ?? []),
  ...outgoing.flatMap(({ login, consumer, provider }) =>
    login !== undefined && waitsForLogins(consumer.component) ? [provider.service.name] : [],
  ),
];

const startsLate = (service: ResolvedService, facts: EnvironmentFacts) =>
  !isBefore(layerOf(service, facts), "databases");

export interface RestoredSchedule extends Pick<BackupSchedule, "name" | "namespaces" | "classes"> {
  readonly isBulk: boolean;
  /** Seconds until copying is given up: of the slowest location that has it, from which it may have to come. */
  readonly giveUp: number;
}

/** In: all releases of an environment. Out: the schedules its data is restored from, bulk last. */
export function restoredSchedules(releases: readonly Release[]): RestoredSchedule[] {
  const facts = releases[0]?.facts;
  const main = facts === undefined ? undefined : locationsOf(facts).main?.[0];
  const bulk = new Set(releases.filter(keepsBulk).map(({ service }) => service.namespace));
  const all = schedulesOf(releases);
  return all
    .filter(({ location }) => location === main)
    .map(({ name, namespaces, classes }) => ({
      name,
      namespaces,
      classes,
      isBulk: namespaces.some((namespace) => bulk.has(namespace)),
      giveUp: Math.max(
        ...all
          .filter((one) => one.namespaces.some((namespace) => namespaces.includes(namespace)))
          .map(({ first }) => giveUpAfter(first)),
      ),
    }))
    .sort((a, b) => Number(a.isBulk) - Number(b.isBulk) || (a.name < b.name ? -1 : 1));
}
