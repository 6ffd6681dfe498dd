/** How much of what runs is watched. */
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import { isScrapedByOurs } from "./scraping.ts";
import { ofStates } from "./metric-names.ts";
import { producedMetrics } from "./producers.ts";
import { watchesOf } from "./watch.ts";
import type { Watch, WatchedBy } from "./watch.ts";

export type Lack =
  | NonNullable<Watch["lacks"]>
  | "kube-state-metrics"
  | "collector of pods"
  | "collector of jobs";

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
    const lackOf = lacksOfStates(facts, releases);
    const components = mine.flatMap((release) =>
      watchesOf(release).map((watch): Covered => {
        return { ...watch, release, lacks: watch.lacks ?? lackOf(watch.by) };
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

/** By what is asked of kube-state-metrics: a metric without which nobody would know, and what is not there then. */
const asked: Readonly<Partial<Record<WatchedBy, readonly [string, Lack]>>> = {
  state: ["kube_pod_status_ready", "collector of pods"],
  runs: ["kube_job_status_failed", "collector of jobs"],
};

/** Whether kube-state-metrics is there and reads what is asked: of a scraper that no service of ours is, nobody can say, and it is taken for granted. */
function lacksOfStates(
  facts: EnvironmentFacts,
  releases: readonly Release[],
): (by: WatchedBy) => Lack | undefined {
  if (!isScrapedByOurs(facts, releases)) return () => undefined;
  const made = producedMetrics(facts, releases);
  return (by) => {
    const [metric, lack] = asked[by] ?? [];
    if (metric === undefined || made.has(metric)) return undefined;
    return made.has(ofStates) ? lack : "kube-state-metrics";
  };
}
