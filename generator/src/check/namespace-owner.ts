/** Whose the namespace of a rendered object is. */
import { foreignNamespace } from "../release/network/foreign-namespaces.ts";
import type { CheckedObject, CheckedTree } from "./objects.ts";

export interface Owned {
  readonly whose: string;
  /** The service that has it, where one has. */
  readonly owner: string | undefined;
}

/** Undefined where nobody here knows. */
export function ownerOf(
  tree: CheckedTree,
  { manifest: { namespace = "" }, release: { facts } }: CheckedObject,
): Owned | undefined {
  const owner = tree.owner(facts.clusterName, namespace)?.service.name;
  const whose =
    owner === undefined ? foreignNamespace(facts.cluster, namespace)?.whose : `of ${owner}`;
  return whose === undefined ? undefined : { whose, owner };
}
