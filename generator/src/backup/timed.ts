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
  /** The whole takes longer when this does. */
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
  const whole = Math.max(0, ...ends.values());
  // From the end backwards: the latest end that makes nothing later.
  const latest = new Map<string, number>();
  for (const step of placed.toReversed()) {
    const own = latest.get(step.name) ?? whole;
    for (const name of step.after)
      latest.set(name, Math.min(latest.get(name) ?? whole, own - step.takes));
  }
  return placed.map((step) => ({
    ...step,
    isCritical: (latest.get(step.name) ?? whole) === step.end,
  }));
}
