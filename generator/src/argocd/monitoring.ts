/** The rules of a cluster that ask about no service by name: what all services' rules build on, objectives, nodes, and the watching itself. */
import { alertKinds } from "../model/alerts.ts";
import type { AlertName } from "../model/alerts.ts";
import type { AlertKind } from "../model/alerts/kind.ts";
import { objectiveExpressions, recordedObjectives } from "../model/alerts/objectives.ts";
import { platformExpressions } from "../model/alerts/platform.ts";
import { recordedWith } from "../model/alerts/recorded.ts";
import { ownService } from "../model/names.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import { runbooksOf } from "../release/runbooks.ts";
import { managed } from "./platform.ts";

/** Once on a cluster, where what evaluates them is; none where nothing does. */
export function platformRules(facts: EnvironmentFacts): object[] {
  const { scraper, carrier } = facts.cluster;
  if (scraper === undefined || carrier !== facts.name) return [];
  const alerts = (expressions: Readonly<Partial<Record<AlertName, string>>>) =>
    Object.entries(expressions).map(([alert, expr]) => alertRule(facts, alert as AlertName, expr));
  return [
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "rzp", namespace: scraper.namespace, labels: managed(facts.name) },
      spec: {
        groups: [
          { name: "rzp-services", rules: records(recordedWith(facts.services)) },
          ...Object.entries(recordedObjectives).map(([name, { interval, records: own }]) => ({
            name,
            interval,
            rules: records(own),
          })),
          // These have the labels of the service they are about.
          { name: "rzp-objective-alerts", rules: alerts(objectiveExpressions) },
          {
            name: "rzp-platform",
            labels: { environment: facts.name, service: ownService, tier: ownService },
            rules: alerts(platformExpressions),
          },
        ],
      },
    },
  ];
}

const records = (series: readonly (readonly [string, string])[]): object[] =>
  series.map(([record, expr]) => ({ record, expr }));

function alertRule(facts: EnvironmentFacts, alert: AlertName, expr: string): object {
  const { severity, summary, for: holds }: AlertKind = alertKinds[alert];
  return {
    alert,
    expr,
    ...(holds === undefined ? {} : { for: holds }),
    labels: { severity },
    annotations: { summary, runbook_url: `${runbooksOf(facts)}/${alert}.md` },
  };
}
