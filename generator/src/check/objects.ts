/** Rendered objects as the rules see them: parsed when a rule looks inside, and once only. */
import { load } from "js-yaml";
import type { RenderedRelease } from "../model/rendered.ts";
import type { Manifest } from "../model/manifest.ts";
import type { Release } from "../model/platform.ts";
import { kindOf } from "../model/scopes.ts";
import { isTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";

export interface CheckedObject {
  readonly release: Release;
  readonly manifest: Manifest;
  /** `apps/Deployment`; `/Service` for the core group. */
  readonly kind: string;
  /** Content; half of all objects are policies that no rule looks into, so it is parsed when asked for. */
  readonly tree: Tree;
  /** Lets the content go: it is parsed again should somebody ask. */
  readonly forget: () => void;
}

/** The questions rules ask about a cluster; cluster-scoped objects have no namespace. */
export interface ClusterObjects {
  /** The one of a name on a cluster; the last, where there are several. */
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

/** The same, with objects to go over. */
export interface CheckedTree extends ClusterObjects {
  readonly objects: readonly CheckedObject[];
  /** Objects of a kind in the order of the releases. */
  readonly ofKind: (kind: string) => readonly CheckedObject[];
}

/** The objects of all releases. */
export interface AllObjects extends ClusterObjects {
  /** Of a release, or of some of its manifests. What was kept is read when it is asked for, so none is spread. */
  readonly of: (
    rendered: Pick<RenderedRelease, "release" | "manifests">,
  ) => readonly CheckedObject[];
  /** All of a name on a cluster, in the order of the releases: more than one is a mistake. */
  readonly named: (
    cluster: string,
    kind: string,
    namespace: string | undefined,
    name: string,
  ) => readonly CheckedObject[];
}

/**
 * In: rendered releases of all environments. Out: the same for rules; nothing is parsed yet. Most runs ask about a
 * few namespaces, so nothing is made of the objects in the others.
 */
export function checkedObjects(releases: readonly RenderedRelease[]): AllObjects {
  const known = new Map<Manifest, CheckedObject>();
  const checked = (release: Release, manifest: Manifest) => {
    const object = known.get(manifest) ?? new ParsedLater(release, manifest);
    known.set(manifest, object);
    return object;
  };
  const kindsIn = byPlace(releases, checked);
  const named: AllObjects["named"] = (cluster, kind, namespace, name) =>
    kindsIn(cluster, namespace).get(kind)?.byName.get(name) ?? [];
  const owners = new Map(
    releases.map(({ release }) => [
      `${release.facts.clusterName} ${release.service.namespace}`,
      release,
    ]),
  );
  return {
    of: ({ release, manifests }) => manifests.map((manifest) => checked(release, manifest)),
    named,
    find: (...place) => named(...place).at(-1),
    inNamespace: (cluster, kind, namespace) => kindsIn(cluster, namespace).get(kind)?.objects ?? [],
    owner: (cluster, namespace) => owners.get(`${cluster} ${namespace}`),
  };
}

/** Objects of many releases that are meant; of the others nothing is made. */
export const objectsAmong = (
  tree: AllObjects,
  releases: readonly RenderedRelease[],
  isMeant: (manifest: RenderedRelease["manifests"][number]) => boolean,
): CheckedObject[] =>
  releases.flatMap(({ release, manifests }) =>
    tree.of({ release, manifests: manifests.filter(isMeant) }),
  );

/** Objects of a kind in one place. On a cluster there are thousands that have no namespace. */
interface OfKind {
  readonly objects: readonly CheckedObject[];
  readonly byName: ReadonlyMap<string, readonly CheckedObject[]>;
}

/** Objects by where they are; those of a namespace by their kinds and names once one of them is asked for. */
function byPlace(
  releases: readonly RenderedRelease[],
  checked: (release: Release, manifest: Manifest) => CheckedObject,
): (cluster: string, namespace: string | undefined) => ReadonlyMap<string, OfKind> {
  const key = (cluster: string, namespace: string | undefined) => `${cluster} ${namespace ?? ""}`;
  const placed = releases.flatMap(({ release, manifests }) =>
    manifests.map((manifest) => ({ release, manifest })),
  );
  const byNamespace = Map.groupBy(placed, ({ release, manifest }) =>
    key(release.facts.clusterName, manifest.namespace),
  );
  const known = new Map<string, ReadonlyMap<string, OfKind>>();
  return (cluster, namespace) => {
    const place = key(cluster, namespace);
    const kinds =
      known.get(place) ??
      byKind(
        (byNamespace.get(place) ?? []).map(({ release, manifest }) => checked(release, manifest)),
      );
    known.set(place, kinds);
    return kinds;
  };
}

const byKind = (all: readonly CheckedObject[]): ReadonlyMap<string, OfKind> =>
  new Map(
    [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, objects]) => [
      kind,
      { objects, byName: Map.groupBy(objects, ({ manifest }) => manifest.name) },
    ]),
  );

class ParsedLater implements CheckedObject {
  readonly release: Release;
  readonly manifest: Manifest;
  readonly kind: string;
  #parsed: Tree | undefined;

  constructor(release: Release, manifest: Manifest) {
    this.release = release;
    this.manifest = manifest;
    this.kind = kindOf(manifest);
  }

  get tree(): Tree {
    return (this.#parsed ??= parse(this.manifest.text));
  }

  forget(): void {
    this.#parsed = undefined;
  }
}

function parse(document: string): Tree {
  const value: unknown = load(document);
  return isTree(value) ? value : {};
}
