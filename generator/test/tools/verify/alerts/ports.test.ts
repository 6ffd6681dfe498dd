/** A pod that is read at two ports is alive while both answer, and a component while one of its pods is. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const root = path.resolve(import.meta.dirname, "../../../../..");
const immich = ruleFiles(root).find(({ file }) => /prod\.immich\./.test(file));

beforeAll(() => ensureTool("promtool"), 1_800_000);

const port = (pod: string, number: number, value: number) => ({
  series: `up{namespace="media-immich", job="server", pod="${pod}", instance="${pod}:${number}"}`,
  values: `${value}x10`,
});
const learning = {
  series: 'probe_success{namespace="media-immich", job="learning-probe"}',
  values: "1x10",
};

test.for([
  ["both ports of its only pod", [port("a", 8081, 1), port("a", 8082, 1)], 1],
  ["one port of its only pod", [port("a", 8081, 1), port("a", 8082, 0)], 0],
  [
    "one port of each of two pods",
    [port("a", 8081, 1), port("a", 8082, 0), port("b", 8081, 0), port("b", 8082, 1)],
    0,
  ],
  [
    "both ports of one of two pods",
    [port("a", 8081, 0), port("a", 8082, 0), port("b", 8081, 1), port("b", 8082, 1)],
    1,
  ],
] as const)("%s", { timeout: 60_000 }, async ([name, series, available]) => {
  const { exitCode, output } = await testRules(
    `${immich?.file}.${name.replaceAll(" ", "-")}.yaml`,
    {
      rule_files: [immich?.file],
      evaluation_interval: "1m",
      tests: [
        {
          interval: "1m",
          input_series: [...series, learning],
          promql_expr_test: [
            {
              expr: "sum(slo:service_available:ratio)",
              eval_time: "5m",
              exp_samples: [{ labels: "{}", value: available }],
            },
            {
              expr: "count(ALERTS{alertname='ServiceDown'}) or vector(0)",
              eval_time: "5m",
              exp_samples: [{ labels: "{}", value: 1 - available }],
            },
          ],
        },
      ],
    },
  );
  expect(output).not.toContain("FAILED");
  expect(exitCode).toBe(0);
});
