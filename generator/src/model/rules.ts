/** Every rule by which something follows from facts. `explain` quotes them; the source says who asks for it. */
import { capacityRules } from "./rules/capacity.ts";
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

export const rules = {
  ...capacityRules,
  ...isolationRules,
  ...monitoringRules,
  ...networkRules,
  ...routeRules,
  ...secretRules,
  ...workloadRules,
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;
