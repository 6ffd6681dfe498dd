/** A location is told of after its own time, whatever another one takes. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const root = path.resolve(import.meta.dirname, "../../../../..");
const velero = ruleFiles(root).find(({ file }) => /prod\.velero\./.test(file));
const [group] = velero?.groups ?? [];
const rules = group?.rules.filter(({ alert }) => alert === "BackupMissing") ?? [];
const made = (location: string) =>
  rules
    .filter(({ labels }) => labels?.["backup_location_name"] === location)
    .flatMap(({ expr }) => expr.match(/velero_backup_last_\w+\{[^}]+\}/g) ?? [])
    .map((series) => series.replaceAll("'", '"'));

beforeAll(() => ensureTool("promtool"), 1_800_000);

/** In: hours, locations with backups and those that are told of by then. Out: what promtool says of that. */
function judged(hours: number, done: readonly string[], missing: readonly string[]) {
  const file = `${velero?.file}.missing.${hours}.yaml`;
  const expected = rules
    .filter(({ labels }) => missing.includes(labels?.["backup_location_name"] ?? ""))
    .flatMap(({ labels, annotations }) =>
      made(labels?.["backup_location_name"] ?? "").map((series) => {
        const [, namespace, schedule] = /namespace="(.+?)", schedule="(.+?)"/.exec(series) ?? [];
        return {
          exp_labels: { ...group?.labels, ...labels, namespace, schedule },
          exp_annotations: {
            ...annotations,
            summary: `Schedule ${schedule} has never made a backup; begun since Velero was started: 0.`,
          },
        };
      }),
    );
  return testRules(file, {
    rule_files: [velero?.file],
    evaluation_interval: "30m",
    tests: [
      {
        interval: "30m",
        input_series: [
          { series: "unrelated", values: "1x200" },
          ...done.flatMap(made).map((series) => ({ series, values: "1x200" })),
        ],
        alert_rule_test: [
          { eval_time: `${hours}h`, alertname: "BackupMissing", exp_alerts: expected },
        ],
      },
    ],
  });
}

test.for([
  ["none is told of at first", 3, [], []],
  ["the one in the house is, and the one off-site not yet", 5, [], ["default"]],
  ["both are in the end", 66, [], ["default", "offsite"]],
  ["the one off-site alone", 67, ["default"], ["offsite"]],
] as const)("%s", { timeout: 300_000 }, async ([, hours, done, missing]) => {
  expect(made("default").length).toBeGreaterThan(0);
  expect(made("offsite").length).toBeGreaterThan(0);
  const { exitCode, output } = await judged(hours, done, missing);
  expect(output).not.toContain("FAILED");
  expect(exitCode).toBe(0);
});
