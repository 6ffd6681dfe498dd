/** Resource modifiers as Velero 1.18 applies them: rules that match the object as it was, strategic and JSON patches. */
import type { DrillModifier } from "../../../src/model/drill-plan.ts";
import { selects } from "./store.ts";
import type { Stored } from "./store.ts";

type Tree = Record<string, unknown>;

/** In: an object in its own namespace. Out: what is created of it. */
export function modified(
  object: Stored,
  groupResource: string,
  rules: readonly DrillModifier[],
): Stored {
  const result = structuredClone(object);
  for (const { conditions, patches = [], strategicPatches = [] } of rules) {
    if (conditions.groupResource !== groupResource) continue;
    if (!conditions.namespaces.includes(object.metadata.namespace)) continue;
    if (!new RegExp(conditions.resourceNameRegex ?? "").test(object.metadata.name)) continue;
    const labels = Object.entries(conditions.labelSelector?.matchLabels ?? {});
    if (!selects(labels.map(([key, value]) => `${key}=${value}`).join(","), object.metadata.labels))
      continue;
    if (
      conditions.matches?.every(({ path, value }) => String(at(object, path)) === value) === false
    )
      continue;
    for (const { operation, path, value } of patches) {
      if (operation !== "replace") throw new Error(`the fake knows no ${operation}`);
      if (at(result, path) === undefined) throw new Error(`replace of ${path}, which is not there`);
      const parts = path.slice(1).split("/");
      const last = parts.pop() ?? "";
      (at(result, `/${parts.join("/")}`) as Tree)[last] = value;
    }
    for (const { patchData } of strategicPatches) strategic(result, JSON.parse(patchData) as Tree);
  }
  return result;
}

function at(object: unknown, path: string): unknown {
  return path
    .slice(1)
    .split("/")
    .reduce<unknown>((tree, key) => (tree as Tree | undefined)?.[key], object);
}

/** Lists of pods are merged by name; `$patch` says otherwise (kubectl, "Strategic Merge Patch"). */
function strategic(target: Tree, patch: Tree): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else if (Array.isArray(value))
      target[key] = mergedList((target[key] ?? []) as Tree[], value as Tree[]);
    else if (typeof value === "object") {
      const inner = value as Tree;
      if (inner["$patch"] === "replace") {
        const { $patch: _, ...rest } = inner;
        target[key] = rest;
      } else strategic((target[key] ??= {}) as Tree, inner);
    } else target[key] = value;
  }
}

function mergedList(before: readonly Tree[], patch: readonly Tree[]): Tree[] {
  const replaces = patch.some((entry) => entry["$patch"] === "replace");
  const list = replaces ? [] : before.map((entry) => structuredClone(entry));
  for (const entry of patch) {
    if (entry["$patch"] === "replace") continue;
    const index = list.findIndex(({ name }) => name === entry["name"]);
    const found = list[index];
    if (entry["$patch"] === "delete") {
      if (index >= 0) list.splice(index, 1);
    } else if (found === undefined) list.push(structuredClone(entry));
    else strategic(found, entry);
  }
  return list;
}
