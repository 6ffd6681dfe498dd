/** Files of a service's config folder as Helm and the caches see them. */
import { serviceFolder } from "../model/paths.ts";
import type { SourceTree } from "../model/tree.ts";

/** A file, relative to the folder of its service, with its content. */
export type ConfigText = readonly [file: string, text: string];

/** In: files of a service. Out: those that are there, with what was read of them. */
export function configTexts(
  tree: SourceTree,
  service: string,
  files: readonly string[],
): ConfigText[] {
  return files.flatMap((file) => {
    const text = tree.sources.get(`${serviceFolder(service)}/${file}`);
    return text === undefined ? [] : [[file, text] as const];
  });
}
