/** AppProjects: what the Applications of a tier may touch. */
import type { EnvironmentFacts } from "../model/platform.ts";
import { namespacedLibraryKinds, type Kind } from "../model/library-kinds.ts";
import { at, list } from "../model/reading.ts";
import { groupOf, isClusterScoped } from "../model/scopes.ts";
import type { Manifest, ManifestHeader } from "../model/manifest.ts";
import { inCluster } from "./applications.ts";
import { argocdNamespace, projectName, rootName } from "../model/names.ts";

type AllowedObject = ManifestHeader & Pick<Manifest, "vendored">;

/** A tier's share of the environment: its namespaces and objects, and the charts it installs. */
export interface TierContent {
  readonly tier: string;
  readonly about: string;
  /** What the names of its namespaces begin with, and of its objects that belong to none; what else there is has no such beginning. */
  readonly beginning?: string;
  readonly namespaces: readonly string[];
  readonly objects: readonly AllowedObject[];
  readonly chartSources: readonly string[];
  /** Charts that Argo CD fetches: what they bring is not known before they are vendored, so it may be any kind. */
  readonly bringsCharts: boolean;
}

/**
 * The AppProject of a tier: its namespaces, the kinds of the library, and what its services bring beside. Argo CD removes
 * only what a project allows at that moment: one that named just what is there now would leave the objects of a service
 * that is taken out (`getPermittedAppLiveObjects` of its controller). So a tier's project does not follow from who is in it,
 * as far as that can be.
 */
export function tierProject(facts: EnvironmentFacts, content: TierContent): object {
  const { beginning, objects, bringsCharts } = content;
  const all = beginning === undefined ? undefined : `${beginning}*`;
  const namespaces = content.namespaces.filter((name) => !isOfTier(name, beginning)).toSorted();
  const anyKind = [{ group: "*", kind: "*" }];
  return project(facts, projectName(facts.name, content.tier), {
    description: content.about,
    sourceRepos: [...new Set([facts.cluster.repository.url, ...content.chartSources])].sort(),
    destinations: [...(all === undefined ? [] : [all]), ...namespaces].map((namespace) => ({
      server: inCluster,
      namespace,
    })),
    clusterResourceWhitelist: bringsCharts ? anyKind : clusterKinds(objects, beginning),
    namespaceResourceWhitelist: bringsCharts
      ? anyKind
      : distinct([
          ...(beginning === undefined ? [] : namespacedLibraryKinds),
          ...namespacedKinds(objects),
        ]),
  });
}

const isOfTier = (name: string, beginning: string | undefined): boolean =>
  beginning !== undefined && name.startsWith(beginning);

/** The root's project: Applications and projects in Argo CD's namespace, and nothing else. */
export function rootProject(facts: EnvironmentFacts): object {
  return project(facts, rootName(facts.name), {
    description: `The root of ${facts.name}: projects and Applications`,
    sourceRepos: [facts.cluster.repository.url],
    destinations: [{ server: inCluster, namespace: argocdNamespace }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [
      { group: "argoproj.io", kind: "AppProject" },
      { group: "argoproj.io", kind: "Application" },
    ],
  });
}

function project(facts: EnvironmentFacts, name: string, spec: object): object {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: {
      name,
      namespace: argocdNamespace,
      labels: { "app.kubernetes.io/managed-by": "rzp", "rzp.local/environment": facts.name },
      annotations: { "argocd.argoproj.io/sync-wave": "-30" },
    },
    spec,
  };
}

/**
 * Of a chart's objects on the cluster only those that carry data or rights are allowed by name: its next version has
 * others, and Argo CD would leave a webhook or a definition that its project no longer names.
 */
const namedOfCharts: ReadonlySet<string> = new Set([
  "Namespace",
  "PersistentVolume",
  "ClusterRole",
  "ClusterRoleBinding",
  "PriorityClass",
  "ClusterSecretStore",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
]);

/** What a service of a tier may have on the cluster, under a name that begins as its namespace does. */
const ofEveryTier: readonly Kind[] = [
  { group: "", kind: "Namespace" },
  { group: "", kind: "PersistentVolume" },
  { group: "rbac.authorization.k8s.io", kind: "ClusterRole" },
  { group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding" },
];

function clusterKinds(
  objects: readonly AllowedObject[],
  beginning: string | undefined,
): readonly object[] {
  const every =
    beginning === undefined ? [] : ofEveryTier.map((kind) => ({ ...kind, name: `${beginning}*` }));
  const isAllowed = ({ apiVersion, kind, name }: ManifestHeader) =>
    isOfTier(name, beginning) &&
    ofEveryTier.some((one) => one.kind === kind && one.group === groupOf(apiVersion));
  const entries = objects
    .filter((object) => isOnCluster(object) && !isAllowed(object))
    .map(({ apiVersion, kind, name, vendored }) => ({
      group: groupOf(apiVersion),
      kind,
      ...(vendored !== true || namedOfCharts.has(kind) ? { name } : {}),
    }));
  return distinct([...every, ...entries]);
}

/** A chart's own kinds are in no list of ours: its objects without a namespace are those its CRDs say are cluster-scoped. */
function isOnCluster(object: ManifestHeader): boolean {
  return object.namespace === undefined || isClusterScoped(object.apiVersion, object.kind);
}

const namespacedKinds = (objects: readonly ManifestHeader[]): Kind[] =>
  objects
    .filter((object) => !isOnCluster(object))
    .map(({ apiVersion, kind }) => ({ group: groupOf(apiVersion), kind }));

/** In: an AppProject and an object as they are rendered. Out: whether its kind and name are allowed: Argo CD leaves what is not. */
export function allows(appProject: unknown, object: unknown): boolean {
  const isOfCluster = at(object, "metadata", "namespace") === undefined;
  const kinds = isOfCluster ? "clusterResourceWhitelist" : "namespaceResourceWhitelist";
  return list(appProject, "spec", kinds).some(
    (entry) =>
      isLike(groupOf(String(at(object, "apiVersion"))), at(entry, "group")) &&
      isLike(String(at(object, "kind")), at(entry, "kind")) &&
      isLike(String(at(object, "metadata", "name")), at(entry, "name") ?? "*"),
  );
}

/** Of patterns RZP writes those that begin or are anything. */
const isLike = (word: string, pattern: unknown) =>
  typeof pattern === "string" && pattern.endsWith("*")
    ? word.startsWith(pattern.slice(0, -1))
    : word === pattern;

function distinct<T extends object>(entries: readonly T[]): T[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry);
}
