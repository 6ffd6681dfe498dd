/** While the prober is away, its own alert is told, and none of the services it asks. */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { proberMetric } from "../../../../src/model/alerts/recorded.ts";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, testRules } from "./rendered.ts";

const slow = { timeout: 300_000 };
const root = path.resolve(import.meta.dirname, "../../../../..");
const files = ruleFiles(root);
const fileOf = (pattern: RegExp) => files.find(({ file }) => pattern.test(file));
const platform = fileOf(/prod\._environment\./);
const prober = fileOf(/prod\.blackbox-exporter\./);
/** It is asked by the prober alone. */
const service = fileOf(/prod\.qbittorrent\./);

beforeAll(() => ensureTool("promtool"), 1_800_000);

const probe = '{namespace="media-qbittorrent", job="qbittorrent-probe"}';
const exporter = '{namespace="observability-blackbox-exporter", job="blackbox-exporter"}';

interface Series {
  /** Whether the exporter is read, whether it was reached for the probe, and what that said; a minute each. */
  readonly exporter: string;
  readonly reached: string;
  readonly success: string;
}

/** Out: which alerts are told after half an hour of it, the sixtieth minute on. */
async function told(series: Series): Promise<string[]> {
  const groups = [platform, prober, service].flatMap((file) =>
    (file?.groups ?? [])
      .filter(({ name }) => /^(rzp-services|rzp-objective.*|media-.*|observability-.*)$/.test(name))
      .map(({ name }) => [name, file?.files.get(name)] as const),
  );
  const about = {
    "prober ServiceDown": "blackbox-exporter",
    "prober ServiceAbsent": "blackbox-exporter",
    ServiceAbsent: "qbittorrent",
    ServiceDown: "qbittorrent",
    ErrorBudgetBurningFast: "qbittorrent",
  };
  const found = Object.entries(about).map(async ([alert, name]) => {
    const { exitCode, output } = await testRules(`${service?.file}.${alert}.prober.yaml`, {
      rule_files: groups.map(([, file]) => file),
      evaluation_interval: "1m",
      group_eval_order: groups.map(([group]) => group),
      tests: [
        {
          interval: "1m",
          input_series: [
            {
              series: `${proberMetric}${exporter}`,
              values: series.exporter.replaceAll("0x", "_x"),
            },
            { series: `up${exporter}`, values: series.exporter },
            { series: `up${probe}`, values: series.reached },
            { series: `probe_success${probe}`, values: series.success },
          ],
          promql_expr_test: [
            {
              expr: `count(ALERTS{alertstate="firing", alertname="${alert.replace("prober ", "")}", service="${name}"})`,
              eval_time: "90m",
              exp_samples: [],
            },
          ],
        },
      ],
    });
    expect(output).not.toContain("error");
    return exitCode === 0 ? [] : [alert];
  });
  return (await Promise.all(found)).flat();
}

test("while all is well nothing is", slow, async () => {
  expect(await told({ exporter: "1x100", reached: "1x100", success: "1x100" })).toEqual([]);
});

test.for([
  ["it does not answer", "1x60 0x40", ["prober ServiceDown"]],
  ["it has no pod", "1x60 stale", ["prober ServiceAbsent"]],
] as const)("one alert, where %s", slow, async ([, exporterIs, expected]) => {
  const away = { exporter: exporterIs, reached: "1x60 0x40", success: "1x60 stale" };
  expect(await told(away)).toEqual(expected);
});

test("what it says of a service that is away is told", slow, async () => {
  const away = { exporter: "1x100", reached: "1x100", success: "1x60 0x40" };
  expect(await told(away)).toEqual(["ServiceDown", "ErrorBudgetBurningFast"]);
});

test("a probe that is not made while it is there is told of", slow, async () => {
  expect(await told({ exporter: "1x100", reached: "1x60 0x40", success: "1x60 stale" })).toEqual([
    "ServiceAbsent",
  ]);
  expect(await told({ exporter: "1x100", reached: "1x60 stale", success: "1x60 stale" })).toEqual([
    "ServiceAbsent",
    "ErrorBudgetBurningFast",
  ]);
});

test("a service that goes away with it is told of when it is back", slow, async () => {
  const away = {
    exporter: "1x60 0x14 1x40",
    reached: "1x60 0x14 1x40",
    success: "1x60 stale _x14 0x40",
  };
  expect(await told(away)).toEqual(["ServiceDown", "ErrorBudgetBurningFast"]);
});
