/**
 * The one merge rule: maps merge key by key, lists and scalars replace, a reference is one value and
 * replaces, `remove` removes. A volume merges field by field.
 */
import { isTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";
import { references } from "../model/references.ts";

/** In: the base, what differs, paths to take out (`routes.web`). Out: a new value; neither input changes. */
export function merge(base: unknown, difference: unknown, remove: readonly string[] = []): unknown {
  return remove.reduce<unknown>(
    (value, path) => without(value, path.split(".")),
    mergeValues(base, difference),
  );
}

function mergeValues(base: unknown, difference: unknown): unknown {
  if (difference === undefined) return base;
  if (!isTree(base) || !isTree(difference) || isReasoned(base) || isReasoned(difference))
    return difference;
  // Where one reference replaces another, nothing of the old one may stay. A map of variables may hold one called
  // `file`: only where both are references is it one.
  if (isReference(base) && isReference(difference)) return difference;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(difference)])];
  return Object.fromEntries(keys.map((key) => [key, mergeValues(base[key], difference[key])]));
}

function isReference(value: Tree): boolean {
  return Object.values(references).some((reference) => reference.safeParse(value).success);
}

/** `because(value, reason)`: value and reason belong together. */
function isReasoned(value: Tree): boolean {
  return typeof value["because"] === "string" && "value" in value;
}

/** The same value when nothing is there. Keys may hold dots (`/config/a.yml`), so the longest key that fits is taken first. */
function without(value: unknown, path: readonly string[]): unknown {
  if (!isTree(value)) return value;
  for (let length = path.length; length > 0; length--) {
    const key = path.slice(0, length).join(".");
    if (!(key in value)) continue;
    const rest = path.slice(length);
    if (rest.length === 0)
      return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    const child = without(value[key], rest);
    return child === value[key] ? value : { ...value, [key]: child };
  }
  return value;
}

/** Says whether a path leads to something; a `remove` that does not is a mistake. */
export function has(value: unknown, path: string): boolean {
  return without(value, path.split(".")) !== value;
}

/**
 * In: a path that leads to nothing. Out: the paths that lead to something where it goes wrong, with what it says after
 * that where this is there too: `routes.wob.host` is beside `routes.web.host`.
 */
export function pathsBeside(value: unknown, path: string): string[] {
  const steps = path.split(".");
  for (let length = steps.length - 1; length >= 0; length--) {
    const before = steps.slice(0, length);
    const there = before.reduce<unknown>(
      (tree, step) => (isTree(tree) ? tree[step] : undefined),
      value,
    );
    if (!isTree(there)) continue;
    const rest = steps.slice(length + 1);
    return Object.keys(there).map((key) => {
      const whole = [...before, key, ...rest].join(".");
      return has(value, whole) ? whole : [...before, key].join(".");
    });
  }
  return [];
}
