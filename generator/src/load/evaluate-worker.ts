/** Runs inside the worker: imports each file and posts what it exports. See evaluate.ts. */
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

export type WorkerMessage =
  | { readonly kind: "started"; readonly file: string }
  | { readonly kind: "value"; readonly file: string; readonly value: unknown }
  | {
      readonly kind: "unfit";
      readonly file: string;
      readonly keys: readonly (string | number)[];
      readonly what: string;
    }
  | {
      readonly kind: "threw";
      readonly file: string;
      readonly reason: string;
      /** What files may import from `#rzp`: the reason may be a name that is nearly one of these. */
      readonly names: readonly string[];
      readonly line?: number;
      readonly column?: number;
    };

interface Task {
  readonly file: string;
  readonly url: string;
}

const port = parentPort;
if (port === null) throw new Error("evaluate-worker.ts runs as a worker thread only");

for (const task of workerData as readonly Task[]) {
  port.postMessage({ kind: "started", file: task.file } satisfies WorkerMessage);
  try {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a file which hangs is known
    const { default: value } = (await import(task.url)) as { default?: unknown };
    const unfit = findUnfit(value, [], []);
    port.postMessage(
      (unfit === undefined
        ? { kind: "value", file: task.file, value }
        : { kind: "unfit", file: task.file, ...unfit }) satisfies WorkerMessage,
    );
  } catch (error) {
    // oxlint-disable-next-line no-await-in-loop -- the same
    port.postMessage(threw(task, error, Object.keys(await import("#rzp"))));
  }
}

/** What is no data cannot leave this thread, and would mean nothing in a file that only describes. */
function findUnfit(
  value: unknown,
  keys: readonly (string | number)[],
  above: readonly object[],
): { keys: readonly (string | number)[]; what: string } | undefined {
  if (typeof value === "function")
    return {
      keys,
      what:
        value.name === "" || value.name === keys.at(-1)
          ? "a function"
          : `the function ${value.name}`,
    };
  if (typeof value === "symbol") return { keys, what: "a symbol" };
  if (typeof value !== "object" || value === null) return undefined;
  if (above.includes(value)) return { keys, what: "a value that contains itself" };
  if (value instanceof Promise) return { keys, what: "a promise" };
  if (
    value instanceof Map ||
    value instanceof Set ||
    value instanceof Date ||
    value instanceof RegExp
  )
    return { keys, what: `a ${value.constructor.name}` };
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnfit(
      inner,
      [...keys, Array.isArray(value) ? Number(key) : key],
      [...above, value],
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function threw(task: Task, error: unknown, names: readonly string[]): WorkerMessage {
  const reason =
    error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const position = positionOf(task, stack);
  const where = fileURLToPath(task.url);
  return {
    kind: "threw",
    file: task.file,
    names,
    // Paths of this machine say nothing to others: only what is imported, not from where.
    reason: reason
      .replace(` imported from ${where}`, "")
      .replaceAll(where.slice(0, -task.file.length), ""),
    ...position,
  };
}

/** A thrown error names `url:line:column`; a syntax error starts its stack with `path:line`. */
function positionOf(task: Task, stack: string): { line: number; column: number } | undefined {
  for (const name of [task.url, fileURLToPath(task.url)]) {
    const start = stack.indexOf(`${name}:`);
    const found = start < 0 ? null : /^:(\d+)(?::(\d+))?/.exec(stack.slice(start + name.length));
    if (found !== null) return { line: Number(found[1]), column: Number(found[2] ?? 1) };
  }
  return undefined;
}
