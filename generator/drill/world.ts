/** What surrounds the program: the API server, time, and whether it was asked to stop. */
import type { ApiServer } from "./api.ts";
import { DrillFailure } from "./failure.ts";
import type { Reason } from "./failure.ts";

export interface World {
  readonly server: ApiServer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly stopped: () => boolean;
  readonly say: (line: Readonly<Record<string, unknown>>) => void;
  /** Status of an HTTP address, undefined where nobody answers. */
  readonly ask: (url: string) => Promise<number | undefined>;
}

/** How often it asks whether something has happened. */
const pause = 2000;

export interface Wait {
  readonly until: number;
  readonly reason: Reason;
  /** Told with what was seen last. */
  readonly what: string;
}

/** Asks until there is an answer that is not a text; the text is what is missing still. */
export async function waitFor<T extends object>(
  world: World,
  { until, reason, what }: Wait,
  question: () => Promise<T | string>,
): Promise<T> {
  for (;;) {
    const answer = await question();
    if (typeof answer !== "string") return answer;
    if (world.stopped()) throw new DrillFailure("Interrupted", `asked to stop while ${what}`);
    if (world.now() >= until) throw new DrillFailure(reason, `${what}: ${answer}`);
    await world.server.sleep(pause);
  }
}
