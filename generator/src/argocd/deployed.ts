/** Which files of the repository Argo CD would deploy: what the rendered Applications say, not what RZP rendered. */
import { argocdFolder } from "../model/paths.ts";
import { load } from "js-yaml";
import { asTree } from "../model/data.ts";
import type { OutputFile } from "../output/files.ts";

/** A folder, and the names in it that are taken; undefined is every `.yaml` file. */
interface Deployed {
  readonly folder: string;
  readonly names: readonly string[] | undefined;
}

/**
 * In: all generated files. Out: says whether an Application among them deploys the file at a path. Applications
 * are read when it is asked the first time, as it is asked for files nobody rendered only.
 */
export function deployedBy(files: readonly OutputFile[]): (path: string) => boolean {
  let read: readonly Deployed[] | undefined;
  return (path) => {
    read ??= files.filter(isApplication).flatMap(sourcesOf);
    const end = path.lastIndexOf("/");
    const name = path.slice(end + 1);
    return read.some(
      ({ folder, names }) =>
        folder === path.slice(0, end) && (names?.includes(name) ?? name.endsWith(".yaml")),
    );
  };
}

const applicationFile = new RegExp(`^${argocdFolder("[^/]+")}/application-`);

const isApplication = ({ path }: OutputFile) => applicationFile.test(path);

function sourcesOf({ content }: OutputFile): Deployed[] {
  const spec = asTree(asTree(load(content))["spec"]);
  const several = spec["sources"];
  return [spec["source"], ...(Array.isArray(several) ? several : [])].flatMap((source) => {
    const { path: folder, directory } = asTree(source);
    const { include } = asTree(directory);
    if (typeof folder !== "string" || typeof include !== "string") return [];
    const names = include === "*.yaml" ? undefined : include.replaceAll(/[{}]/g, "").split(",");
    return [{ folder, names }];
  });
}
