/** A quota that a person writes must hold all pods while a new version comes in. */
import type { Release } from "../../model/platform.ts";
import { bytes, millicores } from "../../model/units.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { shortagesOf } from "../../release/resources/quota-shortages.ts";

/** Problems: QUOTA_BELOW_REQUESTS. */
export function checkQuota(release: Release): Problem[] {
  const { service, facts } = release;
  const { quota } = service.spec;
  if (quota === undefined) return [];
  return shortagesOf(release, {
    cpu: quota.cpu === undefined ? undefined : millicores(quota.cpu),
    memory: quota.memory === undefined ? undefined : bytes(quota.memory),
    memoryLimit: quota.memoryLimit === undefined ? undefined : bytes(quota.memoryLimit),
    pods: quota.pods,
  }).map(({ field, write, words }) =>
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
  );
}
