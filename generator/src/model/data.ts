/** Data whose shape nobody has promised: what a file or a document of any kind may hold. */
export type Tree = Readonly<Record<string, unknown>>;

/** Whether a value is a map; a list is none. */
export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same value, or an empty map for anything that is none. */
export function asTree(value: unknown): Tree {
  return isTree(value) ? value : {};
}
