/** Makes the files that a Go tool embeds and that are not in the tree. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { goProblem } from "./go.ts";
import type { EmbeddedFiles } from "./go-tools.ts";
import type { Outcome } from "./process.ts";
import { run } from "./process.ts";

interface Build {
  /** The folder of the module, absolute. */
  readonly source: string;
  /** Its go.mod, as messages name it. */
  readonly file: string;
  /** A folder to work in; whoever made it removes it. */
  readonly folder: string;
  /** Builds a package of the module with the tool's own flags. */
  readonly goBuild: (output: string, name: string) => Promise<Outcome>;
}

/**
 * Builds the program that writes the files, runs it, and lays what it wrote over the sources, which stay as they are.
 * Out: the path of a file for `go build -overlay`. Problems: those of a build.
 */
export async function writeEmbeds(
  { writer, args, files }: EmbeddedFiles,
  { source, file, folder, goBuild }: Build,
): Promise<string | Problem> {
  const written = join(folder, "files");
  await mkdir(written, { recursive: true });
  const program = join(folder, "writer");
  const built = await goBuild(program, writer);
  if (built.exitCode !== 0) return goProblem(`Building ${writer}`, file, built);
  const outcome = await run(program, [...args, written], { cwd: source });
  if (outcome.exitCode !== 0) return goProblem(`${writer} ${args.join(" ")}`, file, outcome);
  const replace = Object.fromEntries(
    files.map((name) => [join(source, name), join(written, name)]),
  );
  const overlay = join(folder, "overlay.json");
  await writeFile(overlay, JSON.stringify({ Replace: replace }));
  return overlay;
}
