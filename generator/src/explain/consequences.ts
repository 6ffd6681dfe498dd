/** Everything that follows from the facts of a service in an environment, one concern after the other. */
import type { Release } from "../model/platform.ts";
import { concerns } from "../model/rules.ts";
import type { Concern } from "../model/rules.ts";
import type { Consequence } from "./consequence.ts";
import { alertConsequences } from "./alerts.ts";
import { backupConsequences } from "./backup.ts";
import { capacityConsequences } from "./capacity.ts";
import { drillConsequences } from "./drill.ts";
import { isolationConsequences } from "./isolation.ts";
import { monitoringConsequences } from "./monitoring.ts";
import { networkConsequences } from "./network.ts";
import { routeConsequences } from "./routes.ts";
import { secretConsequences } from "./secrets.ts";
import { telemetryConsequences } from "./telemetry.ts";
import { workloadConsequences } from "./workload.ts";

const consequences: Readonly<Record<Concern, (release: Release) => Consequence[]>> = {
  Workload: workloadConsequences,
  Network: networkConsequences,
  Routes: routeConsequences,
  Secrets: secretConsequences,
  Isolation: isolationConsequences,
  Capacity: capacityConsequences,
  Monitoring: monitoringConsequences,
  Telemetry: telemetryConsequences,
  Alerts: alertConsequences,
  Backup: backupConsequences,
  "Restore drill": drillConsequences,
};

/** In: a release. Out: its consequences by concern, each with its causes and its rule. */
export function consequencesOf(release: Release): ReadonlyMap<Concern, readonly Consequence[]> {
  return new Map(concerns.map((concern) => [concern, consequences[concern](release)]));
}
