/** Tiny rendered trees for rules: objects that pass every rule, changed where a test says so. */
import { dump } from "js-yaml";
import type { CheckableRelease } from "../../src/model/rendered.ts";
import { checkManifests } from "../support/manifests.ts";
import type { Cluster } from "../../src/model/cluster.ts";
import type { EnvironmentFacts, Release } from "../../src/model/platform.ts";
import type { AuthoredService, ServiceSpec } from "../../src/model/service.ts";
import { ServiceSpec as ServiceSchema } from "../../src/model/service.ts";
import type { Problem } from "../../src/problems/problem.ts";
import type { ProblemCode } from "../../src/problems/codes.ts";
import { resolveService } from "../../src/resolve/service.ts";
import { servedByOperators } from "../support/served.ts";

export type Tree = Readonly<Record<string, unknown>>;

const cluster: Cluster = {
  kubernetesVersion: "1.35.4",
  carrier: "prod",
  nodes: {},
  apiServer: { addresses: ["10.0.0.1"] },
  networks: {
    pods: "10.244.0.0/16",
    services: "10.96.0.0/12",
    nodes: "10.0.0.0/24",
    lan: ["10.0.1.0/24"],
  },
  dns: { namespace: "kube-system", podLabels: {}, domain: "cluster.local" },
  scraper: { namespace: "observability-prometheus", podLabels: {} },
  storageClasses: { standard: "longhorn" },
  gateways: {
    internal: {
      name: "internal",
      namespace: "network-gateway",
      podNamespace: "network-gateway",
      podLabels: {},
    },
  },
  apiVersionsServed: servedByOperators,
  repository: { url: "https://git.example.com/platform.git" },
};

export interface Setting {
  readonly environment?: string;
  readonly cluster?: Partial<Cluster>;
  readonly clusterName?: string;
  readonly prefix?: string;
  /** Loosest Pod Security level of the tier. */
  readonly podSecurity?: "restricted" | "baseline" | "privileged";
  readonly name?: string;
  readonly spec?: Partial<ServiceSpec>;
  /** The objects come from an upstream chart. */
  readonly vendored?: true;
}

function factsOf({
  environment = "prod",
  clusterName = "home",
  cluster: own = {},
  prefix,
  podSecurity,
}: Setting): EnvironmentFacts {
  return {
    name: environment,
    environment: {
      cluster: clusterName,
      domain: "example.com",
      revision: "main",
      secrets: { backend: "fake" },
      ...(prefix === undefined ? {} : { prefix }),
    },
    clusterName,
    cluster: { ...cluster, ...own },
    tiers: {
      media: {
        about: "Films, series and photos",
        layer: "applications",
        priority: 1,
        objective: 99,
        ...(podSecurity === undefined ? {} : { podSecurity }),
      },
    },
    timeZone: "Etc/UTC",
    services: [],
    elsewhere: [],
    operators: { secrets: "external-secrets", backups: "velero" },
    ownNamespaces: new Set(),
  };
}

/** A release of the service `sonarr` of tier media, with these objects; its namespace is `media-sonarr`. */
export function rendered(objects: readonly Tree[], setting: Setting = {}): CheckableRelease {
  const { name = "sonarr", spec, vendored } = setting;
  const facts = factsOf(setting);
  const authored = ServiceSchema.parse({
    tier: "media",
    about: "Finds television series",
    image: "example.com/sonarr:1.2.3",
    health: { exec: ["true"] },
    ...spec,
  });
  const service = resolveService(
    name,
    { kind: "service", spec: authored } satisfies AuthoredService,
    facts,
  );
  const release: Release = { facts, service, incoming: [], outgoing: [], calls: [], addresses: {} };
  const manifests = objects.map((object) => ({
    ...manifestOf(object),
    ...(vendored === undefined ? {} : { vendored }),
  }));
  return { release, manifests, metrics: [], wantsSecrets: false };
}

function manifestOf(object: Tree): CheckableRelease["manifests"][number] {
  const { apiVersion, kind, metadata } = object as {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  return {
    apiVersion,
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
    text: dump(object),
    file: `${kind.toLowerCase()}-${metadata.name}.yaml`,
  };
}

/** Findings of one rule over one or several releases. */
export function findings(
  code: ProblemCode,
  ...releases: readonly CheckableRelease[]
): readonly Problem[] {
  return checkManifests(releases).filter((problem) => problem.code === code);
}

/** The messages alone, for tests in which the words are the point. */
export const messages = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ message }) => message);

export const namespace = "media-sonarr";
const labels = { "app.kubernetes.io/name": "sonarr", "app.kubernetes.io/component": "main" };

/** Any object in the service's namespace. */
export function object(apiVersion: string, kind: string, name: string, more: Tree = {}): Tree {
  return { apiVersion, kind, metadata: { name, namespace }, ...more };
}

export function clusterObject(
  apiVersion: string,
  kind: string,
  name: string,
  more: Tree = {},
): Tree {
  return { apiVersion, kind, metadata: { name }, ...more };
}

const probe = { httpGet: { path: "/ping", port: "http" } };

/** A container that passes every rule. */
export function container(more: Tree = {}): Tree {
  return {
    name: "main",
    image: "example.com/sonarr:1.2.3",
    ports: [{ name: "http", containerPort: 8989 }],
    readinessProbe: probe,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    ...more,
  };
}

/** The pod of a workload that passes every rule. */
export function podSpec(more: Tree = {}): Tree {
  return {
    priorityClassName: "tier-media",
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [container()],
    ...more,
  };
}

export function deployment(pod: Tree = podSpec(), more: Tree = {}): Tree {
  return object("apps/v1", "Deployment", "sonarr", {
    spec: {
      strategy: { type: "Recreate" },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: pod },
      ...more,
    },
  });
}

export function cronJob(pod: Tree = podSpec()): Tree {
  return object("batch/v1", "CronJob", "sonarr", {
    spec: {
      schedule: "0 4 * * *",
      jobTemplate: { spec: { template: { metadata: { labels }, spec: pod } } },
    },
  });
}

export function service(more: Tree = {}): Tree {
  return object("v1", "Service", "sonarr", {
    spec: { selector: labels, ports: [{ name: "http", port: 8989, targetPort: "http" }], ...more },
  });
}

/** The namespace of the service, enforcing a Pod Security level. */
export function namespaceObject(level: string): Tree {
  return clusterObject("v1", "Namespace", namespace, {
    metadata: { name: namespace, labels: { "pod-security.kubernetes.io/enforce": level } },
  });
}

export function claim(name: string, accessMode: string): Tree {
  return object("v1", "PersistentVolumeClaim", name, {
    spec: { accessModes: [accessMode], storageClassName: "longhorn" },
  });
}

/** Makes the Secret `own` with these keys. */
export function externalSecret(...keys: readonly string[]): Tree {
  return object("external-secrets.io/v1", "ExternalSecret", "own", {
    spec: {
      secretStoreRef: { kind: "ClusterSecretStore", name: "prod-media" },
      target: { name: "own" },
      data: keys.map((secretKey) => ({
        secretKey,
        remoteRef: { key: `/services/sonarr/${secretKey}` },
      })),
    },
  });
}
