/** The middle of several measurements, each figure for itself. */
import type { Figures } from "./measure.ts";

/** In: at least one measurement. Out: the median of each figure, of an even number the mean of the middle two. */
export function median(figures: readonly Figures[]): Figures {
  const middle = (field: keyof Figures) => {
    const sorted = figures.map((one) => one[field]).sort((a, b) => a - b);
    return (
      ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) +
        (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) /
      2
    );
  };
  return {
    wallSeconds: middle("wallSeconds"),
    cpuSeconds: middle("cpuSeconds"),
    peakMebibytes: middle("peakMebibytes"),
  };
}
