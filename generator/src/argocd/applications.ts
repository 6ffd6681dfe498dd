/** One explicit Application per service and layer it touches, and the root that holds them all. */
import { argocdFolder, renderedFolder } from "../model/paths.ts";
import { waveOf } from "../release/layers.ts";
import type { ObjectLayer } from "../release/layers.ts";
import {
  argocdNamespace,
  clusterLabel,
  ownService,
  projectName,
  rootName,
} from "../model/names.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import { reasonsIn } from "../release/exceptions.ts";

/** Argo CD's own words for: objects go before their Application. Without the part after the slash the API server warns. */
const removesItsObjects = "resources-finalizer.argocd.argoproj.io/foreground";

/** The cluster Argo CD itself runs on (Argo CD, declarative setup). */
export const inCluster = "https://kubernetes.default.svc";

/** What of a service one Application syncs. */
export interface ServiceLayer {
  readonly service: string;
  readonly tier: string;
  readonly namespace: string;
  readonly layer: ObjectLayer;
  /** File names in the service's folder; undefined when it is all of them. */
  readonly files: readonly string[] | undefined;
  /** The upstream chart, when it is this layer that installs it. */
  readonly chart?: ChartInstallation;
  /** What it has may bear the name of another Application: that of the service before it was renamed. */
  readonly takesOver?: boolean;
}

export interface ChartInstallation {
  readonly repoURL: string;
  readonly chart: string;
  readonly version: string;
  readonly release: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Applications of the last layer are not gated: one broken hobby service holds up nobody. The others
 * follow the waves of the root, which wait for the real health of the layer before.
 */
export function application(facts: EnvironmentFacts, part: ServiceLayer, name: string): object {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name,
      namespace: argocdNamespace,
      labels: applicationLabels(facts.name, part),
      annotations: {
        "argocd.argoproj.io/sync-wave": String(waveOf(part.layer)),
        "argocd.argoproj.io/compare-options": "ServerSideDiff=true",
        "argocd.argoproj.io/manifest-generate-paths": ".",
      },
      // Deleting the Application takes its objects along, except those that say Delete=false.
      finalizers: [removesItsObjects],
    },
    spec: {
      project: projectName(facts.name, part.tier),
      destination: { server: inCluster, namespace: part.namespace },
      ...sources(facts, part),
      ignoreDifferences,
      revisionHistoryLimit: 5,
      syncPolicy: part.takesOver === true ? takingOver : syncPolicy,
    },
  };
}

function applicationLabels(
  environment: string,
  { service, tier, layer }: ServiceLayer,
): Record<string, string> {
  return {
    "app.kubernetes.io/managed-by": "rzp",
    "rzp.local/environment": environment,
    "rzp.local/layer": layer,
    "rzp.local/service": service,
    "rzp.local/tier": tier,
  };
}

function sources(facts: EnvironmentFacts, part: ServiceLayer): object {
  const folder =
    part.service === ownService
      ? ownFolder(facts.name)
      : `kubernetes/${facts.name}/${part.service}`;
  const own = gitSource(facts, folder, part.files);
  if (part.chart === undefined) return { source: own };
  const { repoURL, chart, version, release, values } = part.chart;
  return {
    sources: [
      {
        repoURL,
        chart,
        targetRevision: version,
        helm: { releaseName: release, valuesObject: values },
      },
      own,
    ],
  };
}

/** A folder of plain files; with a list, just these. */
function gitSource(
  facts: EnvironmentFacts,
  path: string,
  files: readonly string[] | undefined,
  held: readonly string[] = [],
): object {
  const include = files === undefined ? "*.yaml" : anyOf(files);
  return {
    repoURL: facts.cluster.repository.url,
    targetRevision: facts.environment.revision,
    path,
    directory: held.length === 0 ? { include } : { include, exclude: anyOf(held) },
  };
}

/** A pattern for just these files. */
const anyOf = (files: readonly string[]): string =>
  files.length === 1 ? (files[0] ?? "") : `{${files.join(",")}}`;

const syncPolicy = {
  automated: { enabled: true, prune: true, selfHeal: true },
  // Argo CD multiplies before the first retry too: it comes after ten seconds.
  retry: { limit: 10, refresh: true, backoff: { duration: "5s", factor: 2, maxDuration: "5m" } },
  syncOptions: [
    "ServerSideApply=true",
    "FailOnSharedResource=true",
    "ApplyOutOfSyncOnly=true",
    "RespectIgnoreDifferences=true",
  ],
};

/**
 * A service that was renamed has the namespace and claims of the Application that was there under the other name. They stay
 * when that one goes, with its name on them, and a sync that refuses what bears another's name would never begin.
 */
const takingOver = {
  ...syncPolicy,
  syncOptions: syncPolicy.syncOptions.filter((option) => option !== "FailOnSharedResource=true"),
};

/** Fields that controllers fill in or own: known to differ, and never ours. */
const ignoreDifferences = [
  {
    group: "admissionregistration.k8s.io",
    kind: "MutatingWebhookConfiguration",
    jqPathExpressions: [".webhooks[]?.clientConfig.caBundle"],
  },
  {
    group: "admissionregistration.k8s.io",
    kind: "ValidatingWebhookConfiguration",
    jqPathExpressions: [".webhooks[]?.clientConfig.caBundle"],
  },
  {
    group: "apiextensions.k8s.io",
    kind: "CustomResourceDefinition",
    jqPathExpressions: [".spec.conversion.webhook.clientConfig.caBundle"],
  },
];

/** As at the namespace of a service. */
const becauseAnnotation = "rzp.local/because";

/**
 * The root: applied by hand once, from then on it keeps itself, the projects and all Applications. It comes
 * before them, so that a mended root mends the rest; its own health check lets it not wait for itself. With files that
 * are held, it is the root of a cluster that is being restored. What the environment loosens stands at it.
 */
export function rootApplication(
  facts: EnvironmentFacts,
  project: string,
  held: readonly string[] = [],
): object {
  const loosened = Object.entries(reasonsIn(facts.environment));
  const reasons = loosened.map(([fact, reason]) => `${fact}: ${reason}`).join("\n");
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name: rootName(facts.name),
      namespace: argocdNamespace,
      labels: {
        "app.kubernetes.io/managed-by": "rzp",
        [clusterLabel]: facts.clusterName,
        "rzp.local/environment": facts.name,
      },
      annotations: {
        "argocd.argoproj.io/sync-wave": "-20",
        "argocd.argoproj.io/sync-options": "Prune=false",
        ...(reasons === "" ? {} : { [becauseAnnotation]: reasons }),
      },
      finalizers: [removesItsObjects],
    },
    spec: {
      project,
      destination: { server: inCluster, namespace: argocdNamespace },
      source: gitSource(facts, argocdFolder(facts.name), undefined, held),
      revisionHistoryLimit: 5,
      syncPolicy: held.length === 0 ? syncPolicy : onlyAdding,
    },
  };
}

/** A root that leaves things out: applied where they run already, it must not end them. */
const onlyAdding = { ...syncPolicy, automated: { ...syncPolicy.automated, prune: false } };

/** Folder of the environment's own objects. */
export const ownFolder = (environment: string) => renderedFolder(environment, `_${ownService}`);
