/** Two sources for one object on one cluster: they would overwrite each other for ever. */
import type { Problem } from "../../problems/problem.ts";
import { derivedFrom, howToChange, ownKeys } from "../derived-source.ts";
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
    return others.flatMap((object) => {
      if (first === undefined) return [];
      return [ofOneRelease(tree, object, first) ?? duplicate(object, first)];
    });
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

/** An object under `objects` beside another one of the same service; undefined where no key there is the cause. */
function ofOneRelease(
  tree: AllObjects,
  object: CheckedObject,
  first: CheckedObject,
): Problem | undefined {
  const { manifest, release } = object;
  const { service } = release;
  const [key, ...others] = ownKeys(service, manifest);
  const isOfChart = manifest.vendored === true || first.manifest.vendored === true;
  if (key === undefined || first.release !== release || isOfChart) return undefined;
  const more = others.map((other) => `objects.${other}`).join(", ");
  const rename = `call objects.${others.at(-1) ?? key} ${freeName(tree, object)}`;
  return problemIn(object, {
    code: "MANIFEST_DUPLICATE",
    path: ["metadata", "name"],
    field: [],
    message:
      more === ""
        ? `it is made of ${derivedFrom(service, manifest)} already`
        : `objects.${key} and ${more} are one object`,
    found: `${manifest.kind} ${manifest.name} twice`,
    expected: "one source for each object",
    fix: more === "" ? `${rename}, or ${howToChange(service, manifest)}` : rename,
  });
}

/** The same with a number that nobody has. */
function freeName(tree: AllObjects, { release, kind, manifest }: CheckedObject): string {
  const { namespace, name } = manifest;
  for (let number = 2; ; number++) {
    const free = `${name}-${number}`;
    if (tree.named(release.facts.clusterName, kind, namespace, free).length === 0) return free;
  }
}
