/** What is loosened, with the reasons: every `because` of a document, whether a rule has acted on it or not. */
import { isTree } from "../model/data.ts";

/** In: what a file says. Out: by the place of each `because`, its reason; in the order of the file. */
export function reasonsIn(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(reasonsAt(value, []));
}

function reasonsAt(value: unknown, path: readonly string[]): (readonly [string, string])[] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => reasonsAt(one, [...path, String(index)]));
  if (!isTree(value)) return [];
  const { because } = value;
  return typeof because === "string"
    ? [[path.join("."), because]]
    : Object.entries(value).flatMap(([key, inner]) => reasonsAt(inner, [...path, key]));
}
