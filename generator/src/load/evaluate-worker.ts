/** Runs inside the worker: imports each file and posts what it exports. See evaluate.ts. */
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

export type WorkerMessage =
  | { readonly kind: "started"; readonly file: string }
  | { readonly kind: "value"; readonly file: string; readonly value: unknown }
  | { readonly kind: "threw"; readonly file: string; readonly reason: string; readonly line?: number; readonly column?: number };

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
    const module = (await import(task.url)) as { default?: unknown };
    port.postMessage({ kind: "value", file: task.file, value: module.default } satisfies WorkerMessage);
  } catch (error) {
    port.postMessage(threw(task, error));
  }
}

function threw(task: Task, error: unknown): WorkerMessage {
  const reason = error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const position = positionOf(task, stack);
  return {
    kind: "threw",
    file: task.file,
    reason,
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
