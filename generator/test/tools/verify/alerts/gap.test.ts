/** While nothing was measured nothing took of a budget: a service was stopped for a while, or Prometheus was away. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const slow = { timeout: 300_000 };
const root = path.resolve(import.meta.dirname, "../../../../..");
const platform = ruleFiles(root).find(({ file }) => /prod\._environment\./.test(file));
const labels = 'environment="prod", service="sonarr", tier="media"';

beforeAll(() => ensureTool("promtool"), 1_800_000);

/** In: whether it was available, a minute each. Out: what promtool says of what must not be told at a time. */
async function judged(available: string, time: string) {
  const groups = (platform?.groups ?? [])
    .filter(({ name }) => name.startsWith("rzp-objective"))
    .map(({ name }) => [name, platform?.files.get(name)] as const);
  expect(groups).not.toEqual([]);
  return testRules(`${platform?.file}.gap.yaml`, {
    rule_files: groups.map(([, name]) => name),
    evaluation_interval: "1m",
    group_eval_order: groups.map(([name]) => name),
    tests: [
      {
        interval: "1m",
        input_series: [
          { series: `slo:service_available:ratio{${labels}}`, values: available },
          { series: `slo:objective:ratio{${labels}}`, values: "0.995x900" },
        ],
        alert_rule_test: ["ErrorBudgetBurningFast", "ErrorBudgetBurningSlowly"].map(
          (alertname) => ({ eval_time: time, alertname, exp_alerts: [] }),
        ),
      },
    ],
  });
}

test("one that was stopped and takes two minutes to start is not told of", slow, async () => {
  for (const [available, time] of [
    // Stopped for 50 minutes, for five hours and a half.
    ["1x400 stale _x49 0 0 1x10", "453m"],
    ["1x400 stale _x329 0 0 1x10", "733m"],
  ] as const) {
    const { exitCode, output } = await judged(available, time);
    expect(output).not.toContain("FAILED");
    expect(exitCode).toBe(0);
  }
});

test("one that is away for long after it was stopped is", slow, async () => {
  expect((await judged("1x400 stale _x50 0x20", "470m")).exitCode).toBe(1);
});
