/** The PrometheusRule of a cluster, with what no service asks for by itself. */
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { platformRulesName } from "../model/names.ts";
import type { AlertRule } from "../release/monitoring/alert-rule.ts";
import { platformRules } from "../release/monitoring/platform-rules.ts";
import { runbooksOf } from "../release/monitoring/runbooks.ts";
import { managed } from "./platform.ts";

/** In: an environment and its releases. Out: one object where the rules of its cluster are, else none. */
export function platformRuleObjects(
  facts: EnvironmentFacts,
  releases: readonly Release[],
): object[] {
  const namespace = facts.cluster.scraper?.namespace;
  const groups = platformRules(facts, releases).map(({ rules, ...group }) => ({
    ...group,
    rules: rules.map((rule) => ("record" in rule ? rule : alertObject(facts, rule))),
  }));
  return groups.length === 0
    ? []
    : [
        {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { name: platformRulesName, namespace, labels: managed(facts.name) },
          spec: { groups },
        },
      ];
}

/** As the library prints those of services. */
function alertObject(facts: EnvironmentFacts, { severity, summary, ...rule }: AlertRule): object {
  return {
    ...rule,
    labels: { severity },
    annotations: { summary, runbook_url: `${runbooksOf(facts)}/${rule.alert}.md` },
  };
}
