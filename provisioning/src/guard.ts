/** Stops what would lose data or the cluster itself, unless it is allowed by name. */
import { clusterFile } from "../../generator/src/model/paths.ts";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { problemAt } from "../../generator/src/problems/report.ts";
import type { Change } from "./engine/changes.ts";

const machineType = "proxmoxve:index/vmLegacy:VmLegacy";

/** In: what would change, names that are allowed. Problems: CHANGE_GUARDED for the others, MACHINE_SIZE where a disk would shrink. */
export function guard(
  cluster: string,
  changes: readonly Change[],
  allowed: readonly string[],
): Problem[] {
  const guarded = changes.flatMap((change) => {
    const loss = lossOf(change);
    return loss === undefined || allowed.includes(change.name) ? [] : [{ change, loss }];
  });
  const losses = guarded.map(({ change, loss }) =>
    problemAt("CHANGE_GUARDED", clusterFile(cluster), ["nodes", change.name], {
      message: `${change.name} would be ${change.deed === "remove" ? "removed" : `replaced (${change.fields.join(", ")})`}: ${loss}`,
      expected: "no change that loses something, unless it is allowed by name",
      fix: `undo the edit, or allow it: --allow ${change.name}`,
    }),
  );
  return [...losses, ...changes.flatMap((change) => shrinking(cluster, change))];
}

/** Nobody can allow this: Proxmox VE has no way to do it. */
function shrinking(cluster: string, { deed, name, before, after }: Change): Problem[] {
  if (deed !== "change") return [];
  const wanted = disksOf(after);
  return disksOf(before).flatMap((disk, index) => {
    const [had, want] = [Number(disk["size"]), Number(wanted[index]?.["size"])];
    if (!(want < had)) return [];
    const field = index === 0 ? "boot" : "data";
    return [
      problemAt("MACHINE_SIZE", clusterFile(cluster), ["nodes", name, "machine", field], {
        message: `a disk of ${name} has ${had} GiB and would shrink to ${want}`,
        expected: "a disk that stays or grows",
        fix: `write ${field}: "${had}Gi" or more`,
      }),
    ];
  });
}

/** What a change loses; undefined where nothing. */
function lossOf({ deed, type, before }: Change): string | undefined {
  if (type !== machineType || (deed !== "remove" && deed !== "replace")) return undefined;
  if (before["template"] === true) return undefined;
  const data = disksOf(before).find((disk) => disk["interface"] === "scsi1");
  const tags = Array.isArray(before["tags"]) ? before["tags"] : [];
  if (tags.includes("control-plane")) return "it is a member of the control plane, with its etcd";
  if (data !== undefined) return `its disk for volumes, ${String(data["size"])} GiB, would be lost`;
  return undefined;
}

function disksOf(inputs: Change["before"]): Record<string, unknown>[] {
  const { disks } = inputs;
  return Array.isArray(disks) ? (disks as Record<string, unknown>[]) : [];
}
