/**
 * Runs authored files in a worker thread, so that one which throws, never ends or exports nothing is a
 * problem of that file and not the end of the command.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Problem } from "../problems/problem.ts";
import { explainFailure } from "./load-failure.ts";
import { explainSyntax } from "./syntax-error.ts";
import { problemAt } from "../problems/report.ts";
import { exportIn } from "../model/paths.ts";
import { startThread } from "../thread.ts";
import type { Unfit, WorkerMessage, WorkerTasks } from "./evaluate-worker.ts";

export interface Evaluation {
  /** Default export by file. */
  readonly values: ReadonlyMap<string, unknown>;
  /** What some of these describe, as the model has it. */
  readonly judged?: ReadonlyMap<string, unknown>;
  readonly problems: readonly Problem[];
}

/** A file that takes longer than this to load hangs: loading one takes a few milliseconds. */
const fileTimeoutMs = 5000;
const graceMs = 20;

export interface EvaluateOptions {
  readonly timeoutMs?: number;
  /** Whether the thread that runs them judges them too. */
  readonly judges?: boolean;
}

/** In: paths relative to the root. Out: what each exports. Problems: FILE_THROWS, FILE_HANGS, FILE_NO_EXPORT, FILE_NOT_DATA. */
export async function evaluateFiles(
  root: string,
  files: readonly string[],
  { timeoutMs = fileTimeoutMs, judges = false }: EvaluateOptions = {},
): Promise<Evaluation> {
  const values = new Map<string, unknown>();
  const judged = new Map<string, unknown>();
  const problems: Problem[] = [];
  let remaining = [...files];
  while (remaining.length > 0) {
    const done = new Set<string>();
    const tasks = { judges, tasks: remaining.map((file) => taskOf(root, file)) };
    const hung = await runWorker(tasks, timeoutMs, (message) => {
      done.add(message.file);
      if (message.kind === "judged") judged.set(message.file, message.data);
      else if ("value" in message && message.value !== undefined)
        values.set(message.file, message.value);
      else problems.push(...problemsOf(root, message));
    });
    if (hung !== undefined) {
      done.add(hung.file);
      problems.push(hangs(hung, timeoutMs));
    }
    remaining = remaining.filter((file) => !done.has(file));
  }
  return { values, judged, problems };
}

/** A file that was not finished: still running after its time, or the worker ended under it. */
interface Unfinished {
  readonly file: string;
  readonly ended: boolean;
}

const taskOf = (root: string, file: string) => ({
  file,
  url: pathToFileURL(path.join(root, file)).href,
});

type Told = Exclude<WorkerMessage, { kind: "started" }>;

/** Resolves with the file that was not finished, or undefined when all have been loaded. */
function runWorker(
  work: WorkerTasks,
  timeoutMs: number,
  onMessage: (message: Told) => void,
): Promise<Unfinished | undefined> {
  return new Promise((resolve, reject) => {
    const worker = startThread(new URL("./evaluate-worker.ts", import.meta.url), work);
    let current: string | undefined;
    let timer: NodeJS.Timeout | undefined;
    const settle = (ended: boolean) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(current === undefined ? undefined : { file: current, ended });
    };
    const watch = () => {
      clearTimeout(timer);
      // This thread may have been busy itself for all that time: what has been sent meanwhile is heard first.
      timer = setTimeout(() => {
        timer = setTimeout(() => settle(false), graceMs);
      }, timeoutMs);
    };
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "started") current = message.file;
      else {
        onMessage(message);
        current = undefined;
      }
      watch();
    });
    worker.on("error", reject);
    // A file that waits for something that never comes lets the worker end early.
    worker.on("exit", () => settle(true));
    watch();
  });
}

function problemsOf(root: string, message: Exclude<Told, { kind: "judged" }>): Problem[] {
  if (message.kind === "threw") return [threw(root, message)];
  if (message.kind === "unfit") return message.found.map((one) => unfit(message.file, one));
  return [noExport(message.file)];
}

/** `keys` are those of what is exported: a definition, whose content is under `spec`. */
function unfit(file: string, { keys, what }: Unfit): Problem {
  const own = keys[0] === "spec" ? keys.slice(1) : keys;
  const fix = what.startsWith("the function ")
    ? `call it: ${what.slice("the function ".length)}(…)`
    : "write the value itself";
  const message =
    own.length === 0
      ? `the file exports ${what}, which is no data`
      : `\`${own.join(".")}\` is ${what}, which is no data`;
  return problemAt("FILE_NOT_DATA", file, own, {
    message,
    found: what,
    expected: "text, a number, true or false, a list or a map",
    fix,
  });
}

function threw(root: string, message: Extract<WorkerMessage, { kind: "threw" }>): Problem {
  const file = message.module ?? message.file;
  const text = readFileSync(path.join(root, file), "utf8");
  const { line = 1, column = 1, length } = message;
  const place = { line, column, ...(length === undefined ? {} : { length }) };
  const syntax = explainSyntax(message.reason, text, place);
  const related =
    file === message.file ? {} : { related: [{ file: message.file, note: "imports it" }] };
  if (syntax !== undefined)
    return {
      ...syntax,
      code: "FILE_THROWS",
      severity: "error",
      message: `the file cannot be loaded: ${syntax.message}`,
      place: { file, ...syntax.place },
      ...related,
    };
  const { culprit, expected, fix } = explainFailure(message.reason, message.names);
  return {
    code: "FILE_THROWS",
    severity: "error",
    message: `the file cannot be loaded: ${message.reason}`,
    ...related,
    place: {
      file,
      ...((culprit === undefined ? undefined : placeInText(text, culprit)) ?? place),
    },
    expected,
    fix,
  };
}

/** The first place where the word stands by itself, which for an import is the line of the import. */
function placeInText(
  text: string,
  word: string,
): { line: number; column: number; length: number } | undefined {
  const start = new RegExp(`(?<![\\w$-])${RegExp.escape(word)}(?![\\w$-])`).exec(text)?.index;
  if (start === undefined) return undefined;
  const before = text.slice(0, start).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { line: before.length, column, length: word.length };
}

function noExport(file: string): Problem {
  return {
    code: "FILE_NO_EXPORT",
    severity: "error",
    message: "the file exports nothing as default",
    place: { file, line: 1, column: 1 },
    expected: exportIn(file),
    fix: "write `export default` before what the file describes",
  };
}

function hangs({ file, ended }: Unfinished, timeoutMs: number): Problem {
  return {
    code: "FILE_HANGS",
    severity: "error",
    message: ended
      ? "the file ended before it exported anything: it waits for what never comes, or ends the process"
      : `the file did not finish loading within ${timeoutMs / 1000} s`,
    place: { file, line: 1, column: 1 },
    expected: "a file that only describes",
    fix: ended ? "remove `await` and `process.exit` from it" : "remove loops and waiting from it",
  };
}
