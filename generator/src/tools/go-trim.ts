/** Copies libraries of a Go tool for one build, without what the tool is never asked for. */
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { goModuleFolder } from "./go-module-folder.ts";
import type { GoToolName } from "./go-tools.ts";
import type { Host } from "./host.ts";
import { isProblem } from "./problems.ts";

interface Build {
  /** The folder of the tool's module, absolute. */
  readonly source: string;
  /** A folder to work in; whoever made it removes it. */
  readonly folder: string;
}

/**
 * Copies modules, as Go keeps its own read-only, and puts the files below `trimmed/` in place of theirs, each at its import
 * path. In: the tool, the modules, and where. Out: the path of a file for `go build -modfile`. Problems: those of fetching a
 * module.
 */
export async function trimModules(
  tool: GoToolName,
  modules: readonly string[],
  { source, folder }: Build,
  host: Host,
): Promise<string | Problem> {
  const copies = join(folder, "modules");
  for (const module of modules) {
    const library = await goModuleFolder(tool, module, host);
    if (isProblem(library)) return library;
    await copyFiles(library, join(copies, module));
  }
  await copyFiles(join(source, "trimmed"), copies);
  const goMod = join(folder, "go.mod");
  // Quoted, as a path may have blanks.
  const replaced = modules.map(
    (module) => `replace ${module} => ${JSON.stringify(join(copies, module))}\n`,
  );
  await writeFile(goMod, [await readFile(join(source, "go.mod"), "utf8"), ...replaced].join(""));
  await copyFile(join(source, "go.sum"), join(folder, "go.sum"));
  return goMod;
}

/** Tests are most of a module, and nothing of them is built. */
const ofTests = /_test\.go$|(?:^|\/)testdata\//;

async function copyFiles(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)))
    .filter((file) => !ofTests.test(file.replaceAll("\\", "/")));
  for (const file of files) {
    const copy = join(to, file);
    await mkdir(dirname(copy), { recursive: true });
    // What stands in replaces a file that is as read-only as the library.
    await rm(copy, { force: true });
    await copyFile(join(from, file), copy);
  }
}
