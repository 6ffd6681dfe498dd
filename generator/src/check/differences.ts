/** What differs between two versions of a value, field by field: a person looks for the one word that changed. */
import { isTree } from "../model/data.ts";
import { text } from "../model/reading.ts";

export interface Difference {
  /** Where: keys of maps, and of lists the names of what is in them. */
  readonly path: readonly string[];
  /** Absent where only the other version has the field. */
  readonly before: unknown;
  readonly after: unknown;
}

/** In: both versions, the path they are at. Out: the innermost fields that differ; none where they are alike. */
export function differences(
  before: unknown,
  after: unknown,
  path: readonly string[] = [],
): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const old = isTree(before) ? before : named(before);
  const next = isTree(after) ? after : named(after);
  if (old === undefined || next === undefined || isTree(before) !== isTree(after))
    return [{ path, before, after }];
  const inside = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  // Of a list what came, went or moved is told by the names in it, and not by all that is in them.
  const kept = isTree(before) ? inside : inside.filter((key) => key in old && key in next);
  const names = { path, before: Object.keys(old), after: Object.keys(next) };
  return [
    ...(isTree(before) || String(names.before) === String(names.after) ? [] : [names]),
    ...kept.flatMap((key) => differences(old[key], next[key], [...path, key])),
  ];
}

/** The items of a list by their names, in its order; undefined where one has none, or a name is there twice. */
function named(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  const entries = items.map((item) => [text(item, "metadata", "name") ?? text(item, "name"), item]);
  const byName = Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
  const isWhole =
    entries.every(([name]) => name !== undefined) && Object.keys(byName).length === items.length;
  return isWhole ? byName : undefined;
}
