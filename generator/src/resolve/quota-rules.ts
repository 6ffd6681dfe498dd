/** A quota that a person writes must hold all pods while a new version comes in. */
import type { Release } from "../model/platform.ts";
import { bytes, bytesText, bytesWords, coresText, coresWords, millicores } from "../model/units.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { peakOf } from "../release/quota.ts";

/** Problems: QUOTA_BELOW_REQUESTS. */
export function checkQuota(release: Release): Problem[] {
  const { service, facts } = release;
  const { quota } = service.spec;
  if (quota === undefined) return [];
  const { asks, pods } = peakOf(release);
  const compared = [
    {
      field: "cpu",
      there: quota.cpu === undefined ? undefined : millicores(quota.cpu),
      needed: asks.cpu,
      write: coresText(asks.cpu),
      words: `${coresWords(asks.cpu)} of processor time`,
    },
    {
      field: "memory",
      there: quota.memory === undefined ? undefined : bytes(quota.memory),
      needed: asks.memory,
      write: bytesText(asks.memory),
      words: `${bytesWords(asks.memory)} of memory`,
    },
    {
      field: "memoryLimit",
      there: quota.memoryLimit === undefined ? undefined : bytes(quota.memoryLimit),
      needed: asks.memoryLimit,
      write: bytesText(asks.memoryLimit),
      words: `${bytesWords(asks.memoryLimit)} of memory as their limit`,
    },
    {
      field: "pods",
      there: quota.pods,
      needed: pods,
      write: pods,
      words: `room for ${pods} ${pods === 1 ? "pod" : "pods"}`,
    },
  ] as const;
  return compared.flatMap(({ field, there, needed, write, words }) =>
    there === undefined || there >= needed
      ? []
      : [
          problemAt(
            "QUOTA_BELOW_REQUESTS",
            service.file,
            ["quota", field],
            {
              message: `the pods of \`${service.name}\` need ${words} while a new version comes in, more than the quota of \`${field}\``,
              found: JSON.stringify(quota[field]),
              expected: `${JSON.stringify(write)} or more`,
              fix: `write ${JSON.stringify(write)}, or leave \`${field}\` out: then it is derived`,
            },
            facts.name,
          ),
        ],
  );
}
