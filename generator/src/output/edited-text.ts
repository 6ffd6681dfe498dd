/** Changes to a rendered document that leave the rest of its text as it was printed. */
import { isDeepStrictEqual } from "node:util";
import { load } from "js-yaml";
import { asTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";
import { readYaml, yaml } from "./yaml.ts";

export interface Edit {
  /** The change itself. */
  readonly change: (tree: Tree) => Tree;
  /** The same change as an edit of lines; may be wrong for an unusual text. */
  readonly lines: (text: string) => string;
}

/** In: a document. Out: its text with lines changed; written anew where the lines would not say what is meant. */
export function editedText(text: string, { change, lines }: Edit): string {
  const candidate = lines(text);
  return isDeepStrictEqual(loadOrNothing(candidate), change(asTree(load(text))))
    ? candidate
    : yaml(change(rewritable(text)));
}

/** Read as Kubernetes does (YAML 1.1, the last of two equal keys counts), so that it can be written anew. */
export function rewritable(text: string): Tree {
  return asTree(readYaml(text));
}

function loadOrNothing(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}
