/** Alerts on restore drills, raised by the release that runs them. */
import type { Derived } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import { widestGap } from "../../model/cron.ts";
import { day, seconds } from "../../model/units.ts";
import { componentFact } from "../../release/causes.ts";
import { alert } from "./alert.ts";
import type { Alert } from "./alert.ts";

/** A run that is late or has to be mended is no reason to wake anybody. */
const patience = 3 * day;

/** In: a release. Out: alerts on drills that fail or do not come; none but for the release that runs them. */
export function drillAlerts(release: Release): Derived<Alert>[] {
  const { service, drill } = release;
  const [main] = service.components;
  if (drill === undefined || main?.source.kind !== "workload" || drill.plan.targets.length === 0)
    return [];
  const { runs } = main.source.spec;
  if (runs?.as !== "schedule") return [];
  const gap = widestGap(runs.cron);
  return [
    alert(release, { kind: "RestoreDrillFailed" }, "alert-on-drill", [drill.cause]),
    ...(gap === undefined
      ? []
      : [
          alert(
            release,
            {
              kind: "RestoreDrillOverdue",
              cronjob: main.objectName,
              after: gap + seconds(runs.endsWithin) + patience,
            },
            "alert-on-drill",
            [componentFact(service, main, "runs"), drill.cause],
          ),
        ]),
  ];
}
