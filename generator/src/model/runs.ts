/** Kinds of workload. */
import "./meta.ts";
import { z } from "zod";
import { Cron, Period, TimeZone } from "./primitives.ts";

const workloadKind = <K extends string>(kind: K) =>
  z.literal(kind).meta({ description: "Kind of workload; set by the function." });

export const Runs = z
  .union([
    z.strictObject({ as: workloadKind("deployment") }).meta({
      id: "RunsDeployment",
      written: "deployment()",
      description: "Pods that are alike (Deployment). The default.",
    }),
    z
      .strictObject({
        as: workloadKind("statefulSet"),
        parallel: z
          .literal(true)
          .optional()
          .meta({ description: "Start and stop all pods at once." }),
      })
      .meta({
        id: "RunsStatefulSet",
        written: "statefulSet({ … })",
        description: "Pods with a name and a claim each (StatefulSet).",
      }),
    z.strictObject({ as: workloadKind("daemonSet") }).meta({
      id: "RunsDaemonSet",
      written: "daemonSet()",
      description: "One pod on every node (DaemonSet).",
    }),
    z
      .strictObject({
        as: workloadKind("schedule"),
        cron: Cron.meta({ description: "When it starts: minute hour day month weekday." }),
        endsWithin: Period.meta({
          description: "A run that takes longer is stopped, and counts as failed.",
          example: "15m",
        }),
        timeZone: TimeZone.optional().meta({
          description: "Time zone of the schedule; the environment's unless said.",
        }),
        retries: z
          .int()
          .min(0)
          .optional()
          .meta({ description: "Tries after a failure; 2 unless said." }),
        overlap: z
          .enum(["forbid", "allow", "replace"])
          .optional()
          .meta({ description: "When the run before has not ended; forbid unless said." }),
      })
      .meta({ id: "RunsSchedule", description: "A job on a schedule (CronJob)." }),
    z
      .strictObject({
        as: workloadKind("job"),
        endsWithin: Period.meta({
          description: "A run that takes longer is stopped, and counts as failed.",
          example: "15m",
        }),
        retries: z
          .int()
          .min(0)
          .optional()
          .meta({ description: "Tries after a failure; 2 unless said." }),
      })
      .meta({
        id: "RunsJob",
        written: "job({ … })",
        description: "A job that runs once for each change of its pod (Job).",
      }),
    z
      .strictObject({
        as: workloadKind("postgresCluster"),
        instances: z
          .int()
          .min(1)
          .max(9)
          .meta({ description: "Instances: one primary, the others follow it." }),
        settings: z
          .record(z.string(), z.string())
          .optional()
          .meta({ description: "Parameters of postgresql.conf." }),
        preload: z
          .array(z.string())
          .optional()
          .meta({ description: "Libraries loaded at start (shared_preload_libraries)." }),
        extensions: z.array(z.string()).optional().meta({
          description: "Extensions created in every database that a consumer logs in to.",
        }),
      })
      .meta({
        id: "RunsPostgresCluster",
        written: "postgresCluster({ … })",
        description:
          "A PostgreSQL cluster (CloudNativePG); a database and a role per consumer that logs in.",
      }),
  ])
  .meta({ id: "Runs", description: "Kind of workload; a deployment unless said." });
export type Runs = z.infer<typeof Runs>;
