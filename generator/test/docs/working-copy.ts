/** A throw-away copy of this repository, as somebody has it who cloned it just now. */
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa, execaSync } from "execa";
import { projectRoot } from "./blocks.ts";

export interface WorkingCopy extends Disposable {
  readonly root: string;
  /** Runs a line of a shell block in it, as a person types it. */
  readonly type: (
    line: string,
  ) => Promise<{ readonly exitCode: number | undefined; readonly output: string }>;
}

/**
 * Copies what git tracks and what is new and not ignored. `node_modules` is a link to this one and not
 * the result of `npm ci`: the lockfile is the same, and a test should neither wait for an installation
 * nor need a network. In: which files, all unless said.
 */
export function createWorkingCopy(isWanted: (file: string) => boolean = () => true): WorkingCopy {
  const root = mkdtempSync(path.join(tmpdir(), "rzp-docs-"));
  const { stdout } = execaSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: projectRoot },
  );
  for (const file of new Set(stdout.split("\0").filter(Boolean).filter(isWanted))) copy(root, file);
  symlinkSync(path.join(projectRoot, "node_modules"), path.join(root, "node_modules"), "dir");
  return {
    root,
    type: (line) => type(root, line),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What is deleted here and still tracked is left out; links stay links. */
function copy(root: string, file: string): void {
  const from = path.join(projectRoot, file);
  const found = lstatSync(from, { throwIfNoEntry: false });
  if (found === undefined) return;
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  if (found.isSymbolicLink()) symlinkSync(readlinkSync(from), path.join(root, file));
  else copyFileSync(from, path.join(root, file));
}

async function type(
  root: string,
  line: string,
): Promise<{ exitCode: number | undefined; output: string }> {
  const { exitCode, all } = await execa(line, {
    shell: true,
    cwd: root,
    all: true,
    reject: false,
    env: {
      PATH: `${path.join(projectRoot, "node_modules/.bin")}${path.delimiter}${process.env["PATH"] ?? ""}`,
      NO_COLOR: "1",
      RZP_CACHE: path.join(root, ".rzp/cache"),
      // Coverage is of this repository's files; a copy of them would be counted for nothing.
      NODE_DISABLE_COMPILE_CACHE: undefined,
      NODE_V8_COVERAGE: undefined,
    },
  });
  return { exitCode, output: all };
}
