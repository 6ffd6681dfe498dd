/** Work on as many cores as there are. */
import { availableParallelism } from "node:os";

/** As many at a time as there are cores; results in the order of the work. */
export async function inTurns<T, R>(
  work: readonly T[],
  each: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const queue = work.entries();
  const worker = async () => {
    for (const [index, item] of queue) results.set(index, await each(item));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
