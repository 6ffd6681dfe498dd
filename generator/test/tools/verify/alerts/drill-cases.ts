/** Series with which alerts on restore drills are told, and with which they are not. */
import type { CaseOf } from "./cases.ts";

const hour = 60;
const drilled = 'drilled_environment="prod", drilled_service="sonarr"';
const labels = { drilled_environment: "prod", drilled_service: "sonarr" };

const failed: CaseOf = ({ namespace }) => {
  const series = `restore_drill_passed{namespace="${namespace}", ${drilled}}`;
  const run = series.replace("passed", "last_run_timestamp_seconds");
  return {
    at: 20,
    fires: { [series]: "1x5 0x40", [run]: "0x5 300x40" },
    silent: {
      [series]: "1x60",
      [run]: "300x60",
      [series.replace(namespace, "else-where")]: "0x60",
    },
    labels: { namespace, ...labels },
    summary: "The last restore drill of sonarr in prod, 15m 0s ago, failed.",
  };
};

const overdue: CaseOf = ({ namespace, of }) => {
  const series = `restore_drill_last_success_timestamp_seconds{namespace="${namespace}", ${drilled}}`;
  const another = series.replace("sonarr", "radarr");
  const created = `kube_cronjob_created{namespace="${namespace}", cronjob="${of("cronjob")}"}`;
  const fiveDaysAgo = 35 * 24 * 3600;
  return {
    at: 40 * 24 * hour,
    every: 6 * hour,
    // Never, and there have been drills since the first moment.
    fires: { [series]: "0x200", [created]: "0x200", [another]: `${fiveDaysAgo}x200` },
    // Five days ago, or never on a cluster of five days: less than from one drill to the next, be they a week apart.
    silent: { [series]: `${fiveDaysAgo}x200`, [another]: "0x200", [created]: `${fiveDaysAgo}x200` },
    labels: { namespace, ...labels },
    summary:
      "No restore drill of sonarr in prod has passed for 40d 0h 0m 0s, counted from the first day of drills where none ever has.",
  };
};

export const drillCases = { RestoreDrillFailed: failed, RestoreDrillOverdue: overdue } as const;
