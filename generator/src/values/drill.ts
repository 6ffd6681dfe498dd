/** What Velero is given for the restore drill. */
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { backupService } from "../model/names.ts";

/** A line for each service, so that a change shows whose it is. */
export function drillPlanText({ drill }: Release): string {
  if (drill === undefined) return "{}\n";
  const { targets, ...rest } = drill.plan;
  const lines = targets.map((target) => JSON.stringify(target)).join(",\n    ");
  return `${JSON.stringify(rest, undefined, 2).slice(0, -2)},\n  "targets": [\n    ${lines}\n  ]\n}\n`;
}

/** How it changes what it restores, in its own namespace: JSON, which is YAML. */
export function drillModifierMap({ service, drill }: Release): ServiceValues["configMaps"] {
  if (drill === undefined || service.name !== backupService) return {};
  const rules = drill.modifiers.map((rule) => JSON.stringify(rule)).join(",\n    ");
  const text = `{\n  "version": "v1",\n  "resourceModifierRules": [\n    ${rules}\n  ]\n}\n`;
  return { [drill.plan.velero.modifiers]: { "rules.yaml": { text } } };
}

/** What the drill asks Velero for, in Velero's namespace and nowhere else. */
export function drillRoles({ service, drill }: Release): ServiceValues["roles"] {
  if (drill === undefined || service.name !== backupService) return {};
  const groups = ["velero.io"];
  return {
    [drill.plan.service]: {
      // The component that drills is called after its service.
      account: drill.plan.service,
      of: drill.plan.namespace,
      rules: [
        { groups, resources: ["restores"], verbs: ["get", "list", "create", "delete"] },
        { groups, resources: ["backups"], verbs: ["list"] },
      ],
    },
  };
}
