/** What a service brings under `objects` stays out of what is somebody else's: it would change what only that one knows. */
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { ownerOf } from "../namespace-owner.ts";
import type { Owned } from "../namespace-owner.ts";
import { isElsewhere } from "../origin.ts";

/** Problems: NAMESPACE_FOREIGN. One of which nobody here knows whose it is takes a reason (`undeclared/beyond-service.ts`). */
export function foreignNamespaces(tree: CheckedTree): Problem[] {
  return tree.objects.filter(isElsewhere).flatMap((object) => {
    const owned = ownerOf(tree, object);
    return owned === undefined ? [] : [problem(object, owned)];
  });
}

function problem(object: CheckedObject, { whose, owner }: Owned): Problem {
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
    found: object.manifest.namespace ?? "",
    expected: `${own}, which is its service's`,
    fix: `take metadata.namespace out, or ${other}`,
  });
}
