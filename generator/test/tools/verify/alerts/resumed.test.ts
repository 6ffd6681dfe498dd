/** A schedule that was suspended, as those of a stopped service are, is told of once it should have succeeded after that. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { seconds } from "../../../../src/model/units.ts";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { createRepository } from "../../../support/repository.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const slow = { timeout: 300_000 };
const root = path.resolve(import.meta.dirname, "../../../../..");
// It runs once a day.
const daily = rulesIn(root);

function rulesIn(folder: string) {
  const files = ruleFiles(folder);
  const fileOf = (pattern: RegExp) => files.find(({ file }) => pattern.test(file));
  return { platform: fileOf(/prod\._environment\./), service: fileOf(/prod\.recyclarr\./) };
}

beforeAll(() => ensureTool("promtool"), 1_800_000);

/** In: whether it is suspended, an hour each from the fifth day after its last success on. Out: whether it is told of after so many hours. */
async function isTold(
  suspended: string,
  hours: number,
  { platform, service } = daily,
): Promise<boolean> {
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
          { series: `kube_cronjob_created${which("b")}`, values: "_x24 0x4000" },
          {
            series: `kube_cronjob_status_last_successful_time${which("b")}`,
            values: "_x24 0x4000",
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

test(
  "one that runs four times a year is told of no sooner, though Prometheus keeps 35 days",
  slow,
  async () => {
    using repository = createRepository({
      files: {
        "environments/prod/recyclarr.ts": `import { overlay, schedule } from "#rzp";
export default overlay("recyclarr", { runs: schedule("0 4 1 1,4,7,10 *", { endsWithin: "15m" }) });
`,
      },
    });
    expect((await repository.run(["render"])).exitCode).toBe(0);
    const rare = rulesIn(repository.root);
    const asked = [...(rare.platform?.groups ?? []), ...(rare.service?.groups ?? [])]
      .flatMap(({ rules }) => rules.flatMap(({ expr }) => [...expr.matchAll(/\[(\w+)[\]:]/g)]))
      .map(([, range = ""]) => seconds(range));
    expect(Math.max(...asked), "seconds it looks back").toBeLessThan(35 * 86_400);
    // Suspended for three days, then for more than 92 days neither that nor a success.
    expect(await isTold("1x75 0x3000", 50 * 24, rare)).toBe(false);
    expect(await isTold("1x75 0x3000", 95 * 24, rare)).toBe(false);
    expect(await isTold("1x75 0x3000", 99 * 24, rare)).toBe(true);
  },
);

test(
  "restore drills that go on are not told of as overdue before they had the time",
  slow,
  async () => {
    const files = ruleFiles(root);
    const platform = files.find(({ file }) => /prod\._environment\./.test(file));
    const drill = files.find(({ file }) => /prod\.restore-drill\./.test(file));
    const which = '{namespace="storage-restore-drill", cronjob="restore-drill"}';
    const groups = [platform, drill].flatMap((file) =>
      (file?.groups ?? [])
        .filter(({ name }) => /^(rzp-services|storage-restore-drill)$/.test(name))
        .map(({ name }) => [name, file?.files.get(name)] as const),
    );
    const told = async (suspended: string, days: number) => {
      const { exitCode, output } = await testRules(`${drill?.file}.resumed.yaml`, {
        rule_files: groups.map(([, name]) => name),
        evaluation_interval: "6h",
        group_eval_order: groups.map(([name]) => name),
        tests: [
          {
            interval: "6h",
            input_series: [
              {
                series:
                  'restore_drill_last_success_timestamp_seconds{namespace="storage-restore-drill", drilled_environment="prod", drilled_service="sonarr"}',
                values: "1x800",
              },
              { series: `kube_cronjob_created${which}`, values: "0x800" },
              { series: `kube_cronjob_spec_suspend${which}`, values: suspended },
            ],
            alert_rule_test: [
              { eval_time: `${days}d`, alertname: "RestoreDrillOverdue", exp_alerts: [] },
            ],
          },
        ],
      });
      expect(output).not.toContain("error");
      return exitCode !== 0;
    };
    // For sixty days they were stopped.
    expect(await told("1x240 0x500", 61)).toBe(false);
    expect(await told("1x240 0x500", 90)).toBe(false);
    expect(await told("1x240 0x500", 97)).toBe(true);
    expect(await told("0x700", 61), "never stopped").toBe(true);
  },
);
