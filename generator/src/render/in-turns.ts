/** Work on as many cores as there are. */
import { availableParallelism } from "node:os";

/** Out: what begins work, at once or when some that was begun before ends: as many at a time as there are cores. */
export function turns(): <R>(work: () => Promise<R>) => Promise<R> {
  let free = availableParallelism();
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

/** Results in the order of the work. */
export function inTurns<T, R>(work: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const turn = turns();
  return Promise.all(work.map((item) => turn(() => each(item))));
}
