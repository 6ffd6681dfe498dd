/** Everything that follows from the facts of a service in an environment, one concern after the other. */
import type { Release } from "../model/platform.ts";
import type { Consequence } from "./consequence.ts";
import { monitoringConsequences } from "./monitoring.ts";
import { networkConsequences } from "./network.ts";

/** In: a release. Out: its consequences in reading order, each with its causes and its rule. */
export function consequencesOf(release: Release): Consequence[] {
  return [...networkConsequences(release), ...monitoringConsequences(release)];
}
