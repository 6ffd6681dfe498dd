/** The rules of a cluster that ask about no service by name: what all services' rules build on, objectives, Applications, nodes, and the watching itself. */
import type { AlertName } from "../../model/alerts.ts";
import { applicationExpressions } from "../../model/alerts/applications.ts";
import { objectiveExpressions, recordedObjectives } from "../../model/alerts/objectives.ts";
import { platformExpressions } from "../../model/alerts/platform.ts";
import { telemetryExpressions } from "../../model/alerts/telemetry.ts";
import { proberMetric, recorded } from "../../model/alerts/recorded.ts";
import type { RecordedName } from "../../model/alerts/recorded.ts";
import { ownService } from "../../model/names.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import { alertRule } from "./alert-rule.ts";
import type { AlertRule } from "./alert-rule.ts";
import { producersIn } from "./producers.ts";

export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  /** Of all its alerts; those about a service have its labels from their expression. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly rules: readonly (RecordRule | AlertRule)[];
}

interface RecordRule {
  readonly record: string;
  readonly expr: string;
}

/** What is there only where somebody makes the metric it begins with; the rest is asked for on every cluster. */
const onlyWith: Readonly<Record<string, readonly (RecordedName | AlertName)[]>> = {
  [proberMetric]: ["rzp:prober:absent"],
  argocd_app_info: [
    "rzp:application:info",
    ...(Object.keys(applicationExpressions) as (keyof typeof applicationExpressions)[]),
  ],
  certmanager_certificate_expiration_timestamp_seconds: ["rzp:certificate_left:days"],
  certmanager_certificate_ready_status: ["rzp:certificate_not_ready:max"],
  externalsecret_status_condition: ["rzp:external_secret_not_ready:max"],
  vector_component_discarded_events_total: ["VectorDiscarding"],
  vector_component_sent_events_total: ["VectorNotDelivering"],
};

/** In: an environment, releases. Out: which of the metrics that some clusters lack they make. */
export function optionalMetrics(facts: EnvironmentFacts, releases: readonly Release[]): string[] {
  const made = new Set(producersIn(facts, releases).flatMap(({ metrics }) => metrics));
  return Object.keys(onlyWith).filter((metric) => made.has(metric));
}

/** In: an environment, releases of its cluster. Out: groups of rules about the platform, for the environment that carries it; none for others, nor where nothing evaluates rules. */
export function platformRules(facts: EnvironmentFacts, releases: readonly Release[]): RuleGroup[] {
  const { scraper, carrier } = facts.cluster;
  if (scraper === undefined || carrier !== facts.name) return [];
  const made = new Set(optionalMetrics(facts, releases));
  const left = new Set<string>(
    Object.entries(onlyWith).flatMap(([metric, names]) => (made.has(metric) ? [] : names)),
  );
  const records = (series: readonly (readonly [string, string])[]): RecordRule[] =>
    series.filter(([record]) => !left.has(record)).map(([record, expr]) => ({ record, expr }));
  const alerts = (expressions: Readonly<Partial<Record<AlertName, string>>>): AlertRule[] =>
    Object.entries(expressions)
      .filter(([alert]) => !left.has(alert))
      .map(([alert, expr]) => alertRule(alert as AlertName, expr));
  const groups: RuleGroup[] = [
    { name: "rzp-services", rules: records(Object.entries(recorded)) },
    ...Object.entries(recordedObjectives).map(([name, { interval, records: own }]) => ({
      name,
      interval,
      rules: records(own),
    })),
    { name: "rzp-objective-alerts", rules: alerts(objectiveExpressions) },
    { name: "rzp-application-alerts", rules: alerts(applicationExpressions) },
    {
      name: "rzp-platform",
      labels: { environment: facts.name, service: ownService, tier: ownService },
      rules: alerts({ ...telemetryExpressions, ...platformExpressions }),
    },
  ];
  return groups.filter(({ rules }) => rules.length > 0);
}
