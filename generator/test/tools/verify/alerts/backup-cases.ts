/** Series with which alerts on backups are told, and with which they are not. */
import type { CaseOf } from "./cases.ts";

const hour = 60;

const overdue: CaseOf = ({ namespace, of, alive }) => {
  const [first = ""] = alive;
  return {
    at: 60 * hour,
    every: hour,
    // Made at the beginning, and never again.
    fires: { [first]: "0x70" },
    silent: { [first]: "0+3600x70" },
    labels: { namespace, schedule: of("schedule") },
    summary: `Schedule ${of("schedule")} has made no backup for 2d 12h 0m 0s.`,
  };
};

const missing: CaseOf = ({ namespace, of, alive, held }) => ({
  // The first location is told of after its own time, and a slower one is not.
  at: (held + 1) * hour,
  every: hour,
  // What was begun is said.
  fires: {
    unrelated: "1x99",
    ...Object.fromEntries(alive.slice(1).map((one) => [one, "2x99"])),
  },
  silent: Object.fromEntries(alive.map((one) => [one, "1x99"])),
  labels: { namespace, schedule: of("schedule") },
  summary: `Schedule ${of("schedule")} has never made a backup; begun since Velero was started: 2.`,
});

const failing: CaseOf = ({ namespace, of }) => {
  const schedule = of("schedule");
  const whole = `velero_backup_failure_total{namespace="${namespace}", schedule="${schedule}"}`;
  const part = whole.replace("_failure_", "_partial_failure_");
  const notValid = whole.replace("_failure_", "_validation_failure_");
  const another = (series: string) => series.replace(schedule, "another");
  return {
    at: 30,
    fires: { [whole]: "0x40", [part]: "0x10 1x30", [notValid]: "0x10 1x30" },
    // Failures of long ago, and of another schedule.
    silent: {
      [whole]: "3x40",
      [part]: "2x40",
      [notValid]: "1x40",
      [another(whole)]: "0x10 1x30",
      [another(part)]: "0x40",
      [another(notValid)]: "0x10 1x30",
    },
    labels: { namespace, schedule },
    summary: `Backups of ${schedule} that failed in six hours, all or part: 2.`,
  };
};

const locationDown: CaseOf = ({ namespace, of }) => {
  const location = of("backup_location_name");
  const series = `velero_backup_location_status_gauge{namespace="${namespace}", backup_location_name="${location}"}`;
  return {
    at: 40,
    fires: { [series]: "1x5 0x40" },
    // Away for ten minutes.
    silent: { [series]: "1x10 0x9 1x30" },
    labels: { namespace, backup_location_name: location },
    summary: `Velero cannot use the location ${location}, and could not for 35m 0s of the last day.`,
  };
};

export const backupCases = {
  BackupOverdue: overdue,
  BackupMissing: missing,
  BackupFailing: failing,
  BackupLocationDown: locationDown,
} as const;
