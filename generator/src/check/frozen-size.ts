/** Sizes of claims: they only grow, and only where the class of the volume lets them (`allowVolumeExpansion`). */
import { clusterFile } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import { at } from "../model/reading.ts";

/** Whether it is the size of a claim; that of a template of a StatefulSet is none, and stays as it is. */
export const isSize = (path: readonly string[]) =>
  !path.includes("volumeClaimTemplates") && ["storage", "size"].includes(path.at(-1) ?? "");

/** In: a rendered claim or database cluster. Out: why its size stays as it is; undefined where it may grow. */
export function fixedSize({ facts }: Release, claim: unknown): string | undefined {
  const storage = at(claim, "spec", "storage", "storageClass");
  const name = storage ?? at(claim, "spec", "storageClassName");
  if (name === "")
    return "a claim of a share cannot grow, and its server does not look at the size";
  const { storageFixed = [], storageClasses } = facts.cluster;
  return storageFixed.some((purpose) => storageClasses[purpose] === name)
    ? `volumes of class ${String(name)} cannot grow (storageFixed of ${clusterFile(facts.clusterName)})`
    : undefined;
}
