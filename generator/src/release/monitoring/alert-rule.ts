/** An alert of a kind with what the table says of it, in the rules of a service as in those of the platform. */
import { alertKinds } from "../../model/alerts.ts";
import type { AlertName } from "../../model/alerts.ts";
import type { AlertKind } from "../../model/alerts/kind.ts";

export interface AlertRule extends Pick<AlertKind, "severity" | "summary" | "for"> {
  readonly alert: AlertName;
  readonly expr: string;
  /** Beside its severity. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** In: a kind, when it is raised, and how long it must hold where the kind does not say so. */
export function alertRule(alert: AlertName, expr: string, held?: string): AlertRule {
  const { severity, summary, ...kind }: AlertKind = alertKinds[alert];
  const time = held ?? kind.for;
  return { alert, expr, ...(time === undefined ? {} : { for: time }), severity, summary };
}
