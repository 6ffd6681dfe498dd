/** What Velero is given for the restore drill. */
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { backupService } from "../release/backup.ts";
import { modifiersName } from "../release/drill-plan.ts";

/** How it changes what it restores, in its own namespace: JSON, which is YAML. */
export function drillModifierMap({ service, drill }: Release): ServiceValues["configMaps"] {
  if (drill === undefined || service.name !== backupService) return {};
  const rules = { version: "v1", resourceModifierRules: drill.modifiers };
  return {
    [modifiersName]: { "rules.yaml": { text: `${JSON.stringify(rules, undefined, 2)}\n` } },
  };
}
