/** Where lines of a service's pods go, and for how long they are kept. */
import type { Derived } from "../../model/derived.ts";
import type { EnvironmentFacts, Release, Stream } from "../../model/platform.ts";
import { bytes, seconds } from "../../model/units.ts";
import { leastDiskBufferBytes, telemetryDefaults } from "../../model/telemetry-limits.ts";
import { environmentFact, serviceFact } from "../causes.ts";

/** Lines of pods outside RZP: of the cluster itself. */
export const clusterStream = "cluster";

/** A tier is one word, so this can be read back. */
export const streamOf = ({ environment: { prefix } }: EnvironmentFacts, tier: string): string =>
  prefix === undefined ? tier : `${prefix}_${tier}`;

/** How many days lines of a tier are kept; without a tier, those of pods that are in none. */
export const daysOfLogs = ({ environment: { telemetry } }: EnvironmentFacts, tier = ""): number =>
  telemetry?.tiers?.[tier] ?? telemetry?.logs ?? telemetryDefaults.logs;

export const daysOfMetrics = ({ environment: { telemetry } }: EnvironmentFacts): number =>
  telemetry?.metrics ?? telemetryDefaults.metrics;

const outageSeconds = ({ environment: { telemetry } }: EnvironmentFacts): number =>
  seconds(telemetry?.outage ?? telemetryDefaults.outage);

/** What the busiest node writes, on average over an outage; a guess that is said in docs/guide-logs.md. */
const bytesPerSecond = bytes("20Ki");

/** What is not sent yet waits on the node for the whole outage. */
export const bufferBytes = (facts: EnvironmentFacts): number =>
  Math.max(leastDiskBufferBytes, outageSeconds(facts) * bytesPerSecond);

/**
 * OpenObserve refuses records that are older. What waited for the whole outage still has to be sent, behind all that
 * came after it: twice the outage.
 */
export const windowHours = (facts: EnvironmentFacts): number =>
  Math.max(5, Math.ceil((2 * outageSeconds(facts)) / 3600));

/** Where lines of a service go; nowhere on a cluster whose logs nobody carries. */
export function derivedStream(release: Release): Derived<Pick<Stream, "name" | "days">>[] {
  const { facts, service, logs } = release;
  if (logs === undefined) return [];
  return [
    {
      value: { name: logs.name, days: daysOfLogs(facts, service.tier) },
      rule: "stream-of-tier",
      causes: [serviceFact(service, "tier"), environmentFact(facts, "telemetry"), logs.cause],
    },
  ];
}
