/** The rules Prometheus evaluates for a service: one object with its name. */
import { valuesOf } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { alertRule } from "../../release/monitoring/alert-rule.ts";
import { runbooksOf } from "../../release/monitoring/runbooks.ts";
import { expressionOf } from "./expressions.ts";
import type { Alert } from "./alert.ts";
import { derivedAlerts } from "./alerts.ts";
import { derivedObjective, objectiveRecords } from "./objectives.ts";

type AlertRules = ServiceValues["alertRules"];
type AlertRule = AlertRules[string]["groups"][string]["rules"][number];

/** None where nothing is to be told. */
export function alertRules(release: Release): AlertRules {
  const { service, facts } = release;
  const objective = derivedObjective(release)?.value;
  const rules = [
    ...(objective === undefined ? [] : objectiveRecords(objective, service.namespace)),
    ...rulesOfAlerts(release),
  ];
  return rules.length === 0
    ? {}
    : {
        [service.name]: {
          runbooks: runbooksOf(facts),
          labels: { environment: facts.name, service: service.name, tier: service.tier },
          groups: { [service.namespace]: { rules } },
        },
      };
}

function rulesOfAlerts(release: Release): AlertRule[] {
  const byKind = Map.groupBy(valuesOf(derivedAlerts(release)), ({ kind }) => kind);
  return [...byKind].flatMap(([kind, alerts]) =>
    [...Map.groupBy(alerts, locationOf)].map(([location, mine]) => ({
      ...alertRule(kind, expressionOf(kind, release.service.namespace, mine), heldFor(mine)),
      ...(location === undefined ? {} : { labels: { backup_location_name: location } }),
    })),
  );
}

/** Only what has a time of its own in each location has a rule for each. */
const locationOf = (one: Alert): string | undefined =>
  one.kind === "BackupMissing" ? one.location : undefined;

/** Where that is no constant of the kind: the same for all alerts of a rule. */
const heldFor = ([one]: readonly Alert[]): string | undefined =>
  one?.kind === "BackupMissing"
    ? `${Math.floor(one.within / 3600)}h${(one.within % 3600) / 60}m`
    : undefined;
