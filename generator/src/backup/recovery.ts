/** The way back after a disaster: steps, who waits for whom, and how long each takes by declared sizes and speeds. */
import { argocdFolder } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { layers } from "../model/layers.ts";
import { argocdNamespace, rootName } from "../model/names.ts";
import { bytesWords, seconds } from "../model/units.ts";
import { backedVolumes, backupOf, locationsOf } from "../release/backups/backed-volumes.ts";
import type { BackedVolume } from "../release/backups/backed-volumes.ts";
import { claimsIn, restoreTime, sizeOf, speedOf } from "../release/backups/times.ts";
import { loadSteps } from "./load-dumps.ts";
import { claimWords } from "./words.ts";
import { endOf, timed } from "./timed.ts";
import type { RecoveryStep, TimedStep } from "./timed.ts";
import { isBefore } from "../release/layers.ts";
import {
  isRestorable,
  recoveryRootFile,
  recoveryStages,
  restoredSchedules,
  restoreFile,
} from "../release/backups/recovery.ts";
import type { RestoredSchedule } from "../release/backups/recovery.ts";

export interface RecoveryPlan {
  readonly environment: string;
  readonly cluster: string;
  readonly steps: readonly TimedStep[];
  /** Seconds until all but bulk runs, and until all runs. */
  readonly time: number;
  readonly withBulk: number;
  /** Seconds that `time` may be. */
  readonly allowed: number;
}

/** Seconds of what is done by hand or by Argo CD: measured or guessed once, the same for all. */
const usual = {
  credentials: 5 * 60,
  argocd: 3 * 60,
  layer: 90,
  locations: 60,
  databases: 2 * 60,
  applications: 3 * 60,
} as const;

/** The commands only others know: those of a new environment. */
export interface CommandsByHand {
  readonly argocd: readonly string[];
  readonly credentials: readonly string[];
}

/** In: the releases of an environment, and what is done by hand. Out: the plan; undefined where nothing is backed up. */
export function recoveryPlan(
  releases: readonly Release[],
  byHand: CommandsByHand,
): RecoveryPlan | undefined {
  const facts = releases[0]?.facts;
  const said = facts === undefined ? undefined : backupOf(facts);
  if (facts === undefined || said === undefined || !isRestorable(releases)) return undefined;
  const steps = timed(stepsOf(facts, releases, byHand));
  return {
    environment: facts.name,
    cluster: facts.clusterName,
    steps,
    time: endOf(steps.filter(({ isBulk }) => !isBulk)),
    withBulk: endOf(steps),
    allowed: said.recover,
  };
}

function stepsOf(
  facts: EnvironmentFacts,
  releases: readonly Release[],
  byHand: CommandsByHand,
): RecoveryStep[] {
  const isCarrier = facts.cluster.carrier === facts.name;
  const restored = restoredSchedules(releases);
  const hasBulk = restored.some(({ isBulk }) => isBulk);
  const before = isCarrier ? platformSteps(facts, byHand) : ownRootSteps(facts);
  const data = restoreSteps(
    facts,
    releases,
    restored.filter(({ isBulk }) => !isBulk),
    {
      after: before.at(-1)?.name ?? "",
      isBulk: false,
    },
  );
  const start = [...before, ...data];
  // Who uses a database that somebody loads comes after that.
  const isFirst = !recoveryStages(releases).includes("before-loads");
  if (!isFirst)
    start.push({
      name: "databases",
      about: "databases, and applications that use none which is loaded by hand",
      after: [start.at(-1)?.name ?? ""],
      takes: usual.databases,
      isBulk: false,
      commands: [apply(recoveryRootFile(facts.name, "before-loads"))],
    });
  const loads = loadSteps(releases, {
    after: isFirst ? "applications" : "databases",
    isBulk: false,
  });
  const applications: RecoveryStep = {
    name: "applications",
    about: `${isFirst ? "databases, then " : ""}applications${hasBulk ? " that keep no bulk and wait for none" : ", and backups again"}`,
    after: isFirst ? [start.at(-1)?.name ?? ""] : loads.map(({ name }) => name),
    takes: (isFirst ? usual.databases : 0) + usual.applications,
    isBulk: false,
    commands: hasBulk ? [apply(recoveryRootFile(facts.name, "without-bulk"))] : [wholeRoot(facts)],
  };
  start.push(...(isFirst ? [applications, ...loads] : [...loads, applications]));
  if (!hasBulk) return start;
  const bulk = restoreSteps(
    facts,
    releases,
    restored.filter(({ isBulk }) => isBulk),
    {
      after: applications.name,
      isBulk: true,
    },
  );
  return [
    ...start,
    ...bulk,
    {
      name: "all",
      about: "what keeps bulk, what waits for it, and backups again",
      after: [bulk.at(-1)?.name ?? applications.name],
      takes: usual.applications,
      isBulk: true,
      commands: [wholeRoot(facts)],
    },
    ...loadSteps(releases, { after: "all", isBulk: true }),
  ];
}

/** The cluster, Argo CD, and all that keeps nothing. */
function platformSteps(
  facts: EnvironmentFacts,
  { argocd, credentials }: CommandsByHand,
): RecoveryStep[] {
  const early = layers.filter((layer) => isBefore(layer, "databases")).length;
  const step = (more: Omit<RecoveryStep, "isBulk">): RecoveryStep => ({ ...more, isBulk: false });
  return [
    step({
      name: "cluster",
      about: "machines, Kubernetes, network plugin, storage driver",
      after: [],
      takes: seconds(facts.cluster.backup?.rebuild ?? "0s"),
      commands: [],
    }),
    step({
      name: "credentials",
      about: "what nobody can commit, out of the safe: of the stores of secrets, of the repository",
      after: [],
      takes: usual.credentials,
      commands: credentials,
    }),
    step({
      name: "argo-cd",
      about: "Argo CD",
      after: ["cluster"],
      takes: usual.argocd,
      commands: argocd,
    }),
    step({
      name: "platform",
      about:
        "all that keeps no data and waits for none: definitions, controllers, their configuration, platform",
      after: ["argo-cd", "credentials"],
      takes: early * usual.layer,
      commands: [
        projectOf(facts),
        apply(recoveryRootFile(facts.name, "platform")),
        ...synced(facts),
      ],
    }),
    backupsKnown(facts, "platform"),
  ];
}

/** Of an environment beside the carrier, which comes first. */
const ownRootSteps = (facts: EnvironmentFacts): RecoveryStep[] => [
  {
    name: "platform",
    about: `what is its own, keeps no data and waits for none, once ${facts.cluster.carrier} is back, which carries ${facts.clusterName}`,
    after: [],
    takes: usual.layer,
    isBulk: false,
    commands: [projectOf(facts), apply(recoveryRootFile(facts.name, "platform")), ...synced(facts)],
  },
  backupsKnown(facts, "platform"),
];

/** Velero reads from the object store which backups there are. */
const backupsKnown = (facts: EnvironmentFacts, after: string): RecoveryStep => ({
  name: "backups",
  about: "Velero lists the backups of the location",
  after: [after],
  takes: usual.locations,
  isBulk: false,
  commands: [`kubectl --namespace ${facts.operators.backups} get backups.velero.io`],
});

/** One restore after the other: they share the way. */
function restoreSteps(
  facts: EnvironmentFacts,
  releases: readonly Release[],
  schedules: readonly RestoredSchedule[],
  { after, isBulk }: { readonly after: string; readonly isBulk: boolean },
): RecoveryStep[] {
  const [location = ""] = locationsOf(facts).main ?? [];
  const { cluster } = facts;
  return schedules.map(({ name, namespaces, classes, giveUp }, index) => {
    const kept = releases
      .filter(({ service }) => namespaces.includes(service.namespace))
      .flatMap((release) => backedVolumes(release).map((volume) => ({ release, volume })));
    const volumes = kept.map(({ volume }) => volume).filter(({ isPaused }) => !isPaused);
    const claims = claimsIn(volumes);
    const { takes, ofClaims } = restoreTime(volumes, { location, cluster });
    const before = schedules[index - 1];
    const pods = Object.values(classes).includes("files");
    return {
      name: restoreName(name),
      about: [
        `${bytesWords(sizeOf(volumes))} in ${claimWords(claims)}, at ${bytesWords(speedOf(cluster, location))} a second`,
        ...pausedText(kept),
      ].join("; "),
      after: [before === undefined ? after : restoreName(before.name)],
      takes,
      claims: { count: claims, take: ofClaims },
      isBulk,
      commands: [
        apply(restoreFile(facts.name, name)),
        `kubectl --namespace ${facts.operators.backups} wait restores.velero.io/${name} --for=jsonpath='{.status.phase}'=Completed --timeout=${giveUp / 3600}h`,
        // Files come through pods, which are not those of a workload.
        ...(pods
          ? namespaces.map((namespace) => `kubectl --namespace ${namespace} delete pods --all`)
          : []),
      ],
    };
  });
}

/** What newer backups hold nothing of comes back as an empty claim. */
function pausedText(
  kept: readonly { readonly release: Release; readonly volume: BackedVolume }[],
): string[] {
  const paused = kept
    .filter(({ volume }) => volume.isPaused)
    .map(({ release, volume }) => `${release.service.name}/${volume.name}`);
  return paused.length === 0
    ? []
    : [
        `empty comes back what nothing copies for now (${paused.join(", ")}): restore its last backup by name, as docs/guide-backup.md restores one service`,
      ];
}

const restoreName = (schedule: string) => `restore ${schedule}`;
const apply = (file: string) => `kubectl apply --filename ${file}`;
const projectOf = ({ name }: EnvironmentFacts) =>
  apply(`${argocdFolder(name)}/appproject-${name}.yaml`);
const wholeRoot = ({ name }: EnvironmentFacts) =>
  apply(`${argocdFolder(name)}/application-${name}.yaml`);
/**
 * The sync of a root ends when its last layer has been made, and then all that is there must be synced and healthy. Health alone
 * says nothing of what is not there yet: a root is healthy as soon as its projects are, a new Application before it is compared.
 */
const synced = ({ name }: EnvironmentFacts): string[] => {
  const wait = (what: string, field: string, is: string) =>
    `kubectl --namespace ${argocdNamespace} wait ${what} --for=jsonpath='{.status.${field}}'=${is} --timeout=20m`;
  const all = `applications --selector rzp.local/environment=${name}`;
  return [
    wait(`applications/${rootName(name)}`, "operationState.phase", "Succeeded"),
    wait(all, "sync.status", "Synced"),
    wait(all, "health.status", "Healthy"),
  ];
};
