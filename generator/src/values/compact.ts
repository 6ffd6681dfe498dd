/**
 * Values are written without what is absent: a key is there when it says something. Helm's templates
 * then need no defaults, and a file shows only what matters.
 */
type Compact<T> = { [K in keyof T as true extends MayBeAbsent<T[K]> ? never : K]: T[K] } & {
  [K in keyof T as true extends MayBeAbsent<T[K]> ? K : never]?: Exclude<T[K], undefined>;
};

/** Whether a value of this type may be left out: undefined, a list, a map that may be empty. */
type MayBeAbsent<V> = V extends undefined | readonly unknown[]
  ? true
  : Record<never, never> extends V
    ? true
    : false;

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
