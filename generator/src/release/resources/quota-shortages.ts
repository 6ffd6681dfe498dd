/** What of a quota is below what the pods of a service need. */
import type { Release } from "../../model/platform.ts";
import { bytesText, bytesWords, coresText, coresWords, countWords } from "../../model/units.ts";
import { peakOf } from "./quota.ts";

/** Thousandths of a core, bytes, pods. */
export interface QuotaAmounts {
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly memoryLimit: number | undefined;
  readonly pods: number | undefined;
}

export interface Shortage {
  readonly field: keyof QuotaAmounts;
  /** What would be enough, as it is written. */
  readonly write: string | number;
  readonly words: string;
}

/** In: a release and amounts of a quota; what it does not limit is undefined. Out: what is too little while a new version comes in. */
export function shortagesOf(release: Release, amounts: QuotaAmounts): Shortage[] {
  const { asks, pods } = peakOf(release);
  const compared = [
    {
      field: "cpu",
      needed: asks.cpu,
      write: coresText(asks.cpu),
      words: `${coresWords(asks.cpu)} of processor time`,
    },
    {
      field: "memory",
      needed: asks.memory,
      write: bytesText(asks.memory),
      words: `${bytesWords(asks.memory)} of memory`,
    },
    {
      field: "memoryLimit",
      needed: asks.memoryLimit,
      write: bytesText(asks.memoryLimit),
      words: `${bytesWords(asks.memoryLimit)} of memory as their limit`,
    },
    {
      field: "pods",
      needed: pods,
      write: pods,
      words: `room for ${countWords(pods, "pod")}`,
    },
  ] as const;
  return compared.filter(({ field, needed }) => (amounts[field] ?? needed) < needed);
}
