/** The pinned definitions of kinds that Kubernetes does not have itself. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { KubernetesObject } from "./api.ts";

/** In: the folder of pinned definitions, and API groups. Out: their definitions. */
export function definitionsOf(crds: string, groups: readonly string[]): KubernetesObject[] {
  return groups.flatMap((group) =>
    readdirSync(join(crds, group))
      .toSorted()
      .map((file) => parse(readFileSync(join(crds, group, file), "utf8")) as KubernetesObject),
  );
}

/** All API groups that have pinned definitions. */
export const definedGroups = (crds: string): string[] => readdirSync(crds).toSorted();
