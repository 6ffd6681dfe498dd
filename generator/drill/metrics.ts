/** Results as Prometheus reads them, whose own label `service` is another one. A service of the plan that was never tried has a line too: it is overdue. */
import type { DrillPlan } from "../src/model/drill-plan.ts";
import { keyOf } from "./results.ts";
import type { Result, Results } from "./results.ts";

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly value: (result: Result | undefined) => number | undefined;
}

const metrics: readonly Metric[] = [
  {
    name: "restore_drill_passed",
    help: "Whether the last drill of the service passed.",
    value: (result) => (result === undefined ? undefined : Number(result.passed)),
  },
  {
    name: "restore_drill_last_run_timestamp_seconds",
    help: "When the service was tried last, 0 if never.",
    value: (result) => result?.at ?? 0,
  },
  {
    name: "restore_drill_last_success_timestamp_seconds",
    help: "When a drill of the service passed last, 0 if never.",
    value: (result) => result?.passedAt ?? 0,
  },
  {
    name: "restore_drill_duration_seconds",
    help: "How long the last drill of the service took.",
    value: (result) => result?.seconds,
  },
  {
    name: "restore_drill_backup_age_seconds",
    help: "How old the data was that the last drill that passed restored.",
    value: (result) => result?.backupAge,
  },
];

export function metricsText({ targets }: DrillPlan, results: Results): string {
  return metrics
    .map(({ name, help, value }) => {
      const lines = targets.flatMap((target) => {
        const number = value(results[keyOf(target)]);
        const labels = `drilled_environment="${target.environment}",drilled_service="${target.service}"`;
        return number === undefined ? [] : [`${name}{${labels}} ${number}\n`];
      });
      return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
    })
    .join("");
}
