import { beforeAll, describe, expect, test } from "vitest";
import {
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  type Values,
} from "./support.ts";

const down = {
  alert: "ServiceDown",
  expr: "up{namespace='media-sonarr'} == 0",
  severity: "critical",
  summary: "{{ $labels.job }} is down: {{ $value }}",
};
const runbooks = "https://git.example.com/runbooks";
const rules = (own: object) =>
  ({ alertRules: { sonarr: { runbooks, labels: {}, ...own } } }) as unknown as Values;

describe("PrometheusRule", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: rules({ groups: { sonarr: { rules: [down] } } }),
      full: rules({
        labels: { tier: "media", service: "sonarr" },
        groups: {
          sonarr: {
            interval: "1m",
            rules: [
              { record: "slo:objective:ratio", expr: "vector(0.99)" },
              { ...down, for: "5m" },
            ],
          },
          another: { rules: [down] },
        },
      }),
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("holds an alert, with its runbook", () => {
    expect(only(rendered.minimal, "PrometheusRule")).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "sonarr", namespace: "media-sonarr", labels: labels() },
      spec: {
        groups: [
          {
            name: "sonarr",
            rules: [
              {
                alert: "ServiceDown",
                expr: down.expr,
                labels: { severity: "critical" },
                annotations: {
                  summary: down.summary,
                  runbook_url: `${runbooks}/ServiceDown.md`,
                },
              },
            ],
          },
        ],
      },
    });
  });

  test("has groups with an interval and labels, alerts that wait, and recorded series", () => {
    const shared = { labels: { tier: "media", service: "sonarr" } };
    expect(only(rendered.full, "PrometheusRule")["spec"].groups).toMatchObject([
      { name: "another", ...shared },
      {
        name: "sonarr",
        interval: "1m",
        ...shared,
        rules: [
          { record: "slo:objective:ratio", expr: "vector(0.99)" },
          { alert: "ServiceDown", for: "5m" },
        ],
      },
    ]);
  });

  test("holds names as they are, whatever YAML reads in them", async () => {
    const rule = { ...down, alert: "Disk: full", severity: "1" };
    const { odd } = await renderAll({ odd: rules({ groups: { sonarr: { rules: [rule] } } }) });
    expect(only(odd, "PrometheusRule")["spec"].groups[0].rules).toMatchObject([
      { alert: "Disk: full", labels: { severity: "1" } },
    ]);
  });

  test("refuses a severity that is said twice", async () => {
    const rule = { ...down, labels: { severity: "warning" } };
    expect(await refusal(rules({ groups: { sonarr: { rules: [rule] } } }))).toBe(
      '[rzp-lib] service=sonarr key=alertRules.sonarr.groups.sonarr.rules: the alert "ServiceDown" has its severity in labels too; say it once, beside expr.',
    );
  });

  test("refuses one without groups", async () => {
    expect(await refusal(rules({ groups: {} }))).toBe(
      "[rzp-lib] service=sonarr key=alertRules.sonarr.groups: has no group; name one with its rules.",
    );
  });

  test("has a schema that refuses a rule that is neither alert nor record, and a group without rules", async () => {
    expect(
      await schemaRefusal(rules({ groups: { sonarr: { rules: [{ expr: "up == 0" }] } } })),
    ).toContain("at '/alertRules/sonarr/groups/sonarr/rules/0'");
    expect(await schemaRefusal(rules({ groups: { sonarr: { rules: [] } } }))).toContain(
      "at '/alertRules/sonarr/groups/sonarr/rules'",
    );
  });
});
