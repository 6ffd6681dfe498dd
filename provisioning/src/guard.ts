/** Stops what would lose data or the cluster itself, unless it is allowed by name. */
import { clusterFile } from "../../generator/src/model/paths.ts";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { choice, problemAt } from "../../generator/src/problems/report.ts";
import type { Change } from "./engine/changes.ts";
import { isOfNames, recordType, tunnelType } from "./dns/cloudflare.ts";
import { bootDisk, dataDisk, machineType } from "./machines/proxmox.ts";

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
    problemAt("CHANGE_GUARDED", clusterFile(cluster), placeOf(change), {
      message: `${change.name} would be ${deedWords(change)}: ${loss}`,
      expected: "no change that loses something, unless it is allowed by name",
      fix: `${wayBack(change)}, or allow it: --allow ${change.name}`,
    }),
  );
  const unknown = allowed.filter((name) => !changes.some((change) => change.name === name));
  return [
    ...losses,
    ...changes.flatMap((change) => shrinking(cluster, change)),
    ...unknown.map((name) => allowedNothing(cluster, name, changes)),
  ];
}

const placeOf = ({ type, name }: Change): readonly string[] =>
  isOfNames(type) ? ["publicNames"] : ["nodes", name];

function allowedNothing(cluster: string, name: string, changes: readonly Change[]): Problem {
  const names = changes.map((change) => change.name);
  return problemAt("CHANGE_GUARDED", clusterFile(cluster), [], {
    message: `--allow ${name} is for nothing that is there`,
    ...choice(name, names, "leave it out"),
  });
}

function deedWords({ deed, fields }: Change): string {
  if (deed === "remove") return "removed";
  return deed === "replace" ? `replaced (${fields.join(", ")})` : "changed";
}

/** A machine that was moved by hand is where it is: that is written down, or it is moved back. */
function wayBack({ deed, fields, before, after }: Change): string {
  if (deed !== "replace" || !fields.includes("nodeName")) return "undo the edit";
  return `write host: "${String(before["nodeName"])}" for it, or move it to ${String(after["nodeName"])} in Proxmox VE`;
}

/** Nobody can allow this: Proxmox VE has no way to do it. */
function shrinking(cluster: string, { deed, name, before, after }: Change): Problem[] {
  if (deed !== "change") return [];
  return [bootDisk, dataDisk].flatMap((disk) => {
    const [had, want] = [sizeOf(before, disk), sizeOf(after, disk)];
    if (had === undefined || want === undefined || want >= had) return [];
    const field = disk === bootDisk ? "boot" : "data";
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
function lossOf(change: Change): string | undefined {
  const { deed, type, before, after } = change;
  if (isOfNames(type)) return lossOfNames(change);
  if (type !== machineType || before["template"] === true) return undefined;
  const data = sizeOf(before, dataDisk);
  const losesData =
    data !== undefined && (deed !== "change" || sizeOf(after, dataDisk) === undefined);
  if (deed === "change") {
    if (losesData) return `its disk for volumes, ${data} GiB, would be taken off`;
    return isMember(before) && !isMember(after)
      ? "it would no longer count as a member of the control plane, which it is"
      : undefined;
  }
  if (deed !== "remove" && deed !== "replace") return undefined;
  if (isMember(before)) return "it is a member of the control plane, with its etcd";
  return losesData
    ? `its disk for volumes, ${data} GiB, would be lost`
    : "what is on its disk would be lost";
}

/** Rules of a tunnel are written anew as they are: they hold nothing of their own. */
function lossOfNames({ deed, type, name }: Change): string | undefined {
  if (deed !== "remove" && deed !== "replace") return undefined;
  if (type === tunnelType)
    return "its token would be void, and every public name would lead nowhere until cloudflared has a new one";
  if (type !== recordType) return undefined;
  return deed === "remove"
    ? `nobody would find ${name} any more`
    : `nobody would find ${name} meanwhile`;
}

const isMember = ({ tags }: Change["before"]): boolean =>
  Array.isArray(tags) && tags.includes("control-plane");

/** In GiB; undefined where it has no such disk. */
function sizeOf({ disks }: Change["before"], name: string): number | undefined {
  const all = Array.isArray(disks) ? (disks as { interface?: string; size?: number }[]) : [];
  return all.find((disk) => disk.interface === name)?.size;
}
