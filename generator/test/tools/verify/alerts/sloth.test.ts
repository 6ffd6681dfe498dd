/** Objectives burn as sloth, which many use for them, says: the same series, windows and factors. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { load } from "js-yaml";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { ruleFiles, runTool } from "./rendered.ts";
import type { Rule } from "./rendered.ts";

const slow = { timeout: 120_000 };
const root = path.resolve(import.meta.dirname, "../../../../..");

beforeAll(() => ensureTool("sloth"), 1_800_000);

const spec = `version: prometheus/v1
service: sonarr
slos:
  - name: available
    objective: 99.5
    sli: { raw: { error_ratio_query: "1 - avg_over_time(available[{{.window}}])" } }
    alerting: { name: Burning, page_alert: {}, ticket_alert: {} }
`;

/** Both windows of each condition of an alert, with the factor: `1h 5m 14.4`. */
function burning({ expr }: Rule): string[] {
  const found = [...expr.matchAll(/slo:sli_error:ratio_rate(\w+)(?:\{[^}]*\})? > \(?([\d.]+)/g)];
  const byFactor = Map.groupBy(found, ([, , factor]) => Number(factor));
  // Two conditions of one alert never have one factor.
  return [...byFactor]
    .map(([factor, both]) =>
      [...both.map(([, window = ""]) => window).toSorted(), factor].join(" "),
    )
    .toSorted();
}

test("windows, factors and recorded series are those of sloth", slow, async () => {
  const ours = ruleFiles(root).filter(({ environment }) => environment === "prod");
  const rules = ours.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  const input = `${ours[0]?.file}.sloth.yaml`;
  writeFileSync(input, spec);
  const output = `${input}.out.yaml`;
  const { exitCode } = await runTool("sloth", ["generate", "-i", input, "-o", output]);
  expect(exitCode).toBe(0);
  const theirs = (
    load(readFileSync(output, "utf8")) as { groups: { rules: Rule[] }[] }
  ).groups.flatMap((group) => group.rules);

  const alerts = (all: readonly Rule[], names: readonly string[]) =>
    all.filter(({ alert }) => names.includes(alert ?? "")).map(burning);
  const [fast, slowly] = alerts(theirs, ["Burning"]);
  expect(alerts(rules, ["ErrorBudgetBurningFast"])).toEqual([fast]);
  expect(alerts(rules, ["ErrorBudgetBurningSlowly"])).toEqual([slowly]);
  expect(fast).toEqual(["1h 5m 14.4", "30m 6h 6"]);
  expect(slowly).toEqual(["1d 2h 3", "3d 6h 1"]);

  const recorded = (all: readonly Rule[]) =>
    new Set(all.flatMap(({ record = "" }) => (record.startsWith("slo:") ? [record] : [])));
  const mine = recorded(rules);
  const missing = [...recorded(theirs)].filter((name) => !mine.has(name));
  // A period of another length than 30 days is nothing one can choose here.
  expect(missing).toEqual(["slo:time_period:days"]);
});
