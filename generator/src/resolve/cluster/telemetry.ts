/** What those who carry logs and dashboards need to know of the other environments of their cluster. */
import type { Release, Stream } from "../../model/platform.ts";
import type { WrittenFile } from "../../model/written-files.ts";
import { clusterStream, daysOfLogs, streamOf } from "../../release/monitoring/streams.ts";
import { derivedUnread } from "../../release/monitoring/unread-lines.ts";
import { writtenFiles } from "../../release/pods/written-files.ts";
import { dashboardsOf } from "./dashboards.ts";

/** In: all releases of one cluster. Out: the same, each with the stream its lines go to, where something reads and carries them. */
export function informTelemetry(releases: readonly Release[]): Release[] {
  const writes = new Map(releases.map((release) => [release, writtenFiles(release.service)]));
  const writer = (what: WrittenFile["writes"]) =>
    releases.find((release) => writes.get(release)?.some((file) => file.writes === what));
  const pipeline = writer("log-pipeline");
  const shower = writer("dashboards");
  if (pipeline === undefined && shower === undefined) return [...releases];
  const streams = pipeline === undefined ? [] : streamsOf(releases, pipeline);
  const sent = releases.map((release) =>
    pipeline === undefined || derivedUnread(release).length > 0
      ? release
      : { ...release, logs: { name: streamOf(release.facts, release.service.tier) } },
  );
  const shown = shower === undefined ? undefined : dashboardsOf(sent, shower.facts);
  return sent.map((release, index): Release => {
    const dashboard = shown?.ofServices.get(release)?.panels;
    const informed = { ...release, ...(dashboard !== undefined && { dashboard }) };
    const before = releases[index];
    if (before === shower && shown !== undefined)
      return { ...informed, telemetry: { streams, dashboards: shown.all } };
    return before === pipeline ? { ...informed, telemetry: { streams } } : informed;
  });
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
