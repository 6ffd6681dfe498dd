/** Every rule by which something follows from facts, by concern in reading order. `explain` and docs/reference/rules.md quote them. */
import { alertRules } from "./rules/alerts.ts";
import { backupRules } from "./rules/backup.ts";
import { capacityRules } from "./rules/capacity.ts";
import { drillRules } from "./rules/drill.ts";
import { isolationRules } from "./rules/isolation.ts";
import { monitoringRules } from "./rules/monitoring.ts";
import { networkRules } from "./rules/network.ts";
import { routeRules } from "./rules/routes.ts";
import { secretRules } from "./rules/secrets.ts";
import { workloadRules } from "./rules/workload.ts";

export interface Rule {
  /** The rule in one sentence. */
  readonly says: string;
  /** Where it comes from, when it is not RZP's own: a page of Kubernetes, an RFC, a chart. */
  readonly source?: string;
}

export const rulesByConcern = {
  Workload: workloadRules,
  Network: networkRules,
  Routes: routeRules,
  Secrets: secretRules,
  Isolation: isolationRules,
  Capacity: capacityRules,
  Monitoring: monitoringRules,
  Alerts: alertRules,
  Backup: backupRules,
  "Restore drill": drillRules,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Rule>>>>;

export type Concern = keyof typeof rulesByConcern;

export const concerns = Object.keys(rulesByConcern) as readonly Concern[];

export const rules = {
  ...workloadRules,
  ...networkRules,
  ...routeRules,
  ...secretRules,
  ...isolationRules,
  ...capacityRules,
  ...monitoringRules,
  ...alertRules,
  ...backupRules,
  ...drillRules,
} as const;

export type RuleName = keyof typeof rules;
