/**
 * Where a Go tool lies in the cache. The folder is named after everything that decides its bytes, so
 * a changed pin is another folder and two clones of the same commit share one.
 */
import { createHash } from "node:crypto";
import { readFile, readdir, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { goTools, type GoTool, type GoToolName } from "./go-tools.ts";
import type { Host } from "./host.ts";

export interface GoToolPaths {
  /** The folder of the wrapper module, absolute. */
  readonly source: string;
  readonly folder: string;
  readonly binary: string;
}

/** Raise it when the build flags change: they decide the bytes as much as the sources do. */
const recipe = "5";

/**
 * Computes where a tool is or would be. In: its name; out: the paths, whether or not it is built;
 * undefined when its module is not in this clone.
 */
export async function goToolPaths(name: GoToolName, host: Host): Promise<GoToolPaths | undefined> {
  const { module, purpose: _, ...how }: GoTool = goTools[name];
  const source = join(host.root, "tools", module);
  const key = createHash("sha256").update(JSON.stringify([recipe, host.platform, host.arch, how]));
  for (const file of ["go.mod", "go.sum", ...(await ownSources(source, how))]) {
    const content = await readFile(join(source, file)).catch(() => undefined);
    if (content === undefined) return undefined;
    key.update(`\n${file} ${content.length}\n`).update(content);
  }
  const folder = join(host.cache, `${module}-${key.digest("hex").slice(0, 16)}`);
  return { source, folder, binary: join(folder, name) };
}

/** What decides beside the pins: files of this repository that are built, those of replaced modules, and what stands in for a library's. */
async function ownSources(
  source: string,
  { package: built, trims }: Pick<GoTool, "package" | "trims">,
): Promise<string[]> {
  const folders = [...(built.startsWith(".") ? [built] : []), ...(trims ? ["trimmed"] : [])];
  const files = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(source, folder), { recursive: true }).catch(() => []);
      return names.map((name) => posix.join(folder, name.replaceAll("\\", "/")));
    }),
  );
  return files
    .flat()
    .filter((name) => /\.go$|\/go\.mod$/.test(name))
    .sort();
}

/** Gives the path of a tool that is built already. In: its name; out: the path, or undefined. */
export async function findBuilt(name: GoToolName, host: Host): Promise<string | undefined> {
  const paths = await goToolPaths(name, host);
  if (paths === undefined) return undefined;
  const found = await stat(paths.binary).catch(() => undefined);
  return found?.isFile() ? paths.binary : undefined;
}
