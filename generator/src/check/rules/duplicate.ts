/** Two sources for one object on one cluster: they would overwrite each other for ever. */
import type { Problem } from "../../problems/problem.ts";
import { nameOf, problemIn } from "../finding.ts";
import type { AllObjects, CheckedObject } from "../objects.ts";

/** Problems: MANIFEST_DUPLICATE of objects among these, at every source but the first, which is named. */
export function duplicates(tree: AllObjects, among: readonly CheckedObject[]): Problem[] {
  return [...Map.groupBy(among, identityOf).values()].flatMap(([one]) => {
    if (one === undefined) return [];
    const { release, kind, manifest } = one;
    const [first, ...others] = tree.named(
      release.facts.clusterName,
      kind,
      manifest.namespace,
      manifest.name,
    );
    return others.flatMap((object) => (first === undefined ? [] : [duplicate(object, first)]));
  });
}

function identityOf({ release, kind, manifest }: CheckedObject): string {
  return [release.facts.clusterName, kind, manifest.namespace ?? "", manifest.name].join(" ");
}

function duplicate(object: CheckedObject, first: CheckedObject): Problem {
  const { service, facts } = first.release;
  const problem = problemIn(object, {
    code: "MANIFEST_DUPLICATE",
    path: ["metadata", "name"],
    field: [],
    message: `${service.name} in ${facts.name} renders the same object on cluster ${facts.clusterName}`,
    found: `${object.manifest.namespace === undefined ? "" : `${object.manifest.namespace}/`}${object.manifest.name}`,
    expected: "one source for each object",
    fix:
      service.name === object.release.service.name
        ? `give the environments different prefixes, or render ${nameOf(object)} in one of them only`
        : "rename it here, or take it out of one of the two services",
  });
  return {
    ...problem,
    related: [{ file: service.file, note: `the other source, in ${facts.name}` }],
  };
}
