/** Backups whose keys are throw-away values: what is copied under them can be read by nobody, or by everybody. */
import { backupService } from "../model/known-services.ts";
import { environmentFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { backupOf } from "../release/backups/backed-volumes.ts";
import type { ClusterBackups } from "./cluster.ts";

/**
 * In: what a cluster backs up. Problems: BACKUP_THROW_AWAY_KEYS, a warning, where the environment that makes backups has its own
 * volumes in them. One that only makes them for others, and is itself for trying things, is not told.
 */
export function throwAwayKeys({ maker, volumes }: ClusterBackups): Problem[] {
  if (maker === undefined || volumes.length === 0) return [];
  const { facts } = maker;
  if (facts.environment.secrets.backend !== "fake" || backupOf(facts) === undefined) return [];
  return [
    problemAt("BACKUP_THROW_AWAY_KEYS", environmentFile(facts.name), ["secrets"], {
      severity: "warning",
      message: `${facts.name} backs up its volumes, and the backend \`fake\` gives ${backupService} throw-away values for the key of the bucket and the password of the copies`,
      found: '"fake"',
      expected: "a store that keeps them: copies made with another password can no longer be read",
      fix: 'write secrets: { backend: "infisical", project: "…", environment: "…" }, or import because and write backup: because(false, "say why here")',
    }),
  ];
}
