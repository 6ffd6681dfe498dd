import { asTree } from "../../src/model/data.ts";
import type { Tree } from "../../src/model/data.ts";

/** In: an authored value, the path of a fact. Out: the same without that fact; what is left keeps its order. */
export function without(value: unknown, [key = "", ...rest]: readonly string[]): Tree {
  return Object.fromEntries(
    Object.entries(asTree(value)).flatMap(([name, inner]) =>
      name !== key ? [[name, inner]] : rest.length === 0 ? [] : [[name, without(inner, rest)]],
    ),
  );
}
