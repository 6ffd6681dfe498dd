/** Rendered objects as the rules see them: parsed when a rule looks inside, and once only. */
import { load } from "js-yaml";
import type { RenderedRelease } from "../model/rendered.ts";
import type { Manifest } from "../model/manifest.ts";
import type { Release } from "../model/platform.ts";
import { groupOf } from "../model/scopes.ts";
import { isTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";

export interface CheckedObject {
  readonly release: Release;
  readonly manifest: Manifest;
  /** `apps/Deployment`; `/Service` for the core group. */
  readonly kind: string;
  /** Content; half of all objects are policies that no rule looks into, so it is parsed when asked for. */
  readonly tree: Tree;
}

/** All objects, and the questions rules ask about a cluster. */
export interface CheckedTree {
  readonly objects: readonly CheckedObject[];
  /** Objects of a kind in the order of the releases. */
  readonly ofKind: (kind: string) => readonly CheckedObject[];
  /** The one of a name on a cluster; cluster-scoped ones have no namespace. */
  readonly find: (
    cluster: string,
    kind: string,
    namespace: string | undefined,
    name: string,
  ) => CheckedObject | undefined;
  /** Objects of a kind in one namespace of a cluster. */
  readonly inNamespace: (
    cluster: string,
    kind: string,
    namespace: string | undefined,
  ) => readonly CheckedObject[];
  /** Releases by the namespace they own, on a cluster. */
  readonly owner: (cluster: string, namespace: string) => Release | undefined;
}

/** In: rendered releases of all environments. Out: the same for rules; nothing is parsed yet. */
export function checkedTree(releases: readonly RenderedRelease[]): CheckedTree {
  const objects = releases.flatMap(({ release, manifests }) =>
    manifests.map((manifest) => checkedObject(release, manifest)),
  );
  const byKind = Map.groupBy(objects, ({ kind }) => kind);
  const byNamespace = Map.groupBy(objects, (object) =>
    namespaceKey(object.release.facts.clusterName, object.kind, object.manifest.namespace),
  );
  const byName = new Map(
    objects.map((object) => [
      `${namespaceKey(object.release.facts.clusterName, object.kind, object.manifest.namespace)} ${object.manifest.name}`,
      object,
    ]),
  );
  const owners = new Map(
    releases.map(({ release }) => [
      `${release.facts.clusterName} ${release.service.namespace}`,
      release,
    ]),
  );
  return {
    objects,
    ofKind: (kind) => byKind.get(kind) ?? [],
    find: (cluster, kind, namespace, name) =>
      byName.get(`${namespaceKey(cluster, kind, namespace)} ${name}`),
    inNamespace: (cluster, kind, namespace) =>
      byNamespace.get(namespaceKey(cluster, kind, namespace)) ?? [],
    owner: (cluster, namespace) => owners.get(`${cluster} ${namespace}`),
  };
}

const namespaceKey = (cluster: string, kind: string, namespace: string | undefined) =>
  `${cluster} ${kind} ${namespace ?? ""}`;

function checkedObject(release: Release, manifest: Manifest): CheckedObject {
  let parsed: Tree | undefined;
  return {
    release,
    manifest,
    kind: `${groupOf(manifest.apiVersion)}/${manifest.kind}`,
    get tree() {
      parsed ??= parse(manifest.text);
      return parsed;
    },
  };
}

function parse(document: string): Tree {
  const value: unknown = load(document);
  return isTree(value) ? value : {};
}
