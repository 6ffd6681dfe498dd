/**
 * Renders one state into a repository the way a command does, to be killed or hindered by a test.
 * Prints `go` before the first write, how long it wrote and in how many calls, and the problems as JSON in the last line; exits with
 * 1 when one is an error.
 * RZP_AWAIT_GO makes it wait for two bytes then. RZP_KILL_AT=n kills the process in its n-th call that changes the file system, a write half way through.
 */
import fs, { readSync, writeSync } from "node:fs";
import { killInCall } from "./kill-in-call.ts";

const [root = "", state = "", size = ""] = process.argv.slice(2);
const calls = killInCall(root, Number(process.env["RZP_KILL_AT"] ?? 0));
process.exitCode = await renderInto(root, state, Number(size));

async function renderInto(
  repository: string,
  wantedState: string,
  services: number,
): Promise<number> {
  // Imported here, so that the calls are watched by then.
  const { renderOnce } = await import("./render-once.ts");
  let start = 0;
  const waitMs = Number(process.env["RZP_WAIT_MS"] ?? 0);
  const problems = await renderOnce({
    root: repository,
    state: wantedState,
    size: services,
    waitMs,
    beforeWriting: () => {
      log(`enter ${process.pid} ${wantedState}`, "go");
      if (process.env["RZP_AWAIT_GO"] !== undefined) readSync(0, Buffer.alloc(2));
      start = performance.now();
    },
    afterWriting: () => {
      log(
        `leave ${process.pid} ${wantedState}`,
        `wrote ${performance.now() - start} ms in ${calls()} calls`,
      );
    },
  });
  writeSync(1, JSON.stringify(problems));
  return problems.some((problem) => problem.severity === "error") ? 1 : 0;
}

/** One line in the log that several children share, if there is one, and one on standard output. */
function log(line: string, output: string): void {
  const shared = process.env["RZP_LOG"];
  if (shared !== undefined) fs.appendFileSync(shared, `${line}\n`);
  writeSync(1, `${output}\n`);
}
