/** An alert of a kind with what the table says of it, in the rules of a service as in those of the platform. */
import { alertKinds } from "../model/alerts.ts";
import type { AlertName } from "../model/alerts.ts";
import type { AlertKind } from "../model/alerts/kind.ts";

export interface AlertRule extends Pick<AlertKind, "severity" | "summary" | "for"> {
  readonly alert: AlertName;
  readonly expr: string;
}

/** In: a kind, and when it is raised. */
export function alertRule(alert: AlertName, expr: string): AlertRule {
  const { severity, summary, ...kind }: AlertKind = alertKinds[alert];
  return { alert, expr, ...(kind.for === undefined ? {} : { for: kind.for }), severity, summary };
}
