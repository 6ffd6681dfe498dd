/** Alerts about Applications of Argo CD have the labels by which the other alerts of their service are routed. */
import path from "node:path";
import { writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { applicationsTogether } from "./application-cases.ts";
import { ruleFiles, runTool } from "./rendered.ts";

const root = path.resolve(import.meta.dirname, "../../../../..");
const platform = ruleFiles(root).find(({ file }) => /prod\._environment\./.test(file));

beforeAll(() => ensureTool("promtool"), 1_800_000);

test.for(Object.entries(applicationsTogether))(
  "%s",
  { timeout: 120_000 },
  async ([, { alert, series, told }], { task }) => {
    const rule = platform?.groups.flatMap(({ rules }) => rules).find((one) => one.alert === alert);
    const groups = ["rzp-services", "rzp-application-alerts"];
    const file = `${platform?.file}.${task.id}.test.yaml`;
    const summary = (service: string, environment: string, count: number) =>
      rule?.annotations?.["summary"]
        ?.replace("{{ $value }}", `${count}`)
        .replace("{{ $labels.service }}", service)
        .replace("{{ $labels.environment }}", environment);
    const count = (labels: (typeof told)[number]) =>
      labels.service === "environment" && alert === "ApplicationUnknown" ? 11 : 1;
    const expected = told.map((labels) => ({
      exp_labels: { ...labels, ...rule?.labels },
      exp_annotations: {
        ...rule?.annotations,
        summary: summary(labels.service, labels.environment, count(labels)),
      },
    }));
    const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
    const judged = {
      rule_files: groups.map((group) => platform?.files.get(group)),
      evaluation_interval: "1m",
      group_eval_order: groups,
      tests: [
        {
          interval: "1m",
          input_series: input,
          alert_rule_test: [{ eval_time: "20m", alertname: alert, exp_alerts: expected }],
        },
      ],
    };
    writeFileSync(file, JSON.stringify(judged));
    const { exitCode, output } = await runTool("promtool", ["test", "rules", file]);
    expect(output).not.toContain("FAILED");
    expect(exitCode).toBe(0);
  },
);
