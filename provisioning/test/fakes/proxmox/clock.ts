/** The time of the fake. Tests give durations in its seconds and say how many real ones each of them lasts. */

export interface Clock {
  /** Seconds since the fake began. */
  readonly now: () => number;
  /** The same as a date, in Unix seconds. */
  readonly date: () => number;
  /** Gives whether the time passed; it did not when the clock was stopped meanwhile. */
  readonly wait: (seconds: number) => Promise<boolean>;
  readonly stop: () => void;
}

/** In: how many real seconds one of its seconds lasts: 0.01 lets an hour pass in 36 s. */
export function startClock(scale: number): Clock {
  const began = performance.now();
  const beganAt = Date.now() / 1000;
  const waiting = new Map<NodeJS.Timeout, () => void>();
  const now = (): number => (performance.now() - began) / 1000 / scale;
  return {
    now,
    date: () => Math.floor(beganAt + now()),
    wait: (seconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(
          () => {
            waiting.delete(timer);
            resolve(true);
          },
          seconds * scale * 1000,
        );
        waiting.set(timer, () => resolve(false));
      }),
    stop: () => {
      for (const [timer, end] of waiting) {
        clearTimeout(timer);
        end();
      }
      waiting.clear();
    },
  };
}
