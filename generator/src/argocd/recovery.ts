/** Files for the day a cluster is lost: roots that hold back what must wait for its data, and what restores that. */
import { backupService } from "../model/known-services.ts";
import { environmentFile } from "../model/paths.ts";
import { rootName } from "../model/names.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { markedFile } from "../output/marker.ts";
import type { OutputFile } from "../output/files.ts";
import { goDuration } from "../model/units.ts";
import { yaml } from "../output/yaml.ts";
import {
  heldServices,
  isRestorable,
  recoveryRootFile,
  recoveryStages,
  restoredSchedules,
  restoreFile,
} from "../release/backups/recovery.ts";
import type { RecoveryStage, RestoredSchedule } from "../release/backups/recovery.ts";
import { rootApplication } from "./applications.ts";

/** An Application of the environment, by its file in the folder of the root. */
export interface HeldCandidate {
  readonly file: string;
  readonly service: string;
  readonly layer: string;
}

/** In: an environment, all its releases and Applications. Out: the files of `_recovery`; none where nothing is backed up. */
export function recoveryFiles(
  facts: EnvironmentFacts,
  releases: readonly Release[],
  applications: readonly HeldCandidate[],
): OutputFile[] {
  if (!isRestorable(releases)) return [];
  const source = environmentFile(facts.name);
  const file = (path: string, object: object): OutputFile =>
    markedFile({ path, source, comment: "#", body: yaml(object) });
  return [
    ...recoveryStages(releases).map((stage) =>
      file(
        recoveryRootFile(facts.name, stage),
        rootApplication(
          facts,
          rootName(facts.name),
          heldFiles(facts, releases, applications, stage),
        ),
      ),
    ),
    ...restoredSchedules(releases).map((schedule) =>
      file(restoreFile(facts.name, schedule.name), restore(facts, schedule)),
    ),
  ];
}

/** The root itself is among them: it would take its own file for the newer truth, and let go of all. */
function heldFiles(
  facts: EnvironmentFacts,
  releases: readonly Release[],
  applications: readonly HeldCandidate[],
  stage: RecoveryStage,
): string[] {
  const held = heldServices(releases, stage);
  return [
    `application-${rootName(facts.name)}.yaml`,
    ...applications
      .filter(({ service, layer }) => held.has(service) || isSchedule(service, layer))
      .map(({ file }) => file),
  ].sort();
}

/** Until all data is there, nothing is backed up: the newest backup would be one without it. */
const isSchedule = (service: string, layer: string) =>
  service === backupService && layer === "applications";

const whatPodsNeed = ["pods", "serviceaccounts", "configmaps", "secrets"];

/** Claims and their volumes only: all else comes from git. Files are written through pods, so they need those. */
function restore({ operators }: EnvironmentFacts, schedule: RestoredSchedule): object {
  const needsPods = Object.values(schedule.classes).includes("files");
  return {
    apiVersion: "velero.io/v1",
    kind: "Restore",
    metadata: { name: schedule.name, namespace: operators.backups },
    spec: {
      scheduleName: schedule.name,
      includedNamespaces: schedule.namespaces,
      includedResources: [
        "persistentvolumeclaims",
        "persistentvolumes",
        ...(needsPods ? whatPodsNeed : []),
      ],
      existingResourcePolicy: "none",
      itemOperationTimeout: goDuration(schedule.giveUp),
    },
  };
}
