/** Alerts on the backups of a cluster, raised by the release that makes them. */
import type { Derived } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import { firstBackupsWithin, queueTime } from "../../release/backups/times.ts";
import { clusterFact } from "../../release/causes.ts";
import { alert } from "./alert.ts";
import type { Alert } from "./alert.ts";

/** Asked only where something evaluates alerts and the service is not stopped. */
export function backupAlerts(release: Release): Derived<Alert>[] {
  const { facts, backups = [] } = release;
  const raised = (value: Alert, ...path: string[]) =>
    alert(release, value, "alert-on-backup", [clusterFact(facts, "backup", ...path)]);
  const byLocation = Map.groupBy(backups, ({ location }) => location);
  return [
    ...backups.flatMap(({ name: schedule, location, every }) => [
      raised({ kind: "BackupOverdue", schedule, after: overdue(every) }),
      raised({
        kind: "BackupMissing",
        schedule,
        location,
        within: firstBackupsWithin(byLocation.get(location) ?? []),
      }),
      raised({ kind: "BackupFailing", schedule }),
    ]),
    ...[...byLocation.keys()]
      .sort()
      .map((location) => raised({ kind: "BackupLocationDown", location }, "locations", location)),
  ];
}

/** What the queue may add at most: three quarters of an interval, an hour and a half where that is short. Then 2h are told of before 4h are lost. */
const overdue = (every: number): number => every + Math.max(0.75 * every, queueTime);
