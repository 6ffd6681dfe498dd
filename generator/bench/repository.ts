/** Temporary repositories of the bench: as a person's, but with a library and a cache of their own. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AuthoredFiles } from "./services.ts";

export const projectRoot = path.resolve(import.meta.dirname, "../..");

export interface BenchRepository {
  readonly root: string;
  readonly cache: string;
}

/**
 * A folder for everything of one bench. In memory where the machine has such a file system: on ext4, creating
 * files soon after deleting many costs seconds of system time, which is none of what is measured.
 */
export function benchFolder(): string {
  const memory = "/dev/shm";
  return mkdtempSync(path.join(existsSync(memory) ? memory : tmpdir(), "rzp-bench-"));
}

/** Makes a repository in a new folder. */
export function createBenchRepository(folder: string, files: AuthoredFiles): BenchRepository {
  const root = mkdtempSync(path.join(folder, "repository-"));
  writeFileSync(
    path.join(root, "package.json"),
    JSON.stringify({ type: "module", imports: { "#rzp": "./generator/src/authoring/rzp.ts" } }),
  );
  for (const shared of ["generator", "node_modules"])
    symlinkSync(path.join(projectRoot, shared), path.join(root, shared), "dir");
  cpSync(path.join(projectRoot, "charts/rzp-lib"), path.join(root, "charts/rzp-lib"), {
    recursive: true,
  });
  writeFiles(root, files);
  return { root, cache: `${root}.cache` };
}

/** Writes authored files below a root. */
export function writeFiles(root: string, files: AuthoredFiles): void {
  for (const [file, text] of Object.entries(files)) {
    const full = path.join(root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
}

/** Removes the repository and its cache. */
export function removeRepository({ root, cache }: BenchRepository): void {
  for (const folder of [root, cache]) rmSync(folder, { recursive: true, force: true });
}

/** How many files there are below a folder, at any height. */
export function countFiles(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ).length;
}
