/** Looking into an authored value whose shape is not known yet. */

export type Authored = Readonly<Record<PropertyKey, unknown>>;

/** True for what has fields to look at: objects and lists. */
export function isAuthored(value: unknown): value is Authored {
  return typeof value === "object" && value !== null;
}

/** Out: the value of a field, undefined where it has none; what every object inherits is no field. */
export function fieldOf(value: unknown, key: PropertyKey): unknown {
  return isAuthored(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Out: the value a path leads to, undefined where it leads nowhere. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) current = fieldOf(current, key);
  return current;
}

/** Says whether the object around the last step of a path lacks it; an explicit undefined is there. */
export function isAbsent(value: unknown, path: readonly PropertyKey[]): boolean {
  const key = path.at(-1);
  if (key === undefined) return false;
  const parent = valueAt(value, path.slice(0, -1));
  return isAuthored(parent) && !Object.hasOwn(parent, key);
}
