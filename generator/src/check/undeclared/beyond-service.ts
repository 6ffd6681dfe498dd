/** An object under `objects` that reaches beyond its service: the cluster's, or in a namespace that is nobody's. */
import { propertyName } from "../../model/identifier.ts";
import { text } from "../../model/reading.ts";
import { groupOf, isClusterScoped } from "../../model/scopes.ts";
import type { Problem } from "../../problems/problem.ts";
import { brings } from "../../release/brings.ts";
import type { OwnObject } from "../../release/objects.ts";
import { nativeVersions } from "../api-versions.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { ownerOf } from "../namespace-owner.ts";
import { isElsewhere, ownOf } from "../origin.ts";

/** What these give is judged by the rules on rights. */
const rights: ReadonlySet<string> = new Set([
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
]);

/** Problems: MANIFEST_UNDECLARED, for each object without a reason. */
export function beyondService(tree: CheckedTree): Problem[] {
  return tree.objects.flatMap((object) => {
    const own = ownOf(object);
    if (own === undefined || own.hasReason) return [];
    const { apiVersion, kind } = object.manifest;
    if (isClusterScoped(apiVersion, kind))
      return rights.has(object.kind) || isBrought(tree, object) ? [] : [ofCluster(object, own)];
    // One that is somebody's is told by NAMESPACE_FOREIGN.
    return isElsewhere(object) && ownerOf(tree, object) === undefined
      ? [inNamespace(object, own)]
      : [];
  });
}

/** Whether the service installs the definitions of its kind: then the kind is the service's to configure. */
function isBrought(tree: CheckedTree, { manifest, release: { service } }: CheckedObject): boolean {
  const group = groupOf(manifest.apiVersion);
  if (nativeVersions[group] !== undefined) return false;
  return (
    brings(service, group) ||
    tree
      .ofKind("apiextensions.k8s.io/CustomResourceDefinition")
      .some(({ manifest: { name } }) => name.endsWith(`.${group}`))
  );
}

function ofCluster(object: CheckedObject, own: OwnObject): Problem {
  const { apiVersion, kind } = object.manifest;
  const group = groupOf(apiVersion);
  const mayBring = object.release.service.kind === "chart" && nativeVersions[group] === undefined;
  const saying = `say brings: [${JSON.stringify(group)}] beside the chart's version, if it installs the definitions; else `;
  const path = nodePath(object);
  return problemIn(object, {
    code: "MANIFEST_UNDECLARED",
    path: [],
    field: [],
    message:
      path === undefined
        ? "it is for the whole cluster, and nothing says why its service has one"
        : `whoever mounts ${path} of a node has what a privileged pod has, and nothing says why its service may`,
    found: kind,
    expected: "an object of the service's own namespace, or a reason",
    fix: `${mayBring ? saying : ""}take it out, or write ${withReason(own)}`,
  });
}

/** Where on a node a PersistentVolume is. */
function nodePath({ kind, tree }: CheckedObject): string | undefined {
  return kind === "/PersistentVolume"
    ? ["hostPath", "local"].map((source) => text(tree, "spec", source, "path")).find(Boolean)
    : undefined;
}

function inNamespace(object: CheckedObject, own: OwnObject): Problem {
  const { namespace = "" } = object.manifest;
  return problemIn(object, {
    code: "MANIFEST_UNDECLARED",
    path: ["metadata", "namespace"],
    field: [],
    message: "it is in a namespace that is no service's, and nothing says why",
    found: namespace,
    expected: `${object.release.service.namespace}, which is its service's, or a reason`,
    fix: `take metadata.namespace out, or write ${withReason(own)}`,
  });
}

/** In: an object of a service. Out: how its file gives it a reason. */
export function withReason({ key, object }: OwnObject): string {
  const made =
    nativeVersions[groupOf(object.apiVersion)] === undefined ? "customObject" : "kubernetesObject";
  return `objects: { ${propertyName(key)}: because(${made}({ … }), "say why here") }`;
}
