/** What those who carry logs and dashboards need to know of the other environments of their cluster. */
import type { Release, Stream } from "../../model/platform.ts";
import type { WrittenFile } from "../../model/written-files.ts";
import { clusterStream, daysOfLogs, streamOf } from "../../release/monitoring/streams.ts";
import { derivedUnread } from "../../release/monitoring/unread-lines.ts";
import { writtenFact } from "../../release/pods/written-files.ts";
import { dashboardsOf } from "./dashboards.ts";

/** In: all releases of one cluster. Out: the same, each with the stream its lines go to, where something reads and carries them. */
export function informTelemetry(releases: readonly Release[]): Release[] {
  const pipeline = writerOf(releases, "log-pipeline");
  const shower = writerOf(releases, "dashboards");
  if (pipeline === undefined && shower === undefined) return [...releases];
  const streams = pipeline === undefined ? [] : streamsOf(releases, pipeline.release);
  const sent = releases.map((release): Release => {
    if (pipeline === undefined || derivedUnread(release).length > 0) return release;
    const name = streamOf(release.facts, release.service.tier);
    return { ...release, logs: { name, cause: pipeline.cause } };
  });
  const shown = shower === undefined ? undefined : dashboardsOf(sent, shower.release.facts);
  return sent.map((release, index): Release => {
    const dashboard = shown?.ofServices.get(release);
    const informed =
      dashboard === undefined || shower === undefined
        ? release
        : { ...release, dashboard: { panels: dashboard.panels, cause: shower.cause } };
    const before = releases[index];
    if (before === shower?.release && shown !== undefined)
      return { ...informed, telemetry: { streams, dashboards: shown.all } };
    return before === pipeline?.release ? { ...informed, telemetry: { streams } } : informed;
  });
}

/** Who asks for a file of what is written, and where. */
function writerOf(releases: readonly Release[], what: WrittenFile["writes"]) {
  const [writer] = releases.flatMap((release) => {
    const cause = writtenFact(release.service, what);
    return cause === undefined ? [] : [{ release, cause }];
  });
  return writer;
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
