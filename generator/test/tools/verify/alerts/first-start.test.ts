/** A service that starts for the first time has no long past: nothing is told of its objective, and its budget is whole. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const root = path.resolve(import.meta.dirname, "../../../../..");
const files = ruleFiles(root);
const platform = files.find(({ file }) => /prod\._environment\./.test(file));
const service = files.find(({ file }) => /prod\.sonarr\./.test(file));

beforeAll(() => ensureTool("promtool"), 1_800_000);

const alive = () => {
  const rules = service?.groups.flatMap((group) => group.rules) ?? [];
  const available = rules.find(({ record }) => record === "slo:service_available:ratio");
  return /\w+\{[^}]+\}/.exec(available?.expr ?? "")?.[0].replaceAll("'", '"') ?? "";
};
const alerts = ["ErrorBudgetBurningFast", "ErrorBudgetBurningSlowly", "ErrorBudgetSpent"];
const silent = (time: string) =>
  alerts.map((alertname) => ({ eval_time: time, alertname, exp_alerts: [] }));

/** In: values, a minute each. Out: what promtool says of what must not be told at these times. */
async function judged(values: string, times: readonly string[], more: object = {}) {
  const groups = [
    ...(service?.groups ?? []).map(({ name }) => [name, service?.files.get(name)] as const),
    ...(platform?.groups ?? [])
      .filter(({ name }) => name.startsWith("rzp-objective"))
      .map(({ name }) => [name, platform?.files.get(name)] as const),
  ];
  const file = `${service?.file}.first-start.yaml`;
  return testRules(file, {
    rule_files: groups.map(([, name]) => name),
    evaluation_interval: "1m",
    group_eval_order: groups.map(([name]) => name),
    tests: [
      {
        interval: "1m",
        input_series: [{ series: alive(), values }],
        alert_rule_test: times.flatMap(silent),
        ...more,
      },
    ],
  });
}

test(
  "one that takes half an hour to start is not told of, nor later",
  { timeout: 300_000 },
  async () => {
    expect(alive()).not.toBe("");
    const { exitCode, output } = await judged("0x29 1x400", [
      "5m",
      "29m",
      "40m",
      "65m",
      "95m",
      "375m",
    ]);
    expect(output).not.toContain("FAILED");
    expect(exitCode).toBe(0);
  },
);

test("one that was there for an hour and goes away is", { timeout: 300_000 }, async () => {
  expect((await judged("1x70 0x30", ["95m"])).exitCode).toBe(1);
});

test("what it was away is what its budget of 30 days has lost", { timeout: 300_000 }, async () => {
  const budget = {
    promql_expr_test: [
      {
        expr: "round(slo:sli_error:ratio_rate30d * 43200, 1)",
        eval_time: "60m",
        exp_samples: [
          { labels: '{environment="prod", service="sonarr", tier="media"}', value: 30 },
        ],
      },
    ],
  };
  const { exitCode, output } = await judged("0x29 1x100", [], budget);
  expect(output).not.toContain("FAILED");
  expect(exitCode).toBe(0);
});
