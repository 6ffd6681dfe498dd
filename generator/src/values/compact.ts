/**
 * Values are written without what is absent: a key is there when it says something. Helm's templates
 * then need no defaults, and a file shows only what matters.
 */
type Compact<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out keys whose value is undefined, an empty map or an empty list. */
export function compact<T extends object>(values: T): Compact<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => !isEmpty(value)),
  ) as Compact<T>;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}
