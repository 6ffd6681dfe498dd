/** Asks over HTTP with patience: the same for all who are asked. */
import { setTimeout as sleep } from "node:timers/promises";

/** Who does not answer a question by then is not there. */
const patienceMs = 10_000;
/** How often a question is put that came too often, and for how many seconds we let ourselves be told to wait. */
const attempts = 4;
const longestWait = 60;

/** Nothing answered; the message says why. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

export type Wait = (seconds: number) => Promise<unknown>;

/** In: an address, a request, how to wait where it came too often. Out: the answer, which may be a refusal. Throws NoAnswer. */
export async function answerOf(
  address: string,
  request: RequestInit,
  wait: Wait = (seconds) => sleep(seconds * 1000),
): Promise<Response> {
  for (let left = attempts; ; left -= 1) {
    const answer = await send(address, request);
    const seconds = Number(answer.headers.get("retry-after") ?? 1);
    if (answer.status !== 429 || left === 1 || !(seconds <= longestWait)) return answer;
    await answer.body?.cancel();
    await wait(seconds);
  }
}

/** fetch tells what happened in the cause of what it throws. */
async function send(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...request, signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const { cause, message } = error as Error;
    throw new NoAnswer(cause instanceof Error ? cause.message : message);
  }
}
