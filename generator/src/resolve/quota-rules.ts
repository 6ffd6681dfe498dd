/** A quota that a person writes must hold all pods while a new version comes in. */
import type { Release } from "../model/platform.ts";
import { bytes, bytesText, coresText, millicores } from "../model/units.ts";
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
    ["cpu", quota.cpu, millicores, asks.cpu, coresText],
    ["memory", quota.memory, bytes, asks.memory, bytesText],
    ["memoryLimit", quota.memoryLimit, bytes, asks.memoryLimit, bytesText],
    ["pods", quota.pods, Number, pods, String],
  ] as const;
  return compared.flatMap(([field, said, numberOf, needed, words]) =>
    said === undefined || (numberOf as (said: unknown) => number)(said) >= needed
      ? []
      : [
          problemAt(
            "QUOTA_BELOW_REQUESTS",
            service.file,
            ["quota", field],
            {
              message: `the pods of \`${service.name}\` need ${words(needed)} while a new version comes in, more than the quota of \`${field}\``,
              found: JSON.stringify(said),
              expected: `${words(needed)} or more`,
              fix: `write ${JSON.stringify(field === "pods" ? needed : words(needed))}, or leave \`${field}\` out: then it is derived`,
            },
            facts.name,
          ),
        ],
  );
}
