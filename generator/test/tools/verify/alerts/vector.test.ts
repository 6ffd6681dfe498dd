/** A sink whose buffer is full: nothing comes in any more, and it is told of all the same. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const root = path.resolve(import.meta.dirname, "../../../../..");
const platform = ruleFiles(root).find(({ file }) => /prod\._environment\./.test(file));
const home = platform?.groups.find(({ rules }) =>
  rules.some(({ alert }) => alert === "VectorNotDelivering"),
);
const rule = home?.rules.find(({ alert }) => alert === "VectorNotDelivering");

beforeAll(() => ensureTool("promtool"), 1_800_000);

/** In: values of what the sink delivers and how busy it is, a minute each; how many events came, if it is told of. */
function told(name: string, sent: string, busy: string, events?: number) {
  const sink = `component_id="store", component_kind="sink", pod="p-0"`;
  const file = `${platform?.file}.vector.${name}.yaml`;
  const expected = {
    exp_labels: { ...home?.labels, ...rule?.labels, component_id: "store", pod: "p-0" },
    exp_annotations: {
      ...rule?.annotations,
      summary: `Vector on p-0 delivers nothing at store; events that came in ten minutes: ${events}.`,
    },
  };
  return testRules(file, {
    rule_files: [platform?.files.get(home?.name ?? "")],
    evaluation_interval: "1m",
    tests: [
      {
        interval: "1m",
        input_series: [
          // Idle counters of a buffer are forgotten after five minutes.
          { series: `vector_buffer_received_events_total{${sink}}`, values: "0+6x20 120x5" },
          { series: `vector_component_sent_events_total{${sink}}`, values: sent },
          { series: `vector_utilization{${sink}}`, values: busy },
        ],
        alert_rule_test: [
          {
            eval_time: "90m",
            alertname: "VectorNotDelivering",
            exp_alerts: events === undefined ? [] : [expected],
          },
        ],
      },
    ],
  });
}

test.for([
  ["full", "0+6x10 60x90", "0.3x10 1x90", 0],
  ["idle", "0+6x20 120x80", "0.3x20 0x80", undefined],
  ["catching-up", "0+6x10 60x70 60+6x20", "0.3x10 1x90", undefined],
] as const)("a sink that is %s", { timeout: 300_000 }, async ([name, sent, busy, events]) => {
  const { exitCode, output } = await told(name, sent, busy, events);
  expect(output).not.toContain("FAILED");
  expect(exitCode).toBe(0);
});
