/** Everything that follows from the facts of a service in an environment, one concern after the other. */
import type { Release } from "../model/platform.ts";
import type { Consequence } from "./consequence.ts";
import { monitoringConsequences } from "./monitoring.ts";
import { workloadConsequences } from "./workload.ts";

/** Concerns in reading order. */
const concerns = {
  Workload: workloadConsequences,
  Monitoring: monitoringConsequences,
} as const satisfies Record<string, (release: Release) => Consequence[]>;

export type Concern = keyof typeof concerns;

export const concernNames = Object.keys(concerns) as Concern[];

/** In: a release. Out: its consequences by concern, each with its causes and its rule. */
export function consequencesOf(release: Release): ReadonlyMap<Concern, readonly Consequence[]> {
  return new Map(concernNames.map((concern) => [concern, concerns[concern](release)]));
}
