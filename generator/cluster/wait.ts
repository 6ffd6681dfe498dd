/** Waiting for what takes a moment. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Patience {
  /** What is waited for, as it ends the sentence "waited 30 s for …". */
  readonly for: string;
  readonly seconds: number;
  /** Milliseconds between two questions. */
  readonly every?: number;
  /** Why it is of no use to wait any longer; undefined while it is. */
  readonly hopeless?: () => string | undefined;
  /** Where it stands, for the message when time is up. */
  readonly standing?: () => string;
}

/** Asks until the answer is not undefined or false. Errors of a question count as "not yet". Throws when time is up. */
export async function waitFor<T>(
  ask: () => T | Promise<T>,
  { for: what, seconds, every = 100, hopeless, standing }: Patience,
): Promise<Exclude<T, undefined | false>> {
  const deadline = Date.now() + seconds * 1_000;
  let last: unknown;
  for (;;) {
    const reason = hopeless?.();
    if (reason !== undefined) throw new Error(`${what}: ${reason}`);
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      const details = [standing?.(), last instanceof Error ? last.message : undefined];
      throw new Error(
        [`waited ${seconds} s for ${what}`, ...details.filter((text) => text !== undefined)].join(
          "\n",
        ),
      );
    }
    await sleep(every);
  }
}
