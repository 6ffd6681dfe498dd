/** A schedule that was suspended, as those of a stopped service are, is told of once it should have succeeded after that. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const slow = { timeout: 300_000 };
const root = path.resolve(import.meta.dirname, "../../../../..");
const files = ruleFiles(root);
const platform = files.find(({ file }) => /prod\._environment\./.test(file));
// It runs once a day.
const service = files.find(({ file }) => /prod\.recyclarr\./.test(file));

beforeAll(() => ensureTool("promtool"), 1_800_000);

/** In: whether it is suspended, an hour each from the fifth day after its last success on. Out: whether it is told of after so many hours. */
async function isTold(suspended: string, hours: number): Promise<boolean> {
  const groups = [platform, service].flatMap((file) =>
    (file?.groups ?? [])
      .filter(({ name }) => /^(rzp-services|media-recyclarr)$/.test(name))
      .map(({ name }) => [name, file?.files.get(name)] as const),
  );
  expect(groups).toHaveLength(2);
  const which = (instance: string) =>
    `{namespace="media-recyclarr", cronjob="recyclarr", instance="${instance}"}`;
  const { exitCode, output } = await testRules(`${service?.file}.resumed.yaml`, {
    rule_files: groups.map(([, name]) => name),
    evaluation_interval: "1h",
    group_eval_order: groups.map(([name]) => name),
    tests: [
      {
        interval: "1h",
        input_series: [
          { series: `kube_cronjob_created${which("a")}`, values: "0x24 stale" },
          { series: `kube_cronjob_created${which("b")}`, values: "_x24 0x400" },
          {
            series: `kube_cronjob_status_last_successful_time${which("b")}`,
            values: "_x24 0x400",
          },
          // kube-state-metrics was made anew after a day.
          { series: `kube_cronjob_spec_suspend${which("a")}`, values: "1x24 stale" },
          { series: `kube_cronjob_spec_suspend${which("b")}`, values: `_x24 ${suspended}` },
        ],
        alert_rule_test: [{ eval_time: `${hours}h`, alertname: "JobOverdue", exp_alerts: [] }],
      },
    ],
  });
  expect(output).not.toContain("error");
  return exitCode !== 0;
}

test("while it is suspended by hand it is", slow, async () => {
  expect(await isTold("1x300", 40)).toBe(true);
});

test("while its next run is still to come it is not", slow, async () => {
  expect(await isTold("1x75 0x300", 110)).toBe(false);
});

test("when that has not succeeded either it is", slow, async () => {
  expect(await isTold("1x75 0x300", 140)).toBe(true);
});
