/** Labels and annotations that only RZP sets: policies on the cluster, stores of secrets and backups go by them. */
import { asTree } from "../../model/data.ts";
import { at, valuesIn } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { patchName } from "../../release/objects.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { nameOf } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { ownOf, patchOf } from "../origin.ts";

const isReserved = (key: string) => /^(?:pod-security\.kubernetes\.io|rzp\.local)\//.test(key);

/** Problems: MANIFEST_UNDECLARED, one for each label and annotation that an object or a patch sets or takes away. */
export function reservedMetadata(tree: CheckedTree): Problem[] {
  return tree.objects.flatMap((object) => {
    const own = ownOf(object);
    const patch = patchOf(object);
    const patchKeys = ["patches", patchName(object.manifest)];
    return [
      ...(own === undefined ? [] : reservedIn(own.object, own.path)),
      ...(patch === undefined ? [] : reservedIn(patch, patchKeys)),
      ...(patch === undefined || object.manifest.vendored === true
        ? []
        : emptied(patch, patchKeys)),
    ].map((keys) => problem(object, keys));
  });
}

/** In: what is written and where. Out: where in its labels and annotations, also those of pods in it, a key is RZP's. */
const reservedIn = (written: unknown, keys: Keys): Keys[] =>
  valuesIn(written, keys).flatMap(([place, value]) =>
    ["labels", "annotations"].includes(String(place.at(-1)))
      ? Object.keys(asTree(value))
          .filter(isReserved)
          .map((name) => [...place, name])
      : [],
  );

/** A patch that takes all of them away takes RZP's. */
const emptied = (patch: unknown, keys: Keys): Keys[] =>
  ["labels", "annotations"]
    .filter((place) => at(patch, "metadata", place) === null)
    .map((place) => [...keys, "metadata", place]);

function problem(object: CheckedObject, keys: Keys): Problem {
  const { service, facts } = object.release;
  const name = String(keys.at(-1));
  return problemAt(
    "MANIFEST_UNDECLARED",
    service.file,
    keys,
    {
      message: `${nameOf(object)}: ${
        isReserved(name)
          ? `only RZP sets \`${name}\`: policies on the cluster and others go by it`
          : `a patch takes all ${name} away, and policies on the cluster and others go by some`
      }`,
      found: name,
      expected: "labels and annotations of your own",
      fix: name.startsWith("pod-security")
        ? "take it out, and say what its pods need with its reason in security"
        : "take it out, or use a key of your own",
      target: "key",
    },
    facts.name,
  );
}
