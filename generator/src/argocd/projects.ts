/** AppProjects: what the Applications of a tier may touch, from what its services really have. */
import type { EnvironmentFacts } from "../model/platform.ts";
import { groupOf, isClusterScoped } from "../model/scopes.ts";
import type { ManifestHeader } from "../model/manifest.ts";
import { argocdNamespace, inCluster } from "./applications.ts";
import { projectName, rootName } from "../model/names.ts";

/** A tier's share of the environment: its namespaces and objects, and the charts it installs. */
export interface TierContent {
  readonly tier: string;
  readonly namespaces: readonly string[];
  readonly objects: readonly ManifestHeader[];
  readonly chartSources: readonly string[];
  /** Charts that Argo CD fetches: what they bring is not known before they are vendored, so it may be any kind. */
  readonly bringsCharts: boolean;
}

/** The AppProject of a tier: exactly the repositories, namespaces and kinds its Applications need. */
export function tierProject(facts: EnvironmentFacts, content: TierContent): object {
  return project(facts, projectName(facts.name, content.tier), {
    description: facts.tiers[content.tier]?.about ?? content.tier,
    sourceRepos: [...new Set([facts.cluster.repository.url, ...content.chartSources])].sort(),
    destinations: content.namespaces
      .toSorted()
      .map((namespace) => ({ server: inCluster, namespace })),
    clusterResourceWhitelist: content.bringsCharts
      ? [{ group: "*", kind: "*" }]
      : clusterKinds(content.objects),
    namespaceResourceWhitelist: content.bringsCharts
      ? [{ group: "*", kind: "*" }]
      : namespacedKinds(content.objects),
  });
}

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

/** What exists once on a cluster is allowed by name where the name carries the tenant's data or rights. */
const byName: ReadonlySet<string> = new Set([
  "Namespace",
  "PersistentVolume",
  "ClusterRole",
  "ClusterRoleBinding",
  "PriorityClass",
  "ClusterSecretStore",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
]);

function clusterKinds(objects: readonly ManifestHeader[]): object[] {
  const entries = objects.filter(isOnCluster).map((object) => ({
    group: groupOf(object.apiVersion),
    kind: object.kind,
    ...(byName.has(object.kind) ? { name: object.name } : {}),
  }));
  return distinct(entries);
}

/** A chart's own kinds are in no list of ours: its objects without a namespace are those its CRDs say are cluster-scoped. */
function isOnCluster(object: ManifestHeader): boolean {
  return object.namespace === undefined || isClusterScoped(object.apiVersion, object.kind);
}

function namespacedKinds(objects: readonly ManifestHeader[]): object[] {
  return distinct(
    objects
      .filter((object) => !isOnCluster(object))
      .map((object) => ({ group: groupOf(object.apiVersion), kind: object.kind })),
  );
}

function distinct<T extends object>(entries: readonly T[]): T[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry);
}
