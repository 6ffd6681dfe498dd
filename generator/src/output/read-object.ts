/** The object in the text of a generated file. */
import { load } from "js-yaml";
import { isTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";

/** Undefined for a file that was edited into something else. */
export function readObject(content: string): Tree | undefined {
  try {
    const object = load(content);
    return isTree(object) ? object : undefined;
  } catch {
    return undefined;
  }
}
