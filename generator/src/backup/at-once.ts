/** Claims that are reckoned to be copied at once, beside what the node agent of Velero is told: whoever changes one forgets the other. */
import { asTree } from "../model/data.ts";
import { backupService } from "../model/known-services.ts";
import { clusterFile } from "../model/paths.ts";
import type { ResolvedService } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { lanesOf } from "../release/backups/times.ts";
import { ownObjects } from "../release/objects.ts";
import type { BackedCluster } from "./cluster.ts";

/**
 * In: a cluster that has backups. Problems: BACKUP_AT_ONCE_DIFFERS, a warning, whether the number reckoned with is said or not. What
 * the node agent is told elsewhere than in `objects` is known to nobody here.
 */
export function atOnceDiffers({ cluster, facts, maker }: BackedCluster): Problem[] {
  const reckoned = lanesOf(facts.cluster).ofNode;
  const told = maker === undefined ? undefined : toldOf(maker.service);
  if (maker === undefined || told === undefined || reckoned === told.number) return [];
  const { name, number } = told;
  const than = reckoned > number ? "later" : "sooner";
  const isSaid = facts.cluster.backup?.claims?.atOnce !== undefined;
  return [
    problemAt(
      "BACKUP_AT_ONCE_DIFFERS",
      clusterFile(cluster),
      isSaid ? ["backup", "claims", "atOnce"] : ["backup"],
      {
        severity: "warning",
        message: `a node copies ${number} at once, as the ConfigMap \`${name}\` of ${backupService} says: backups and a recovery are done ${than} than is reckoned`,
        found: isSaid ? String(reckoned) : `no atOnce, which is ${reckoned}`,
        expected: "the number that `loadConcurrency` of the node agent has",
        fix: `write atOnce: ${number}${isSaid ? "" : " in claims"}, or change loadConcurrency in ${maker.service.file}`,
        target: isSaid ? "value" : "key",
      },
    ),
  ];
}

/** What the node agent is told for all nodes, and by which object: JSON in a ConfigMap, under any key. */
function toldOf(service: ResolvedService): { name: string; number: number } | undefined {
  return ownObjects(service)
    .filter(({ kind }) => kind === "ConfigMap")
    .flatMap(({ name, object }) =>
      Object.values(asTree(asTree(object)["data"])).flatMap((text) => {
        const { globalConfig } = asTree(asTree(parsed(text))["loadConcurrency"]);
        return typeof globalConfig === "number" ? [{ name, number: globalConfig }] : [];
      }),
    )[0];
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    // A file of another kind.
    return undefined;
  }
}
