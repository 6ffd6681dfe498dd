/** What a service brings under `objects` stays out of what is somebody else's: it would change what only that one knows. */
import type { Problem } from "../../problems/problem.ts";
import { foreignNamespace } from "../../release/foreign-namespaces.ts";
import { ownObject } from "../../release/objects.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";

/** Problems: NAMESPACE_FOREIGN. A namespace of which nobody here knows whose it is may hold objects. */
export function foreignNamespaces(tree: CheckedTree): Problem[] {
  return tree.objects.flatMap((object) => {
    const { service, facts } = object.release;
    const { namespace, vendored } = object.manifest;
    if (namespace === undefined || namespace === service.namespace || vendored === true) return [];
    if (ownObject(service, object.manifest) === undefined) return [];
    const owner = tree.owner(facts.clusterName, namespace)?.service.name;
    const whose =
      owner === undefined ? foreignNamespace(facts.cluster, namespace)?.whose : `of ${owner}`;
    return whose === undefined ? [] : [problem(object, { namespace, whose, owner })];
  });
}

interface Found {
  readonly namespace: string;
  readonly whose: string;
  readonly owner: string | undefined;
}

function problem(object: CheckedObject, { namespace, whose, owner }: Found): Problem {
  const own = object.release.service.namespace;
  const other =
    owner === undefined
      ? "have it put there by what sets up the cluster"
      : `write it in the file of ${owner}`;
  return problemIn(object, {
    code: "NAMESPACE_FOREIGN",
    path: ["metadata", "namespace"],
    field: [],
    message: `it would be in a namespace ${whose}`,
    found: namespace,
    expected: `${own}, which is its service's`,
    fix: `take metadata.namespace out, or ${other}`,
  });
}
