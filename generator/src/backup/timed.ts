/** Steps that wait for one another, in time. */

export interface RecoveryStep {
  readonly name: string;
  readonly about: string;
  /** Names of the steps it waits for. */
  readonly after: readonly string[];
  /** Seconds it takes. */
  readonly takes: number;
  /** Of a restore: how many claims it brings back, and what these take of it whatever is in them. */
  readonly claims?: { readonly count: number; readonly take: number };
  /** Whether it belongs to bulk, which comes back while all else runs. */
  readonly isBulk: boolean;
  readonly commands: readonly string[];
}

export interface TimedStep extends RecoveryStep {
  readonly start: number;
  readonly end: number;
  /** The whole, or all but bulk, takes longer when this does. */
  readonly isCritical: boolean;
}

/** In: steps, each after those it waits for. Out: when each begins and ends, and which of them nothing can wait for. */
export function timed(steps: readonly RecoveryStep[]): TimedStep[] {
  const ends = new Map<string, number>();
  const placed = steps.map((step) => {
    const start = Math.max(0, ...step.after.map((name) => ends.get(name) ?? 0));
    const end = start + step.takes;
    ends.set(step.name, end);
    return { ...step, start, end };
  });
  const ofRest = endOf(placed.filter(({ isBulk }) => !isBulk));
  const whole = endOf(placed);
  // From the end backwards: the latest end that makes nothing later, neither the whole nor all but bulk.
  const latest = new Map(placed.map(({ name, isBulk }) => [name, isBulk ? whole : ofRest]));
  const latestOf = (name: string) => latest.get(name) ?? whole;
  for (const { name: later, after, takes } of placed.toReversed())
    for (const name of after) latest.set(name, Math.min(latestOf(name), latestOf(later) - takes));
  return placed.map((step) => ({ ...step, isCritical: latestOf(step.name) === step.end }));
}

/** When the last of them ends. */
export const endOf = (steps: readonly { readonly end: number }[]): number =>
  Math.max(0, ...steps.map(({ end }) => end));
