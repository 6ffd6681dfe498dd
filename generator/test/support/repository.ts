/**
 * Throw-away repositories for tests: the small real one of `base/`, with the files a test adds or
 * changes. `run` calls the command in this process, `start` in one of its own, as a person does;
 * `checkRepository` is the fast way without Helm.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { importsOthers } from "../../src/cache/imports.ts";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import type { Evaluation } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import type { SourceTree } from "../../src/model/tree.ts";
import { buildPlatform, checkPlatform } from "../../src/pipeline.ts";
import { formatProblems } from "../../src/problems/format.ts";
import { mergeProblems } from "../../src/problems/merge.ts";
import type { Problem } from "../../src/problems/problem.ts";
import { callCommand } from "./call.ts";
import type { CommandResult } from "./call.ts";

export type { CommandResult } from "./call.ts";

export const projectRoot = path.resolve(import.meta.dirname, "../../..");
const base = path.join(import.meta.dirname, "base");

/** Text of a file of `base/`. */
export const baseFile = (file: string): string => readFileSync(path.join(base, file), "utf8");

export interface RunOptions {
  /** Relative to the repository; its root unless said. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

type Run = (args: readonly string[], options?: RunOptions) => Promise<CommandResult>;

export interface Repository extends Disposable {
  readonly root: string;
  /** Writes a file over what was there; undefined removes it, or a folder. */
  readonly write: (file: string, content: string | Uint8Array | undefined) => void;
  /** Calls the command in this process. */
  readonly run: Run;
  /** Calls it in a process of its own: where it matters what Node does with it, and with its streams and exit code. */
  readonly start: Run;
}

export interface RepositoryOptions {
  /** Files by path, over those of `base/`; undefined leaves one, or a folder, out. */
  readonly files?: Readonly<Record<string, string | undefined>>;
}

/** Makes a repository in a new folder; `using` removes it at the end of the test. */
export function createRepository({ files = {} }: RepositoryOptions = {}): Repository {
  const root = mkdtempSync(path.join(tmpdir(), "rzp-repository-"));
  cpSync(base, root, { recursive: true });
  writeFileSync(
    path.join(root, "package.json"),
    JSON.stringify({ type: "module", imports: { "#rzp": "./generator/src/authoring/rzp.ts" } }),
  );
  for (const shared of ["generator", "node_modules", "charts/rzp-lib"])
    symlinkSync(path.join(projectRoot, shared), path.join(root, shared), "dir");
  const write: Repository["write"] = (file, content) => {
    const full = path.join(root, file);
    if (content === undefined) return rmSync(full, { recursive: true });
    mkdirSync(path.dirname(full), { recursive: true });
    return writeFileSync(full, content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  return {
    root,
    write,
    run: (args, options) => callCommand(args, contextOf(root, options)),
    start: (args, options) => startCommand(args, contextOf(root, options)),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Where a command is called, as if by hand there, also where npm has called the tests somewhere else. */
function contextOf(root: string, { cwd = ".", env = {} }: RunOptions = {}) {
  const folder = path.join(root, cwd);
  return {
    cwd: folder,
    env: {
      ...process.env,
      // A cache of its own, so that no test sees what another one rendered.
      RZP_CACHE: path.join(root, ".cache"),
      NO_COLOR: "1",
      INIT_CWD: folder,
      ...env,
    },
  };
}

async function startCommand(
  args: readonly string[],
  context: ReturnType<typeof contextOf>,
): Promise<CommandResult> {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [path.join(projectRoot, "generator/rzp.js"), ...args],
    { ...context, reject: false },
  );
  return { exitCode, stdout, stderr };
}

/** Everything that is found before Helm runs, as a person would be told it: each mistake once. */
export async function checkRepository(root: string): Promise<readonly Problem[]> {
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree, await evaluated(tree));
  return mergeProblems([
    ...problems,
    ...(value === undefined ? [] : await checkPlatform(value, () => false)),
  ]);
}

let ofBase: Promise<{ tree: SourceTree; values: Evaluation["values"] }> | undefined;

/** Files of the base that a test left alone export what they export there; only the others are run. */
async function evaluated(tree: SourceTree): Promise<Evaluation> {
  const known = await (ofBase ??= evaluatedBase());
  const files = authoredFiles(tree);
  const isKnown = (file: string) => {
    const text = tree.sources.get(file) ?? "";
    return known.tree.sources.get(file) === text && !importsOthers(text);
  };
  const { values, problems } = await evaluateFiles(
    tree.root,
    files.filter((file) => !isKnown(file)),
  );
  const all = files.flatMap((file) => {
    const from = isKnown(file) ? known.values : values;
    return from.has(file) ? [[file, structuredClone(from.get(file))] as const] : [];
  });
  return { values: new Map(all), problems };
}

async function evaluatedBase() {
  using repository = createRepository();
  const tree = readTree(repository.root);
  return { tree, values: (await evaluateFiles(tree.root, authoredFiles(tree))).values };
}

/** The text a person reads in the terminal, without colours. */
export function messageText(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
): string {
  return formatProblems(problems, { format: "human", readSource: (file) => sources.get(file) });
}
