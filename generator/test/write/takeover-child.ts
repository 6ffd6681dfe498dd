/**
 * Takes a lock so many times and never gives it back: each time it leaves the lock of a process that does
 * not run, as one that was killed and whose number was given away would. So every turn is a takeover.
 */
import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { describeThisProcess } from "../../src/write/lock-owner.ts";
import { tryLock } from "../../src/write/lock.ts";

const [lock = "", log = "", turns = ""] = process.argv.slice(2);
const deadline = performance.now() + 20_000;
for (let turn = 0; turn < Number(turns);) {
  if (performance.now() > deadline) throw new Error("The lock is never free.");
  if ("holder" in tryLock(lock)) continue;
  appendFileSync(log, `enter ${process.pid} ${turn}\n`);
  appendFileSync(log, `leave ${process.pid} ${turn}\n`);
  writeFileSync(
    `${lock}-${process.pid}`,
    JSON.stringify({ ...describeThisProcess(), started: "1" }),
  );
  renameSync(`${lock}-${process.pid}`, lock);
  turn++;
}
