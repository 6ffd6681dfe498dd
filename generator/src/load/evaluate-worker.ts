/** Runs inside the worker: imports each file and posts what it exports. See evaluate.ts. */
import type { Keys } from "../model/reading.ts";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { isSpecial } from "../cache/on-disk.ts";
import type { ThreadData } from "../thread.ts";

export type WorkerMessage =
  | { readonly kind: "started"; readonly file: string }
  | { readonly kind: "value"; readonly file: string; readonly value: unknown }
  | { readonly kind: "judged"; readonly file: string; readonly data: unknown }
  | { readonly kind: "unfit"; readonly file: string; readonly found: readonly Unfit[] }
  | {
      readonly kind: "threw";
      readonly file: string;
      readonly reason: string;
      /** What files may import from `#rzp`: the reason may be a name that is nearly one of these. */
      readonly names: readonly string[];
      readonly line?: number;
      readonly column?: number;
      readonly length?: number;
      /** The module with the mistake, from the root, where the file only imports it. */
      readonly module?: string;
    };

/** A value that is no data, and where it is in what is exported. */
export interface Unfit {
  readonly keys: Keys;
  readonly what: string;
}

export interface WorkerTasks {
  readonly tasks: readonly Task[];
  /** Whether what is exported is judged here too. */
  readonly judges: boolean;
}

interface Task {
  readonly file: string;
  readonly url: string;
}

/** After the address of a file that is loaded as JavaScript. */
const asJavaScript = "?as-javascript";

registerHooks({
  load: (url, context, next) => {
    // Not even its end stops a thread that waits for a pipe.
    if (url.startsWith("file:") && isSpecial("/", fileURLToPath(url)))
      throw new Error(`${fileURLToPath(url)} is a pipe, a socket or a device`);
    return next(url, url.endsWith(asJavaScript) ? { ...context, format: "module" } : context);
  },
});

// What is kept of a file holds for its text, so it sees nothing that differs from one call to the next. They are this thread's own copies.
for (const name of Object.keys(process.env)) delete process.env[name];

const port = parentPort;
if (port === null) throw new Error("evaluate-worker.ts runs as a worker thread only");

// One after the other, so that a file which hangs is known.
const { tasks, judges } = (workerData as ThreadData<WorkerTasks>).data;
for (const task of tasks) {
  port.postMessage({ kind: "started", file: task.file } satisfies WorkerMessage);
  let exported: unknown;
  try {
    const { default: value } = (await quickly(task.url)) ?? ((await import(task.url)) as Module);
    const found = findUnfit(value, [], []);
    const isFit = found.length === 0;
    port.postMessage(
      (isFit
        ? { kind: "value", file: task.file, value }
        : { kind: "unfit", file: task.file, found }) satisfies WorkerMessage,
    );
    exported = isFit ? value : undefined;
  } catch (error) {
    port.postMessage(threw(task, error, Object.keys(await import("#rzp"))));
  }
  const judged = judges && (await (await import("./judge-value.ts")).judgeExported(exported));
  if (judged)
    port.postMessage({ kind: "judged", file: task.file, ...judged } satisfies WorkerMessage);
}

interface Module {
  readonly default?: unknown;
}

/**
 * Most authored files have no types, and the compiler that takes types away needs a tenth of a second to start. What is
 * JavaScript means the same without it, but for one thing: `f<T>(x)` compares there.
 */
async function quickly(url: string): Promise<Module | undefined> {
  try {
    if (readFileSync(new URL(url), "utf8").includes("<")) return undefined;
    return (await import(url + asJavaScript)) as Module;
  } catch {
    // Loaded as it is, it says what is wrong.
    return undefined;
  }
}

/** What is no data cannot leave this thread, and would mean nothing in a file that only describes. */
function findUnfit(value: unknown, keys: Keys, above: readonly object[]): Unfit[] {
  const what = unfitWords(value, keys.at(-1), above);
  if (what !== undefined) return [{ keys, what }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    findUnfit(inner, [...keys, Array.isArray(value) ? Number(key) : key], [...above, value]),
  );
}

/** What a value is that is no data, whatever it holds; undefined for any other. */
function unfitWords(
  value: unknown,
  key: string | number | undefined,
  above: readonly object[],
): string | undefined {
  if (typeof value === "function")
    return value.name === "" || value.name === key ? "a function" : `the function ${value.name}`;
  if (typeof value === "symbol") return "a symbol";
  if (typeof value !== "object" || value === null) return undefined;
  if (above.includes(value)) return "a value that contains itself";
  if (value instanceof Promise) return "a promise";
  return [Map, Set, Date, RegExp].some((kind) => value instanceof kind)
    ? `a ${value.constructor.name}`
    : undefined;
}

function threw(task: Task, error: unknown, names: readonly string[]): WorkerMessage {
  const reason =
    error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const position = positionOf(task, stack);
  const where = fileURLToPath(task.url);
  const root = where.slice(0, -task.file.length);
  const module = position === undefined ? moduleIn(root, stack) : undefined;
  return {
    kind: "threw",
    file: task.file,
    names,
    // Paths of this machine say nothing to others: only what is imported, not from where.
    reason: reason.replace(` imported from ${where}`, "").replaceAll(root, ""),
    ...(module === undefined
      ? position
      : { module, ...positionOf({ file: module, url: pathToFileURL(root + module).href }, stack) }),
  };
}

/** The stack of a syntax error begins with the file that has it. */
function moduleIn(root: string, stack: string): string | undefined {
  const url = /^(file:\S+):\d+$/.exec(stack.split("\n")[0] ?? "")?.[1];
  const file = url === undefined ? undefined : fileURLToPath(url);
  return file?.startsWith(root) === true ? file.slice(root.length) : undefined;
}

/** A thrown error names `url:line:column`; a syntax error starts its stack with `path:line`, the line, and carets below it. */
function positionOf(
  task: Task,
  stack: string,
): { line: number; column: number; length?: number } | undefined {
  for (const name of [task.url, fileURLToPath(task.url)]) {
    const start = stack.indexOf(`${name}:`);
    const found = start < 0 ? null : /^:(\d+)(?::(\d+))?/.exec(stack.slice(start + name.length));
    if (found === null) continue;
    const line = Number(found[1]);
    if (found[2] !== undefined) return { line, column: Number(found[2]) };
    const [, space = "", carets] = /^([ \t]*)(\^+)$/m.exec(stack) ?? [];
    return { line, column: space.length + 1, ...(carets && { length: carets.length }) };
  }
  return undefined;
}
