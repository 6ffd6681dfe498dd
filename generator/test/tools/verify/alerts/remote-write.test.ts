/** Metrics of which nothing has been passed on yet are as old as this run of Prometheus, not as the year 1970. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const root = path.resolve(import.meta.dirname, "../../../../..");
const platform = ruleFiles(root).find(({ file }) => /prod\._environment\./.test(file));
const groups = platform?.groups ?? [];
const home = groups.find(({ rules }) => rules.some(({ alert }) => alert === "RemoteWriteBehind"));
const rule = home?.rules.find(({ alert }) => alert === "RemoteWriteBehind");

beforeAll(() => ensureTool("promtool"), 1_800_000);

/** In: when Prometheus was started, in seconds. Out: what is told forty minutes after the beginning. */
function told(started: number, age: string | undefined) {
  const target = `job="p", instance="1:9090"`;
  const file = `${platform?.file}.remote-write.${started}.yaml`;
  const expected = {
    exp_labels: { ...home?.labels, ...rule?.labels, remote_name: "vector" },
    exp_annotations: {
      ...rule?.annotations,
      summary: `What Prometheus passes on to vector is ${age} old.`,
    },
  };
  return testRules(file, {
    rule_files: [platform?.files.get(home?.name ?? "")],
    evaluation_interval: "1m",
    tests: [
      {
        interval: "1m",
        input_series: [
          {
            series: `prometheus_remote_storage_queue_highest_sent_timestamp_seconds{remote_name="vector", ${target}}`,
            values: "0x50",
          },
          { series: `process_start_time_seconds{${target}}`, values: `${started}x50` },
          // Another program's is no answer.
          { series: `process_start_time_seconds{job="q", instance="2:80"}`, values: "2400x50" },
        ],
        alert_rule_test: [
          {
            eval_time: "40m",
            alertname: "RemoteWriteBehind",
            exp_alerts: age === undefined ? [] : [expected],
          },
        ],
      },
    ],
  });
}

test.for([
  ["a receiver that has been away from the start on", 600, "30m 0s"],
  ["a start of a moment ago", 1800, undefined],
] as const)("%s", { timeout: 300_000 }, async ([, started, age]) => {
  const { exitCode, output } = await told(started, age);
  expect(output).not.toContain("FAILED");
  expect(exitCode).toBe(0);
});
