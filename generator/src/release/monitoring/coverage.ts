/** How much of what runs is watched. */
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import { isScrapedByOurs } from "./scraping.ts";
import { producersIn } from "./producers.ts";
import { watchesOf } from "./watch.ts";
import type { Watch } from "./watch.ts";

export type Lack = NonNullable<Watch["lacks"]> | "kube-state-metrics";

export interface Covered extends Omit<Watch, "lacks"> {
  readonly release: Release;
  /** What would watch it and is not there; undefined where it is watched, or has no pods. */
  readonly lacks: Lack | undefined;
}

export interface Coverage {
  readonly facts: EnvironmentFacts;
  readonly components: readonly Covered[];
  /** Of those that have pods. */
  readonly watched: number;
  /** Of those that are watched: nothing asks them whether they answer. */
  readonly byStateAlone: number;
  readonly of: number;
}

/** In: releases of all environments. Out: each environment, in their order, with every component of it. */
export function coverageOf(releases: readonly Release[]): Coverage[] {
  return [...Map.groupBy(releases, ({ facts }) => facts)].map(([facts, mine]) => {
    const knowsStates = hasStates(facts, releases);
    const components = mine.flatMap((release) =>
      watchesOf(release).map((watch): Covered => {
        const byState = watch.by === "state" || watch.by === "runs";
        const lacks = byState && !knowsStates ? "kube-state-metrics" : watch.lacks;
        return { ...watch, release, lacks };
      }),
    );
    const running = components.filter(({ by }) => by !== "stopped");
    const watched = running.filter(({ lacks }) => lacks === undefined);
    return {
      facts,
      components,
      of: running.length,
      watched: watched.length,
      byStateAlone: watched.filter(({ by }) => by === "state").length,
    };
  });
}

/** Whether kube-state-metrics is there: of a scraper that no service of ours is, nobody can say, and it is taken for granted. */
function hasStates(facts: EnvironmentFacts, releases: readonly Release[]): boolean {
  return (
    !isScrapedByOurs(facts, releases) ||
    producersIn(facts, releases).some(({ name }) => name === "kube-state-metrics")
  );
}
