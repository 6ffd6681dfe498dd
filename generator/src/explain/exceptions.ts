/** What a service loosens, with its reasons. */
import type { Release } from "../model/platform.ts";
import { reasonsIn } from "../release/exceptions.ts";

export interface Exception {
  readonly fact: string;
  readonly reason: string;
  /** Where it is said. */
  readonly environments: readonly string[];
}

/** In: the releases of one service. Out: its exceptions in the order of the file. */
export function exceptionsOf(releases: readonly Release[]): Exception[] {
  const found = releases.flatMap(({ service, facts }) =>
    Object.entries(reasonsIn(service.spec)).map(([fact, reason]) => ({
      fact,
      reason,
      environment: facts.name,
    })),
  );
  return [...Map.groupBy(found, ({ fact, reason }) => `${fact}\0${reason}`).values()].flatMap(
    ([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              fact: first.fact,
              reason: first.reason,
              environments: [first, ...others].map(({ environment }) => environment),
            },
          ],
  );
}
