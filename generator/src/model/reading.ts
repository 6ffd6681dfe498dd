/** Reading values whose shape nobody has promised: what YAML of any kind may hold. */
import { asTree, isTree } from "./data.ts";
import type { Tree } from "./data.ts";

/** A path in a value. */
export type Keys = readonly (string | number)[];

/** What is at a path; undefined where the path leads nowhere. */
export function at(value: unknown, ...path: Keys): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[key];
  }
  return found;
}

/** A list at a path; none where there is no list. */
export function list(value: unknown, ...path: Keys): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A map at a path; an empty one where there is none. */
export function map(value: unknown, ...path: Keys): Tree {
  return asTree(at(value, ...path));
}

/** Text at a path; undefined for anything else. */
export function text(value: unknown, ...path: Keys): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** In: a value, and where it is. Out: it and all that is in it, however deep, each with its place. */
export function valuesIn(value: unknown, keys: Keys = []): (readonly [Keys, unknown])[] {
  if (typeof value !== "object" || value === null) return [[keys, value]];
  const inner: Iterable<[string | number, unknown]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  return [[keys, value], ...[...inner].flatMap(([key, one]) => valuesIn(one, [...keys, key]))];
}

/** In: a map, the one field of a reference such as `secret("token")`. Out: what it asks for; undefined for any other map. */
export function askedFor(value: object, field: string): string | undefined {
  return Object.keys(value).length === 1 ? text(value, field) : undefined;
}

/** In: a value, and what stands in place of a map in it, where something does. Out: the same with that, however deep. */
export function withReplaced(value: unknown, replacement: (map: Tree) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withReplaced(one, replacement));
  if (!isTree(value)) return value;
  return (
    replacement(value) ??
    Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, withReplaced(one, replacement)]),
    )
  );
}
