/**
 * Alerts on objectives, as the SRE Workbook has them ("Alerting on SLOs", multiwindow, multi-burn-rate) for 30 days.
 * What is said of a service is two series, its objective and whether it is available; the rest is once a cluster.
 */
import type { AlertKind } from "./kind.ts";

export interface BurnRate {
  /** Share of the budget of 30 days that is spent in the long window when it fires. */
  readonly budget: number;
  readonly long: Window;
  /** A twelfth of the long one: it ends the alert soon after the burning has ended. */
  readonly short: Window;
}

export type Window = "5m" | "30m" | "1h" | "2h" | "6h" | "1d" | "3d" | "30d";

const burnRates = {
  ErrorBudgetBurningFast: [
    { budget: 0.02, long: "1h", short: "5m" },
    { budget: 0.05, long: "6h", short: "30m" },
  ],
  ErrorBudgetBurningSlowly: [
    { budget: 0.1, long: "1d", short: "2h" },
    { budget: 0.1, long: "3d", short: "6h" },
  ],
} as const satisfies Readonly<Record<string, readonly BurnRate[]>>;

const hoursOf: Readonly<Record<Window, number>> = {
  "5m": 1 / 12,
  "30m": 1 / 2,
  "1h": 1,
  "2h": 2,
  "6h": 6,
  "1d": 24,
  "3d": 72,
  "30d": 720,
};

/** How many times faster than the objective allows: 14.4, 6, 3, 1. */
const burnFactor = ({ budget, long }: BurnRate): number =>
  Math.round((budget * hoursOf["30d"] * 100) / hoursOf[long]) / 100;

/** The fastest burning is more than everything failing where the objective is not above this: it could never be told. */
export const leastObjective = 100 * (1 - 1 / burnFactor(burnRates.ErrorBudgetBurningFast[0]));

/** The two series of a service. */
export const availableSeries = "slo:service_available:ratio";
export const objectiveSeries = "slo:objective:ratio";

const errorsIn = (window: Window) => `slo:sli_error:ratio_rate${window}`;
/** Seconds from one look at what is recorded to the next: seldom in a long window, as each costs. */
const stepOf = (hours: number): number => (hours > 24 ? 300 : hours > 1 ? 60 : 30);
/**
 * What took of the budget in a window, as a share of all of it: the time in which nothing was measured counts as time without an
 * error. A service that was stopped for most of an hour, or a Prometheus that was away, is not told of for the minute it takes to start.
 */
const errors = (window: Window): readonly [string, string] => {
  const step = stepOf(hoursOf[window]);
  return [
    errorsIn(window),
    `sum_over_time((1 - ${availableSeries})[${window}:${step}s]) / ${(hoursOf[window] * 3600) / step}`,
  ];
};

/** Recorded once a cluster, by group: long windows seldom, as they are dear. */
export const recordedObjectives: Readonly<
  Record<
    string,
    { readonly interval: string; readonly records: readonly (readonly [string, string])[] }
  >
> = {
  "rzp-objectives": {
    interval: "1m",
    records: [
      ["slo:error_budget:ratio", `1 - ${objectiveSeries}`],
      ...(["5m", "30m", "1h", "2h", "6h"] as const).map(errors),
      ["slo:current_burn_rate:ratio", `${errorsIn("5m")} / slo:error_budget:ratio`],
    ],
  },
  "rzp-objectives-long": {
    interval: "5m",
    records: [
      ...(["1d", "3d", "30d"] as const).map(errors),
      ["slo:period_burn_rate:ratio", `${errorsIn("30d")} / slo:error_budget:ratio`],
      ["slo:period_error_budget_remaining:ratio", "1 - slo:period_burn_rate:ratio"],
    ],
  },
};

/** Nothing is said of a window that began before there was anything to measure: right after its first start a service was away all the time. */
const burning = (rate: BurnRate) => {
  const more = (window: Window) =>
    `${errorsIn(window)} > ${burnFactor(rate)} * slo:error_budget:ratio`;
  return `(${more(rate.long)} and ${more(rate.short)} and slo:error_budget:ratio offset ${rate.long})`;
};

export const objectiveExpressions = {
  ErrorBudgetBurningFast: burnRates.ErrorBudgetBurningFast.map(burning).join(" or "),
  ErrorBudgetBurningSlowly: burnRates.ErrorBudgetBurningSlowly.map(burning).join(" or "),
  ErrorBudgetSpent: "slo:period_burn_rate:ratio > 1",
} as const;

const lookAt = [
  "What else is told of the service: [ServiceDown](ServiceDown.md), [PodNotReady](PodNotReady.md), [ContainerCrashLooping](ContainerCrashLooping.md).",
  "When it was away: the graph of `slo:service_available:ratio` of the service over the last day.",
  "What is left of its budget: `slo:period_error_budget_remaining:ratio`.",
];

export const objectiveAlerts = {
  ErrorBudgetBurningFast: {
    severity: "critical",
    summary:
      "{{ $labels.service }} in {{ $labels.environment }} was away {{ $value | humanizePercentage }} of the time: at this rate its error budget of 30 days is gone within days.",
    meaning:
      "A service is away so often that it spends its error budget at least six times as fast as its objective allows: 2% of the budget in an hour, or 5% in six. It is told of a service that has been watched for as long.",
    lookAt,
    remedy: [
      "Mend what is away; the alert ends when it was there for as long as the short window, 5 or 30 minutes.",
      "After a change of ours: revert the commit and push first, look for the cause then.",
    ],
  },
  ErrorBudgetBurningSlowly: {
    severity: "warning",
    summary:
      "{{ $labels.service }} in {{ $labels.environment }} was away {{ $value | humanizePercentage }} of the time: its error budget does not last for 30 days.",
    meaning:
      "A service is away now and then, and spends its error budget faster than its objective allows: 10% of the budget in a day, or in three.",
    lookAt,
    remedy: [
      "Find what the short absences have in common: restarts at night, a node, a backup, a service it consumes.",
      "They are known and accepted: a lower `objective` in `charts/services/<service>/values.ts`, or `objective: because(false, …)`.",
    ],
  },
  ErrorBudgetSpent: {
    severity: "warning",
    for: "1h",
    summary:
      "{{ $labels.service }} in {{ $labels.environment }} has spent {{ $value | printf `%.1f` }} times its error budget of 30 days.",
    meaning: "A service was away for longer in the last 30 days than its objective allows.",
    lookAt,
    remedy: [
      "Change nothing in it that is not needed until the budget is there again: `slo:period_error_budget_remaining:ratio` above 0.",
      "Or say honestly what it can keep: a lower `objective`.",
    ],
  },
} as const satisfies Readonly<Record<keyof typeof objectiveExpressions, AlertKind>>;
