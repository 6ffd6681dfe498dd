/**
 * Loaded before a command (`node --import`): kills it in call RZP_KILL_AT that changes files of RZP_KILL_ROOT, or when
 * it exits, if that is one call more than it makes. RZP_KILL_COUNT is a file that takes how many there are.
 */
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { killInCall } from "./kill-in-call.ts";

const { RZP_KILL_ROOT: root, RZP_KILL_AT: at = "0", RZP_KILL_COUNT: count } = process.env;
// Authored files are run in threads, which write nothing there.
if (root !== undefined && isMainThread) {
  const calls = killInCall(root, Number(at));
  process.on("exit", () => {
    if (count !== undefined) writeFileSync(count, String(calls()));
    if (calls() + 1 === Number(at)) process.kill(process.pid, "SIGKILL");
  });
}
