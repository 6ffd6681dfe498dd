/** A repository in a temporary folder with two known states, and what a fault may have left of them. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { OutputFile } from "../../src/output/files.ts";

export type Tree = ReadonlyMap<string, string>;

export const childScript = join(import.meta.dirname, "write-child.ts");
export const stateOf = (root: string): string => join(root, ".rzp");

/** In memory where there is such a place: what a killed process leaves is the same, and hundreds of trees are made. */
const scratch = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Halves the start of the children, of which there are hundreds. Who is killed tells no coverage, so none is asked. */
export const childEnvironment = {
  ...process.env,
  NODE_COMPILE_CACHE: join(tmpdir(), "rzp-test-compile-cache"),
  NODE_DISABLE_COMPILE_CACHE: undefined,
  NODE_V8_COVERAGE: undefined,
};

/** An empty repository; it goes when the test ends. */
export function makeRepository(folder: string = scratch): string {
  const root = mkdtempSync(join(folder, "rzp-write-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

export function putFile(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Everything in the tree but the state folder, folders too (with a slash at the end) when they are empty. */
export function readTree(root: string, folder = ""): Map<string, string> {
  const tree = new Map<string, string>();
  for (const name of readdirSync(join(root, folder)).toSorted()) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (path === ".rzp") continue;
    const found = lstatSync(join(root, path));
    if (found.isSymbolicLink()) tree.set(path, `link to ${readlinkSync(join(root, path))}`);
    else if (!found.isDirectory()) tree.set(path, readFileSync(join(root, path), "utf8"));
    else if (readdirSync(join(root, path)).length === 0) tree.set(`${path}/`, "");
    else for (const [inner, content] of readTree(root, path)) tree.set(inner, content);
  }
  return tree;
}

export const foreignFiles: Tree = new Map([
  ["kubernetes/prod/notes.md", "mine\n"],
  ["kubernetes/prod/service-0/mine.yaml", "kind: Mine\n"],
  ["README.md", "# Mine\n"],
]);

export function treeOf(files: readonly OutputFile[]): Map<string, string> {
  return new Map(
    [...foreignFiles, ...files.map((file) => [file.path, file.content] as const)].toSorted(),
  );
}

/** What is neither of the old tree nor of the new one: torn, lost or foreign content that changed. */
export function findDamage(found: Tree, before: Tree, after: Tree): string[] {
  const strange = [...found].filter(
    ([path, content]) =>
      !path.endsWith("/") && content !== before.get(path) && content !== after.get(path),
  );
  const lost = [...before.keys()].filter((path) => after.has(path) && !found.has(path));
  return [
    ...strange.map(([path]) => `not old and not new: ${path}`),
    ...lost.map((path) => `lost: ${path}`),
  ];
}

export interface ChildArguments {
  readonly root: string;
  readonly state: string;
  readonly size: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the script that renders one state into the repository. It prints `go` before its first write. */
export function startChild({ root, state, size, environment }: ChildArguments): ChildProcess {
  return spawn(process.execPath, [childScript, root, state, String(size)], {
    env: { ...childEnvironment, ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export function whenEnded(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
}

export async function outputOf(child: ChildProcess): Promise<string> {
  let output = "";
  for await (const chunk of child.stdout ?? []) output += String(chunk);
  return output;
}

export const hasJournal = (root: string): boolean =>
  existsSync(join(stateOf(root), "journal.json"));
export const hasStaging = (root: string): boolean => existsSync(join(stateOf(root), "staged"));

/** Runs a shell script with mounts of its own, as root or as a user that may make a user namespace. */
export function runWithMounts(script: string): {
  readonly code: number | null;
  readonly output: string;
} {
  const flags = process.getuid?.() === 0 ? ["-m"] : ["-rm"];
  const { status, stdout, stderr, error } = spawnSync(
    "unshare",
    [...flags, "bash", "-euc", script],
    // With a socket for stdin bash may take itself for a remote shell, and read its start-up files.
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  );
  if (error !== undefined) throw error;
  return { code: status, output: stdout + stderr };
}
