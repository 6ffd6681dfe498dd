/** Test files for promtool: for a kind of alert in an environment one that must be told and one that must not. */
import { writeFileSync } from "node:fs";
import { alertKinds } from "../../../../src/model/alerts.ts";
import type { AlertName } from "../../../../src/model/alerts.ts";
import { cases } from "./cases.ts";
import type { Case, Site } from "./cases.ts";
import type { Rule, RuleFile } from "./rendered.ts";

/** The rules of the cluster an environment is on, and the first service with an alert of a kind, if one has it. */
export function testsOf(
  files: readonly RuleFile[],
  platform: RuleFile,
  environment: string,
): Map<AlertName, string> {
  const own = files.filter((file) => file.environment === environment && file !== platform);
  const found = (Object.keys(alertKinds) as AlertName[]).flatMap((name) => {
    const having = own.filter((file) => ruleNamed(file, name) !== undefined);
    // One that is about a single part: a case knows one only. Of claims one that names them.
    const naming = having.filter((file) => ruleNamed(file, name)?.expr.includes("'.+'") === false);
    const ofService =
      naming.find((file) => new Set(ruleNamed(file, name)?.expr.match(about)).size === 1) ??
      naming[0];
    const isShared = ruleNamed(platform, name) !== undefined;
    // Of objectives one that is watched by a single series.
    const service = isShared ? own.find((file) => seriesOf(file).length === 1) : ofService;
    const rule = ruleNamed(isShared ? platform : service, name);
    if (service === undefined || rule === undefined) return [];
    return [[name, testFile(name, rule, service, platform)] as const];
  });
  return new Map(found);
}

/** A part of a service, as an expression names it. */
const about = /\{namespace='[^']*'(?:, (?!phase)[^}]*)?\}/g;

const rulesOf = (file: RuleFile | undefined): readonly Rule[] =>
  file?.groups.flatMap(({ rules }) => rules) ?? [];
const ruleNamed = (file: RuleFile | undefined, name: string) =>
  rulesOf(file).find(({ alert, record }) => alert === name || record === name);

/** The series by which a service is known to be available. */
const seriesOf = (file: RuleFile): string[] =>
  [
    ...(ruleNamed(file, "slo:service_available:ratio")?.expr.matchAll(/\w+\{namespace=[^}]+\}/g) ??
      []),
  ].map(([text]) => text.replaceAll("'", '"'));

function testFile(name: AlertName, rule: Rule, service: RuleFile, platform: RuleFile): string {
  const [group] = service.groups;
  const namespace = /namespace='([^']+)'/.exec(rulesOf(service)[0]?.expr ?? "")?.[1] ?? "";
  const isObjective = name.startsWith("ErrorBudget");
  const isShared = ruleNamed(platform, name) !== undefined;
  const ofRule = [...rule.expr.matchAll(/\w+\{namespace='[^}]+\}/g)].map(([text]) =>
    text.replaceAll("'", '"'),
  );
  const site: Site = {
    namespace,
    of: (label) => matched(rule.expr, label),
    alive: isObjective ? seriesOf(service) : ofRule,
    held: Number(/^(\d+)h/.exec(rule.for ?? "")?.[1] ?? 0) + 1,
    budget: 1 - Number(/[\d.]+/.exec(ruleNamed(service, "slo:objective:ratio")?.expr ?? "")?.[0]),
    labels: group?.labels ?? {},
  };
  const one = cases[name](site);
  const { every = 1 } = one;
  const home = platform.groups.find(({ rules }) => rules.includes(rule));
  const labels = {
    ...(isObjective || !isShared ? group?.labels : home?.labels),
    ...rule.labels,
    ...one.labels,
  };
  const isNeeded = (group: string) =>
    isObjective
      ? group.startsWith("rzp-objective")
      : group === home?.name || (group === "rzp-services" && rule.expr.includes("rzp:"));
  const shared = platform.groups.map(({ name: shared }) => shared).filter(isNeeded);
  const own = service.groups.map((mine) => mine.name);
  const test = (input: Case["fires"], expected: readonly object[]) => ({
    interval: `${every}m`,
    input_series: Object.entries(input).map(([series, values]) => ({ series, values })),
    alert_rule_test: [{ eval_time: `${one.at}m`, alertname: name, exp_alerts: expected }],
  });
  const summary = filled(one.summary, site);
  const told = { exp_labels: labels, exp_annotations: { ...rule.annotations, summary } };
  const file = `${service.file}.${name}.test.yaml`;
  writeFileSync(
    file,
    JSON.stringify({
      rule_files: [service.file, ...shared.map((group) => sharedFile(platform, group, name))],
      evaluation_interval: `${every}m`,
      group_eval_order: isObjective ? [...own, ...shared] : [...shared, ...own],
      tests: [
        test(one.fires, [told]),
        // What is always told has no series that keeps it silent.
        ...(Object.keys(one.silent).length === 0 ? [] : [test(one.silent, [])]),
      ],
    }),
  );
  return file;
}

/** Rules of a group of the platform; thirty days are looked at only where they are asked for, as that takes long. */
function sharedFile(platform: RuleFile, group: string, name: AlertName): string {
  const file = platform.files.get(group) ?? "";
  if (name === "ErrorBudgetSpent" || !group.startsWith("rzp-objective")) return file;
  const short = `${file}.short`;
  const groups = platform.groups
    .filter((one) => one.name === group)
    .map((one) => ({ ...one, rules: one.rules.filter(({ expr }) => !/30d|period/.test(expr)) }));
  writeFileSync(short, JSON.stringify({ groups }));
  return short;
}

/** A text that the matcher of a label takes. */
function matched(expr: string, label: string): string {
  const [, pattern = ""] = new RegExp(`\\b${label}=~?'([^']+)'`).exec(expr) ?? [];
  return (pattern.split("|")[0] ?? "").replaceAll(/\[0-9a-f\]\+|\[0-9\]\+/g, "1");
}

/** Shares that follow from the objective, as Prometheus writes them. */
function filled(summary: string, { budget }: Site): string {
  const every = Math.round(1 / (4.5 * budget));
  const at = every * Math.ceil(1500 / every);
  // One minute of each so many, in the last day.
  const away = Math.floor((at + 1) / every) - Math.floor((at - 1439) / every);
  const percent = (share: number) => `${Number((share * 100).toPrecision(4))}%`;
  return (
    summary
      .replace("SHARE", percent(away / 1440))
      // Ten hours and the first moment, by five minutes, of thirty days.
      .replace("TIMES", (121 / 8640 / budget).toFixed(1))
  );
}
