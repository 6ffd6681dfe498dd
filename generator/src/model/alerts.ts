/** Every kind of alert: severity, words, and what docs/runbooks says of it. */
import { applicationAlerts } from "./alerts/applications.ts";
import { backupAlerts } from "./alerts/backups.ts";
import { drillAlerts } from "./alerts/drills.ts";
import { jobAlerts } from "./alerts/jobs.ts";
import type { AlertKind } from "./alerts/kind.ts";
import { objectiveAlerts } from "./alerts/objectives.ts";
import { platformAlerts } from "./alerts/platform.ts";
import { podAlerts } from "./alerts/pods.ts";
import { secretAlerts } from "./alerts/secrets.ts";
import { targetAlerts } from "./alerts/targets.ts";
import { telemetryAlerts } from "./alerts/telemetry.ts";
import { keptAlerts } from "./alerts/volumes.ts";

export const alertKinds = {
  ...targetAlerts,
  ...podAlerts,
  ...keptAlerts,
  ...secretAlerts,
  ...jobAlerts,
  ...backupAlerts,
  ...drillAlerts,
  ...objectiveAlerts,
  ...applicationAlerts,
  ...telemetryAlerts,
  ...platformAlerts,
} as const satisfies Readonly<Record<string, AlertKind>>;

export type AlertName = keyof typeof alertKinds;
