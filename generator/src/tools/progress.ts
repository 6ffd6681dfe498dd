/** Says what a long step does and how long it took: `building ct … 43 s`. */
import type { Host } from "./host.ts";

/**
 * Reports a step when it begins and again, with its time, when it ends.
 * In: what is done, the work; out: what the work gives; throws what it throws.
 */
export async function withProgress<T>(
  step: string,
  host: Host,
  work: () => Promise<T>,
): Promise<T> {
  host.report(`${step} …`);
  const begin = performance.now();
  const result = await work();
  host.report(`${step} … ${formatSeconds(performance.now() - begin)}`);
  return result;
}

function formatSeconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
