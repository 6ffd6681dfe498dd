/** Backups in another house: what is lost with the house is there still. */
import { clusterFile, environmentFile } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import { backedVolumes, backupOf, locationsOf } from "../release/backups/backed-volumes.ts";
import { keptTooShort } from "./kept-too-short.ts";

const reason = 'because(false, "say why here")';

/**
 * An environment that wants another house has one, and always two backups there; one that keeps data says it or why not.
 * Problems: BACKUP_LOCATION_UNKNOWN, BACKUP_KEPT_TOO_SHORT, BACKUP_ONE_HOUSE.
 */
export function checkOffsite(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  const offsite = backupOf(facts)?.offsite;
  if (offsite === undefined) return oneHouse(facts, releases);
  const report = (code: ProblemCode, text: ProblemText) =>
    problemAt(code, environmentFile(facts.name), ["backup", "offsite"], { ...text, target: "key" });
  const short = keptTooShort({ ...offsite, what: "backups off-site", where: "" });
  return [
    ...(locationsOf(facts).offsite === undefined
      ? [
          report("BACKUP_LOCATION_UNKNOWN", {
            message: `cluster ${facts.clusterName} has no location in another house`,
            expected: "a location of the cluster with offsite: true",
            fix: `add one to backup.locations in ${clusterFile(facts.clusterName)}, or say why there is none: offsite: ${reason}`,
          }),
        ]
      : []),
    ...(short === undefined ? [] : [report("BACKUP_KEPT_TOO_SHORT", short)]),
  ];
}

/** A warning: all is well until the house is lost. What has throw-away secrets is for trying things, and nobody would miss it. */
function oneHouse(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  const { name, clusterName, environment } = facts;
  const { backup = {}, secrets } = environment;
  if ("because" in backup || backup.offsite !== undefined || secrets.backend === "fake") return [];
  const isKept = (release: Release) => release.facts === facts && backedVolumes(release).length > 0;
  if (!releases.some(isKept)) return [];
  const place =
    locationsOf(facts).offsite === undefined
      ? `, and a location with offsite: true to ${clusterFile(clusterName)} (docs/guide-backup.md, Off-site)`
      : "";
  const [goes, stays] =
    environment.backup === undefined
      ? ["backup: { offsite: {} }", `backup: { offsite: ${reason} }`]
      : ["offsite: {} to backup", `offsite: ${reason}`];
  return [
    problemAt("BACKUP_ONE_HOUSE", environmentFile(name), ["backup"], {
      severity: "warning",
      message: `no backup of ${name} is said to lie in another house: what this one loses, by fire or a thief, is lost with its backups`,
      expected: "backup: { offsite: … }, or the reason why there is none",
      fix: `add ${goes}${place}; or ${stays}`,
      target: "key",
    }),
  ];
}
