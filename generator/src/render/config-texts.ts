/** Files of a service's config folder as the caches see them. */
import { serviceFolder } from "../model/paths.ts";
import type { SourceTree } from "../model/tree.ts";

/** In: files of a service, relative to its folder. Out: each with its content; a file that is not there has none. */
export function configTexts(tree: SourceTree, service: string, files: readonly string[]): string[] {
  return files.map(
    (file) => `${file}\n${tree.sources.get(`${serviceFolder(service)}/${file}`) ?? ""}`,
  );
}
