/** Kinds of workload, for `runs`. */
import { fields } from "./fields.ts";
import type {
  RunsDaemonSet,
  RunsDeployment,
  RunsJob,
  RunsJobOptions,
  RunsPostgresCluster,
  RunsPostgresClusterOptions,
  RunsSchedule,
  RunsScheduleOptions,
  RunsStatefulSet,
  RunsStatefulSetOptions,
} from "./types.generated.ts";

/** Pods that are alike. What a service runs as unless it says something else. */
export function deployment(): RunsDeployment {
  return { as: "deployment" };
}

/** Pods with a name and a claim each. */
export function statefulSet(options: RunsStatefulSetOptions = {}): RunsStatefulSet {
  return { as: "statefulSet", ...fields("statefulSet", options) };
}

/** One pod on every node. */
export function daemonSet(): RunsDaemonSet {
  return { as: "daemonSet" };
}

/** A job on a schedule: `schedule("0 4 * * *", { endsWithin: "15m" })`. */
export function schedule(cron: string, options: RunsScheduleOptions): RunsSchedule {
  return { as: "schedule", cron, ...fields("schedule", options) };
}

/** A job that runs once for each change of its pod. */
export function job(options: RunsJobOptions): RunsJob {
  return { as: "job", ...fields("job", options) };
}

/** A PostgreSQL cluster (CloudNativePG); a database and a role per consumer that logs in. */
export function postgresCluster(options: RunsPostgresClusterOptions): RunsPostgresCluster {
  return { as: "postgresCluster", ...fields("postgresCluster", options) };
}
