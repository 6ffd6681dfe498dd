/** A quota that an object or a patch makes, below what the pods of its service need: some of them would never be made. */
import { bytes, millicores } from "../../model/units.ts";
import type { Problem } from "../../problems/problem.ts";
import { shortagesOf } from "../../release/resources/quota-shortages.ts";
import { patchesOfPods } from "../../release/resources/unknown-pods.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isUntouched } from "../origin.ts";
import { at, list } from "../../model/reading.ts";

/** Keys of a quota that limit the same. */
const keys = {
  cpu: ["requests.cpu", "cpu"],
  memory: ["requests.memory", "memory"],
  memoryLimit: ["limits.memory"],
  pods: ["pods", "count/pods"],
} as const;

/** Problems: QUOTA_BELOW_REQUESTS; its check on `quota` is in resolve/rules/quota.ts. */
export function smallQuotas(tree: CheckedTree): Problem[] {
  return tree
    .ofKind("/ResourceQuota")
    .filter((quota) => !isUntouched(quota) && isForAllPods(quota))
    .flatMap(short);
}

/** One with a scope counts some of the pods; of pods that a patch changes nobody here knows how many there are. */
const isForAllPods = ({ tree, manifest, release: { service } }: CheckedObject) =>
  manifest.namespace === service.namespace &&
  patchesOfPods(service).length === 0 &&
  list(tree, "spec", "scopes").length === 0 &&
  at(tree, "spec", "scopeSelector") === undefined;

function short(object: CheckedObject): Problem[] {
  const { release } = object;
  const hard = at(object.tree, "spec", "hard");
  /** The least of those that are there. */
  const limit = (field: keyof typeof keys, parse: (quantity: string) => number) =>
    keys[field]
      .flatMap((key) => {
        const value = at(hard, key);
        return typeof value === "string" || typeof value === "number"
          ? [{ key, value, amount: parse(String(value)) }]
          : [];
      })
      .toSorted((a, b) => a.amount - b.amount)[0];
  const limits = {
    cpu: limit("cpu", millicores),
    memory: limit("memory", bytes),
    memoryLimit: limit("memoryLimit", bytes),
    pods: limit("pods", bytes),
  };
  return shortagesOf(release, {
    cpu: limits.cpu?.amount,
    memory: limits.memory?.amount,
    memoryLimit: limits.memoryLimit?.amount,
    pods: limits.pods?.amount,
  }).map(({ field, write, words }) =>
    problemIn(object, {
      code: "QUOTA_BELOW_REQUESTS",
      path: ["spec", "hard", limits[field]?.key ?? ""],
      field: ["quota", field],
      message: `the pods of ${release.service.name} need ${words} while a new version comes in, more than \`${limits[field]?.key}\``,
      found: JSON.stringify(limits[field]?.value),
      expected: `${JSON.stringify(String(write))} or more`,
      fix: `write ${JSON.stringify(String(write))}, or take it out: the quota is derived, and quota of the service says another one`,
    }),
  );
}
