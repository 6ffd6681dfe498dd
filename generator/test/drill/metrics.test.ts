import { expect, test } from "vitest";
import { metricsText } from "../../drill/metrics.ts";
import type { DrillPlan } from "../../src/model/drill-plan.ts";
import { sonarr } from "./scenario.ts";

const plan: DrillPlan = {
  service: "restore-drill",
  namespace: "storage-restore-drill",
  velero: { namespace: "storage-velero", modifiers: "restore-drill" },
  checker: {
    image: "node",
    configMap: "restore-drill-files",
    key: "app.drill.mjs",
    priority: "tier-storage",
  },
  targets: [sonarr, { ...sonarr, service: "radarr" }],
};
const failed = {
  environment: "prod",
  service: "sonarr",
  run: "restore-drill-1",
  at: 1_700_000_000,
  passed: false,
  passedAt: 1_600_000_000,
  message: "",
  seconds: 42,
};

test("a service that failed, and one that was never tried, which is overdue", () => {
  const text = metricsText(plan, { "prod.sonarr": failed });
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines).toEqual([
    'restore_drill_passed{drilled_environment="prod",drilled_service="sonarr"} 0',
    'restore_drill_last_run_timestamp_seconds{drilled_environment="prod",drilled_service="sonarr"} 1700000000',
    'restore_drill_last_run_timestamp_seconds{drilled_environment="prod",drilled_service="radarr"} 0',
    'restore_drill_last_success_timestamp_seconds{drilled_environment="prod",drilled_service="sonarr"} 1600000000',
    'restore_drill_last_success_timestamp_seconds{drilled_environment="prod",drilled_service="radarr"} 0',
    'restore_drill_duration_seconds{drilled_environment="prod",drilled_service="sonarr"} 42',
  ]);
});

test("a service that is in the plan no longer has no line", () => {
  expect(metricsText({ ...plan, targets: [] }, { "prod.sonarr": failed })).not.toContain("sonarr");
});
