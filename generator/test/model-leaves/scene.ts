/** The small repository every fixture stands in: one environment on one cluster, and one service, `app`. */
import { merge } from "../../src/overlay/merge.ts";
import type { Fragment, Surroundings } from "./fixture.ts";
import { servedByOperators } from "../support/served.ts";

export interface Scene {
  readonly services: Readonly<Record<string, Fragment>>;
  readonly clusters: Readonly<Record<string, Fragment>>;
  readonly environments: Readonly<Record<string, Fragment>>;
  readonly tiers: Fragment;
  readonly overlays: Readonly<Record<string, Readonly<Record<string, Fragment>>>>;
}

const image = "registry.example.com/app:1.0.0";

/** A component with three ports and a health that needs none of them. */
export const component: Fragment = {
  image,
  ports: { http: 8080, admin: 9090, dns: { udp: 1053, tcp: 1053 } },
  health: { exec: ["true"] },
};
/** The same without health, for fixtures that say it. */
export const componentWithoutHealth: Fragment = { image, ports: component["ports"] };
export const container: Fragment = { image };

const head = { tier: "media", about: "A service to try fields with" };
export const service = (more: Fragment = component): Fragment => ({
  rzp: "service",
  spec: { ...head, ...more },
});
export const composed = (components: Fragment, more: Fragment = {}): Fragment => ({
  rzp: "composed",
  spec: { ...head, components, ...more },
});
export const chart = (components: Fragment, more: Fragment = {}): Fragment => ({
  rzp: "chart",
  spec: {
    ...head,
    chart: { from: "oci://registry.example.com/charts/app", version: "1.0.0" },
    components,
    ...more,
  },
});

export const scene: Scene = {
  services: { app: service() },
  tiers: {
    platform: {
      about: "What runs the cluster itself",
      layer: "controllers",
      priority: 900_000,
      objective: 99.5,
    },
    data: {
      about: "Databases of other services",
      layer: "databases",
      priority: 700_000,
      objective: 99.5,
    },
    media: {
      about: "Films, series and photos",
      layer: "applications",
      priority: 300_000,
      objective: 99,
    },
    other: {
      about: "Another tier of the same layer",
      layer: "applications",
      priority: 200_000,
      objective: 99,
    },
  },
  clusters: {
    home: {
      kubernetesVersion: "1.35.4",
      carrier: "prod",
      nodes: { "worker-1": { cpu: "12", memory: "30Gi", address: "10.0.20.21", zone: "pve-1" } },
      // Beside the nodes, so that it can be told from them.
      apiServer: { addresses: ["10.0.40.10"] },
      networks: {
        pods: "10.244.0.0/16",
        services: "10.96.0.0/12",
        nodes: "10.0.20.0/24",
        lan: ["10.0.10.0/24"],
      },
      hosts: { router: "10.0.10.1", nas: "10.0.10.5" },
      dns: {
        namespace: "kube-system",
        podLabels: { "k8s-app": "kube-dns" },
        domain: "cluster.local",
      },
      scraper: {
        namespace: "observability-prometheus",
        podLabels: { "app.kubernetes.io/name": "prometheus" },
      },
      prober: {
        namespace: "observability-blackbox-exporter",
        podLabels: { "app.kubernetes.io/name": "blackbox-exporter" },
        service: "blackbox-exporter",
        port: 9115,
      },
      storageClasses: { standard: "longhorn", bulk: "longhorn-bulk" },
      shares: {
        media: { server: "10.0.10.5", path: "/volume1/media", size: "20Ti" },
        photos: { server: "10.0.10.6", path: "/volume1/photos", size: "2Ti" },
      },
      addressPool: ["10.0.10.200-10.0.10.230"],
      addresses: { dns: "10.0.10.202", mqtt: "10.0.10.203" },
      gateways: {
        internal: {
          name: "internal",
          namespace: "network-gateway",
          podNamespace: "network-proxies",
          podLabels: { gateway: "internal" },
          address: "10.0.10.210",
        },
        public: {
          name: "public",
          namespace: "network-gateway",
          podNamespace: "network-proxies",
          podLabels: { gateway: "public" },
          address: "10.0.10.211",
        },
      },
      apiVersionsServed: servedByOperators,
      repository: { url: "https://git.example.com/home/platform.git" },
    },
  },
  environments: {
    prod: {
      cluster: "home",
      domain: "example.com",
      revision: "refs/heads/prod",
      secrets: { backend: "fake" },
    },
  },
  overlays: {},
};

/** A cluster with backups, and the service that makes them. */
export const backed: Surroundings = {
  services: {
    velero: chart(
      { server: { pods: { name: "velero" } } },
      {
        tier: "platform",
        objects: {
          main: { apiVersion: "velero.io/v1", kind: "BackupStorageLocation" },
          other: { apiVersion: "velero.io/v1", kind: "BackupStorageLocation" },
        },
      },
    ),
  },
  clusters: {
    home: {
      backup: {
        snapshots: { "driver.example.com": { of: ["standard"] } },
        locations: { main: { speed: "500Mi" } },
        rebuild: "5m",
      },
    },
  },
};

/** The same with a service that tries every restore. */
export const drilled: Surroundings = {
  ...backed,
  services: {
    ...backed.services,
    "restore-drill": service({
      ...component,
      account: {},
      files: { "/app/plan.json": { writes: "restore-plan" }, "/app/drill.mjs": "program" },
    }),
  },
};

/** The environment with a provider to sign in at. */
export const provider: Fragment = {
  issuer: "https://id.example.com",
  clientId: "gateway",
  clientSecret: { secret: "sign-in" },
};
export const withProvider: Surroundings = {
  environments: { prod: { ...scene.environments["prod"], signIn: provider } },
};

/** Nodes that differ: one takes what the others do not, so none can be spared. */
const node = { cpu: "12", memory: "30Gi", address: "10.0.20.22" };
export const varied: Surroundings = {
  clusters: {
    home: {
      nodes: {
        "worker-1": {
          labels: { disk: "ssd" },
          gpu: { resource: "nvidia.com/gpu", count: 3 },
        },
        "worker-2": {
          ...node,
          zone: "pve-2",
          labels: { disk: "nvme" },
          gpu: { resource: "amd.com/gpu", count: 1 },
        },
        "worker-3": {
          ...node,
          address: "10.0.20.23",
          architecture: "arm64",
          gpu: { claim: "gpu.intel.com", count: 3 },
        },
        "worker-4": { ...node, address: "10.0.20.24", gpu: { claim: "gpu.nvidia.com", count: 1 } },
      },
    },
  },
  environments: {
    prod: {
      ...scene.environments["prod"],
      spareNode: { because: "each node is another one", value: false },
    },
  },
};

/** The scene with what a fixture says: its services and environments replace those here, another cluster is like `home`. */
export function sceneWith(more: Surroundings): Scene {
  const services = { ...scene.services, ...more.services };
  const environments = { ...scene.environments, ...more.environments };
  const all = Object.keys(services);
  return {
    services,
    tiers: { ...scene.tiers, ...more.tiers },
    clusters: {
      ...scene.clusters,
      ...Object.fromEntries(
        Object.entries(more.clusters ?? {}).map(([name, facts]) => [
          name,
          merge(scene.clusters["home"], facts) as Fragment,
        ]),
      ),
    },
    // An environment that lists no services runs all of them.
    environments: Object.fromEntries(
      Object.entries(environments).map(([name, facts]) => [
        name,
        "services" in facts || "extends" in facts ? facts : { ...facts, services: all },
      ]),
    ),
    overlays: more.overlays ?? {},
  };
}
