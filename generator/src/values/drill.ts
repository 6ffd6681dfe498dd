/** What Velero is given for the restore drill. */
import { backupService } from "../model/known-services.ts";
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { DrillModifier } from "../model/drill-plan.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";

type Right = ServiceValues["roles"][string]["rules"][number];

/** A line for each service, so that a change shows whose it is. */
export function drillPlanText({ drill }: Release): string {
  if (drill === undefined) return "{}\n";
  const { targets, ...rest } = drill.plan;
  const lines = targets.map((target) => JSON.stringify(target)).join(",\n    ");
  return `${JSON.stringify(rest, undefined, 2).slice(0, -2)},\n  "targets": [\n    ${lines}\n  ]\n}\n`;
}

/** How it changes what it restores, in its own namespace: JSON, which is YAML. */
export function drillModifierMap(release: Release): ServiceValues["configMaps"] {
  const { drill } = release;
  if (drill === undefined || !makesRestores(release)) return {};
  const rules = valuesOf(derivedDrillModifiers(release))
    .map((rule) => JSON.stringify(rule))
    .join(",\n    ");
  const text = `{\n  "version": "v1",\n  "resourceModifierRules": [\n    ${rules}\n  ]\n}\n`;
  return { [drill.plan.velero.modifiers]: { "rules.yaml": { text } } };
}

/** One for each thing it changes, where Restores are made. */
export function derivedDrillModifiers(release: Release): Derived<DrillModifier>[] {
  const { drill } = release;
  if (drill === undefined || !makesRestores(release)) return [];
  return drill.modifiers.map((value) => ({ value, rule: "drill-changes", causes: [drill.cause] }));
}

/** What the drill asks Velero for, in Velero's namespace and nowhere else. */
export function drillRoles(release: Release): ServiceValues["roles"] {
  const { drill } = release;
  if (drill === undefined || !makesRestores(release)) return {};
  return {
    [drill.plan.service]: {
      // The component that drills is called after its service.
      account: drill.plan.service,
      of: drill.plan.namespace,
      rules: valuesOf(derivedDrillRights(release)),
    },
  };
}

/** Each thing that the drill may do in Velero's namespace: of the release that is there, and of the one that drills. */
export function derivedDrillRights({ drill }: Release): Derived<Right>[] {
  if (drill === undefined) return [];
  const groups = ["velero.io"];
  const rights: readonly Right[] = [
    { groups, resources: ["restores"], verbs: ["get", "list", "create", "delete"] },
    { groups, resources: ["backups"], verbs: ["list"] },
  ];
  return rights.map((value) => ({ value, rule: "drill-rights", causes: [drill.cause] }));
}

export const makesRestores = ({ service }: Release): boolean => service.name === backupService;
