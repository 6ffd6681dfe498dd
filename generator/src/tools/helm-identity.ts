/**
 * Which Helm would be taken, told without starting one and without loading what chooses: a run that has nothing to do asks this too.
 * Loads next to nothing.
 */
import { readdirSync, statSync, type Stats } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../cache/folder.ts";
import { statusOf } from "../write/known-outputs.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * In: the variables of the process. Out: what the file system says of each Helm that `ensureHelm` may choose, and of the pins that it
 * chooses by. Another choice is another text; another text need not be another choice. The Helm of the packages is not in it: the
 * generator's own text pins it.
 */
export function helmIdentity(environment: Environment): string {
  const own = environment["RZP_HELM"];
  if (own) return identityOf(path.resolve(own));
  const onPath = helmOnPath(environment);
  return [...pins, ...builtHelms(environment), ...(onPath === undefined ? [] : [onPath])]
    .map(identityOf)
    .join("\n");
}

/** In: the variables of the process. Out: the first `helm` on PATH that can be run, absolute. */
export function helmOnPath(environment: Environment): string | undefined {
  return (environment["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, "helm"))
    .find((file) => {
      const found = statusAt(file);
      return found?.isFile() === true && (found.mode & 0o111) !== 0;
    });
}

/** Of the one that is built here. */
const pins = ["go.mod", "go.sum"].map((file) =>
  path.resolve(import.meta.dirname, "../../../tools/helm", file),
);

/** As `go-tool-paths.ts` names them: one for each pin that was ever built. */
function builtHelms(environment: Environment): string[] {
  const cache = cacheFolder("RZP_TOOLS_CACHE", environment);
  return namesIn(cache)
    .filter((name) => /^helm-[0-9a-f]{16}$/.test(name))
    .sort()
    .map((name) => path.join(cache, name, "helm"));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function identityOf(file: string): string {
  const found = statusAt(file);
  return `${file} ${found === undefined ? "is not there" : statusOf(found)}`;
}

function statusAt(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
