/**
 * Keeps two runs from building the same thing at the same time. It saves work, no more: what is
 * built gets its name by a rename, so two builders would not harm each other either.
 *
 * Why not the lock of write/: that one waits for whoever it cannot judge, such as a container that is gone, until a
 * person removes it. Here death is told by time, which is wrong for a machine that slept and costs one build too many.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 300;
const beatMs = 2_000;
/** A holder touches its lock every two seconds; one that has not for this long was killed. */
const abandonedMs = 15_000;

/**
 * Runs `work` while holding the lock of `target`, waiting for another holder first.
 * In: the path that is about to be made, what to call when it has to wait, the work. Out: what the
 * work gives. Throws what the work throws, and when the folder of the target cannot be written.
 */
export async function withLock<T>(
  target: string,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const lock = `${target}.lock`;
  const token = randomUUID();
  await mkdir(dirname(target), { recursive: true });
  await acquire(lock, token, onWait);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await release(lock, token);
  }
}

async function acquire(lock: string, token: string, onWait: () => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const failure = await writeFile(lock, token, { flag: "wx" }).catch(
      (error: NodeJS.ErrnoException) => error,
    );
    if (failure === undefined) return;
    if (failure.code !== "EEXIST") throw failure;
    if (await isAbandoned(lock)) {
      await rm(lock, { force: true });
      continue;
    }
    if (tries === 0) onWait();
    await sleep(pollMs);
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > abandonedMs;
}

/** Leaves a lock alone that somebody took over while this process slept. */
async function release(lock: string, token: string): Promise<void> {
  const holder = await readFile(lock, "utf8").catch(() => "");
  if (holder === token) await rm(lock, { force: true });
}
