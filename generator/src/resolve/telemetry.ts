/** What those who carry logs and dashboards need to know of the other environments of their cluster. */
import type { Release, Stream } from "../model/platform.ts";
import { clusterStream, daysOfLogs, streamOf } from "../release/streams.ts";
import { writtenFiles } from "../release/written-files.ts";

/** In: all releases of one cluster. Out: the same, each with the stream its lines go to, where something carries them. */
export function informTelemetry(releases: readonly Release[]): Release[] {
  const writes = new Map(releases.map((release) => [release, writtenFiles(release.service)]));
  const carrier = releases.find((release) =>
    writes.get(release)?.some((file) => file.writes === "log-pipeline"),
  );
  if (carrier === undefined) return [...releases];
  const streams = streamsOf(releases, carrier);
  return releases.map((release) => ({
    ...release,
    logs: { name: streamOf(release.facts, release.service.tier) },
    ...(writes.get(release)?.length !== 0 && { telemetry: { streams } }),
  }));
}

function streamsOf(releases: readonly Release[], carrier: Release): Stream[] {
  const ofTiers = new Map(
    releases.map(({ facts, service: { tier } }): [string, Stream] => {
      const name = streamOf(facts, tier);
      return [name, { name, days: daysOfLogs(facts, tier), of: { environment: facts.name, tier } }];
    }),
  );
  return [
    ...[...ofTiers.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    { name: clusterStream, days: daysOfLogs(carrier.facts) },
  ];
}
