/** What is said once of an alert of one kind, wherever it is raised: of this table rules and runbooks are made. */
export interface AlertKind {
  /** `critical` wakes somebody up, `warning` waits for the morning; `none` is for machines. */
  readonly severity: "critical" | "warning" | "none";
  /** How long it must hold before it is told. */
  readonly for?: string;
  /** Where that follows from facts of the cluster: of which, in words. */
  readonly forAsLongAs?: string;
  /** One sentence with the value as it is; Prometheus fills in what is between the braces. */
  readonly summary: string;
  /** What it means for people. */
  readonly meaning: string;
  /** What tells why, in the order in which to look. */
  readonly lookAt: readonly string[];
  /** What ends it. */
  readonly remedy: readonly string[];
}
