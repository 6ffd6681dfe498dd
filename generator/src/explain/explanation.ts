/** The consequences of a service in all environments asked for, put together: the same words are told once. */
import type { Release } from "../model/platform.ts";
import type { Cause } from "../model/derived.ts";
import { concerns } from "../model/rules.ts";
import type { Concern } from "../model/rules.ts";
import type { AuthoredTree } from "../model/tree.ts";
import { asWritten } from "../overlay/written.ts";
import { consequencesOf } from "./consequences.ts";
import { exceptionsOf } from "./exceptions.ts";
import type { Exception } from "./exceptions.ts";
import type { Consequence } from "./consequence.ts";

export interface ExplainedConsequence extends Consequence {
  readonly concern: Concern;
  /** Where it holds. */
  readonly environments: readonly string[];
}

export interface Explanation {
  /** In reading order, those of one rule one after the other. */
  readonly consequences: readonly ExplainedConsequence[];
  readonly exceptions: readonly Exception[];
}

/** In: what is authored, and the releases of one service. Out: what follows from its facts in them. */
export function explain(authored: AuthoredTree, releases: readonly Release[]): Explanation {
  return { consequences: explained(authored, releases), exceptions: exceptionsOf(releases) };
}

function explained(authored: AuthoredTree, releases: readonly Release[]): ExplainedConsequence[] {
  const found = new Map<string, ExplainedConsequence>();
  for (const release of releases) {
    for (const [concern, consequences] of consequencesOf(release)) {
      for (const consequence of consequences) {
        const key = JSON.stringify([
          concern,
          consequence.rule,
          consequence.about,
          consequence.says,
        ]);
        const before = found.get(key);
        found.set(key, {
          ...consequence,
          concern,
          causes: distinct([
            ...(before?.causes ?? []),
            ...asWritten(consequence.causes, authored, release.facts.name),
          ]),
          environments: [...(before?.environments ?? []), release.facts.name],
        });
      }
    }
  }
  const all = [...found.values()];
  return concerns.flatMap((concern) =>
    [
      ...Map.groupBy(
        all.filter((one) => one.concern === concern),
        ({ rule }) => rule,
      ).values(),
    ].flat(),
  );
}

/** Each once; what is said of a file as a whole comes last, where it is of all that is named before. */
function distinct(causes: readonly Cause[]): Cause[] {
  const all = [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()];
  const isWhole = ({ path }: Cause) => path.length === 0;
  return [...all.filter((cause) => !isWhole(cause)), ...all.filter(isWhole)];
}
