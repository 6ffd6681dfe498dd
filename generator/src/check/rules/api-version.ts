/** An API version the cluster does not serve: the object would be refused. */
import { clusterFile } from "../../model/paths.ts";
import type { Problem } from "../../problems/problem.ts";
import { groupOf } from "../../model/scopes.ts";
import { addedIn, nativeVersions, pinnedVersions, removedIn } from "../api-versions.ts";
import { servedVersions } from "../definition-text.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";

/** Problems: MANIFEST_API_VERSION; a warning for a group nobody here knows, which a chart may bring. */
export function apiVersions(tree: CheckedTree): Problem[] {
  const suspects = tree.objects.flatMap((object) =>
    checkObject(object).map((problem) => ({ object, problem })),
  );
  const defined = new Map(
    [...new Set(suspects.map(({ object }) => object.release.facts.clusterName))].map((cluster) => [
      cluster,
      definedIn(tree, cluster),
    ]),
  );
  return suspects
    .filter(
      ({ object }) =>
        defined.get(object.release.facts.clusterName)?.has(object.manifest.apiVersion) !== true,
    )
    .map(({ problem }) => problem);
}

function checkObject(object: CheckedObject): Problem[] {
  const { apiVersion } = object.manifest;
  if (object.release.facts.cluster.apiVersionsServed?.includes(apiVersion) === true) return [];
  const group = groupOf(apiVersion);
  const version = apiVersion.slice(group === "" ? 0 : group.length + 1);
  const native = nativeVersions[group];
  if (native !== undefined) return checkNative(object, group, version, native);
  const pinned = pinnedVersions[group];
  if (pinned === undefined)
    return [
      found(object, {
        severity: "warning",
        message: `nothing that RZP knows of serves ${apiVersion}`,
        expected: "an API version the cluster serves",
      }),
    ];
  return pinned.includes(version)
    ? []
    : [
        found(object, {
          message: `${apiVersion} is not served`,
          expected: `one of: ${pinned.map((one) => `${group}/${one}`).join(", ")}`,
        }),
      ];
}

function checkNative(
  object: CheckedObject,
  group: string,
  version: string,
  served: readonly string[],
): Problem[] {
  const { apiVersion, kind } = object.manifest;
  const { kubernetesVersion } = object.release.facts.cluster;
  const minor = Number(kubernetesVersion.split(".")[1]);
  const expected =
    served.length === 0
      ? "another group: it is gone as a whole"
      : `one of: ${served.map((one) => (group === "" ? one : `${group}/${one}`)).join(", ")}`;
  if (served.includes(version)) {
    const first = addedIn[`${apiVersion} ${kind}`] ?? 0;
    return first <= minor
      ? []
      : [
          found(object, {
            message: `${kind} came to ${apiVersion} with Kubernetes 1.${first}, and the cluster has ${kubernetesVersion}`,
            expected: "a kind the cluster has",
          }),
        ];
  }
  const last = removedIn[apiVersion];
  if (last !== undefined && last <= minor)
    return [
      found(object, {
        message: `Kubernetes ${kubernetesVersion} no longer has ${apiVersion}, removed in 1.${last}`,
        expected,
      }),
    ];
  return [
    found(object, {
      message: `Kubernetes ${kubernetesVersion} does not serve ${apiVersion} unless its API server is told to`,
      expected,
    }),
  ];
}

function found(
  object: CheckedObject,
  {
    severity = "error",
    message,
    expected,
  }: { severity?: "error" | "warning"; message: string; expected: string },
): Problem {
  const { facts } = object.release;
  const { apiVersion } = object.manifest;
  return problemIn(object, {
    code: "MANIFEST_API_VERSION",
    severity,
    path: ["apiVersion"],
    field: [],
    message,
    found: apiVersion,
    expected,
    fix: `write another version, or add "${apiVersion}" to apiVersionsServed in ${clusterFile(facts.clusterName)}`,
  });
}

/** What CRDs in the tree itself define. */
function definedIn(tree: CheckedTree, cluster: string): ReadonlySet<string> {
  return new Set(
    tree
      .inNamespace(cluster, "apiextensions.k8s.io/CustomResourceDefinition", undefined)
      .flatMap(servedVersions),
  );
}
