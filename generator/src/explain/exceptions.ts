/** What a service loosens, with its reasons: every `because` of its file, whether a rule has acted on it or not. */
import { isTree } from "../model/data.ts";
import type { Release } from "../model/platform.ts";

export interface Exception {
  readonly fact: string;
  readonly reason: string;
  /** Where it is said. */
  readonly environments: readonly string[];
}

/** In: the releases of one service. Out: its exceptions in the order of the file. */
export function exceptionsOf(releases: readonly Release[]): Exception[] {
  const found = releases.flatMap(({ service, facts }) =>
    reasonsIn(service.spec, []).map((one) => ({ ...one, environment: facts.name })),
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

function reasonsIn(value: unknown, path: readonly string[]): { fact: string; reason: string }[] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => reasonsIn(one, [...path, String(index)]));
  if (!isTree(value)) return [];
  const { because } = value;
  return typeof because === "string"
    ? [{ fact: path.join("."), reason: because }]
    : Object.entries(value).flatMap(([key, inner]) => reasonsIn(inner, [...path, key]));
}
