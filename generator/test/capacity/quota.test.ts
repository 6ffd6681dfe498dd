/** A quota must never hold up what is declared: not a rolling update, not a job, not what an operator makes. */
import { describe, expect, test } from "vitest";
import { bytes, millicores } from "../../src/model/units.ts";
import { sizePresets, sizes } from "../../src/model/size-presets.ts";
import { derivedQuotas, quotas, limitRanges } from "../../src/values/quota.ts";
import { build } from "../model-leaves/build.ts";
import { chart, component, composed, scene, sceneWith, service } from "../model-leaves/scene.ts";
import type { Fragment, Surroundings } from "../model-leaves/fixture.ts";

const sized = { ...component, size: "medium" };

function releaseOf(app: Fragment, around: Surroundings = {}) {
  const built = build(sceneWith({ ...around, services: { app, ...around.services } }));
  expect(built.problems).toEqual([]);
  const [release] = built.releases;
  if (release === undefined) throw new Error("no release");
  return release;
}
const quotaOf = (app: Fragment, around?: Surroundings) => quotas(releaseOf(app, around))["quota"];
const quotaBeside = (apiVersion: string, kind: string) =>
  quotaOf(service({ ...sized, objects: { extra: { apiVersion, kind, metadata: {} } } }));
const codes = (app: Fragment) =>
  build(sceneWith({ services: { app } })).problems.map(({ code }) => code);

describe("the quota of a namespace", () => {
  test("is five times its pods, a small container more for each of theirs, and one; twice the number and one", () => {
    expect(quotaOf(service(sized))).toEqual({
      cpu: "600m",
      memory: "6Gi",
      memoryLimit: "6Gi",
      pods: 3,
    });
  });

  test.for(
    sizes.flatMap((size, index) => sizes.slice(index + 1, index + 2).map((old) => ({ size, old }))),
  )("has room for pods of size $old beside their successors of $size", ({ size, old }) => {
    const replicas = 3;
    const sidecars = (own: string) => ({
      vpn: { image: "registry.example.com/vpn:1", size: own, health: { exec: ["true"] } },
    });
    const app = (own: string) =>
      service({ ...component, replicas, size: own, sidecars: sidecars(own) });
    const quota = quotaOf(app(size));
    for (const field of ["cpu", "memory"] as const) {
      const number = field === "cpu" ? millicores : bytes;
      const both = number(sizePresets[old][field]) + number(sizePresets[size][field]);
      expect(number(quota?.[field] ?? "0")).toBeGreaterThanOrEqual(2 * replicas * both);
    }
    expect(quota?.pods).toBeGreaterThanOrEqual(2 * replicas);
  });

  test("counts requests whole, whatever the factor of the environment is, also the one before", () => {
    const prod = { ...scene.environments["prod"], requests: 0.1 };
    expect(quotaOf(service(sized), { environments: { prod } })).toEqual(quotaOf(service(sized)));
    const explained = derivedQuotas(releaseOf(service(sized), { environments: { prod } }));
    expect(
      explained.flatMap(({ causes }) => causes.map(({ path }) => path.join("."))),
    ).not.toContain("requests");
  });

  test("has room for the surge of a rolling update beside pods that are still ending", () => {
    const replicas = 5;
    const quota = quotaOf(service({ ...sized, replicas }));
    // maxSurge is a quarter unless said, rounded up (Kubernetes, Deployment).
    expect(quota?.pods).toBeGreaterThanOrEqual(replicas + Math.ceil(replicas / 4));
    expect(bytes(quota?.memory ?? "0")).toBeGreaterThanOrEqual(7 * 2 ** 30);
    expect(millicores(quota?.cpu ?? "0")).toBeGreaterThanOrEqual(700);
  });

  test("has room for an autoscaler at its upper end", () => {
    const quota = quotaOf(service({ ...sized, scale: { min: 1, max: 6, cpu: 80 } }));
    expect(quota?.pods).toBe(13);
  });

  test("counts sidecars with the main container, and an init container where it asks for more", () => {
    const plain = millicores(quotaOf(service(sized))?.cpu ?? "0");
    const beside = {
      sidecars: {
        vpn: { image: "registry.example.com/vpn:1", size: "tiny", health: { exec: ["true"] } },
      },
    };
    const before = { init: { first: { image: "registry.example.com/first:1", size: "large" } } };
    expect(millicores(quotaOf(service({ ...sized, ...beside }))?.cpu ?? "0")).toBe(
      plain + 5 * 10 + 50,
    );
    expect(millicores(quotaOf(service({ ...sized, ...before }))?.cpu ?? "0")).toBe(
      plain + 5 * (250 - 100),
    );
    expect(millicores(quotaOf(service({ ...sized, ...beside, ...before }))?.cpu ?? "0")).toBe(
      plain + 5 * (250 + 10 - 100) + 50,
    );
    const later = { sidecars: { vpn: { ...beside.sidecars.vpn, afterInit: true } } };
    expect(millicores(quotaOf(service({ ...sized, ...later, ...before }))?.cpu ?? "0")).toBe(
      plain + 5 * (250 - 100) + 50,
    );
  });

  test("has room for every run of a job that may overlap", () => {
    const runs = { as: "schedule", cron: "* * * * *", endsWithin: "10m", overlap: "allow" };
    const { image } = component as { image: string };
    expect(quotaOf(service({ image, runs }))?.pods).toBeGreaterThanOrEqual(2 * 11);
  });

  test("has room for a pod on every node", () => {
    const nodes = { "worker-2": { cpu: "12", memory: "30Gi", address: "10.0.20.22" } };
    const around = { clusters: { home: { nodes } } };
    expect(quotaOf(service({ ...sized, runs: { as: "daemonSet" } }), around)?.pods).toBe(5);
  });

  test("counts the devices of a plugin, and not those that are claimed", () => {
    const gpu = { resource: "nvidia.com/gpu", count: 1 };
    const around = { clusters: { home: { nodes: { "worker-1": { gpu } } } } };
    expect(
      quotaOf(service({ ...sized, gpu: { plugin: "nvidia.com/gpu" } }), around)?.devices,
    ).toEqual({
      "nvidia.com/gpu": 2,
    });
  });

  test("is what is said, field by field, where it is said", () => {
    expect(quotaOf(service({ ...sized, quota: { memory: "8Gi" } }))).toEqual({
      cpu: "600m",
      memory: "8Gi",
      memoryLimit: "6Gi",
      pods: 3,
    });
  });

  test("is absent while nothing runs, and where a chart brings pods nobody knows", () => {
    expect(quotaOf(service({ ...sized, stopped: true }))).toBeUndefined();
    expect(quotaOf(chart({ main: { pods: { app: "app" } } }))).toBeUndefined();
    expect(quotaOf(chart({ main: { pods: { app: "app" } } }, { quota: { pods: 9 } }))).toEqual({
      pods: 9,
    });
  });

  test("is absent where objects or patches of the service make pods that are not counted", () => {
    const patched = (spec: object) => ({ patches: { "deployment/app": { spec } } });
    expect(quotaBeside("batch/v1", "Job")).toBeUndefined();
    expect(quotaBeside("example.org/v1", "Database")).toBeUndefined();
    expect(quotaOf(service({ ...sized, ...patched({ replicas: 9 }) }))).toBeUndefined();
    expect(quotaBeside("v1", "ConfigMap")?.pods).toBe(3);
    expect(quotaOf(service({ ...sized, ...patched({ minReadySeconds: 5 }) }))?.pods).toBe(3);
  });

  test.for([
    ["cert-manager.io/v1", "Certificate"],
    ["cert-manager.io/v1", "Issuer"],
    ["external-secrets.io/v1", "SecretStore"],
    ["external-secrets.io/v1", "ClusterExternalSecret"],
    ["gateway.envoyproxy.io/v1alpha1", "BackendTrafficPolicy"],
    ["gateway.networking.k8s.io/v1", "HTTPRoute"],
    ["gateway.networking.x-k8s.io/v1alpha1", "XListenerSet"],
    ["generators.external-secrets.io/v1alpha1", "Password"],
    ["k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition"],
    ["kueue.x-k8s.io/v1beta1", "LocalQueue"],
    ["metallb.io/v1beta1", "IPAddressPool"],
    ["monitoring.coreos.com/v1", "PrometheusRule"],
    ["monitoring.coreos.com/v1", "ServiceMonitor"],
    ["multicluster.x-k8s.io/v1alpha1", "ServiceExport"],
    ["postgresql.cnpg.io/v1", "ScheduledBackup"],
    ["scheduling.x-k8s.io/v1alpha1", "PodGroup"],
    ["secrets-store.csi.x-k8s.io/v1", "SecretProviderClass"],
    ["snapshot.storage.k8s.io/v1", "VolumeSnapshot"],
    ["velero.io/v1", "Schedule"],
  ] as const)("stays beside what is known to make no pods: %s %s", ([apiVersion, kind]) => {
    expect(quotaBeside(apiVersion, kind)?.pods).toBe(3);
  });

  test.for([
    ["argoproj.io/v1alpha1", "Rollout"],
    ["cert-manager.io/v1", "Deployment"],
    ["gateway.envoyproxy.io/v1alpha1", "EnvoyProxy"],
    ["jobset.x-k8s.io/v1alpha2", "JobSet"],
    ["leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"],
    ["monitoring.coreos.com/v1", "Alertmanager"],
    ["monitoring.coreos.com/v1", "Prometheus"],
    ["monitoring.coreos.com/v1alpha1", "PrometheusAgent"],
    ["monitoring.coreos.com/v1", "ThanosRuler"],
    ["postgresql.cnpg.io/v1", "Pooler"],
    ["sparkoperator.k8s.io/v1beta2", "SparkApplication"],
    ["velero.io/v1", "Restore"],
    ["constructor/v1", "Thing"],
  ] as const)("is absent beside what makes pods, or may: %s %s", ([apiVersion, kind]) => {
    expect(quotaBeside(apiVersion, kind)).toBeUndefined();
  });

  test("sums several components", () => {
    expect(quotaOf(composed({ one: sized, two: { ...sized, ports: {} } }))?.pods).toBe(5);
  });
});

describe("a quota that is said", () => {
  test("is refused where it is below what its pods ask for while one is replaced", () => {
    expect(codes(service({ ...sized, quota: { memory: "1Gi" } }))).toEqual([
      "QUOTA_BELOW_REQUESTS",
    ]);
    expect(codes(service({ ...sized, quota: { memory: "2Gi", cpu: "200m", pods: 2 } }))).toEqual(
      [],
    );
    expect(codes(service({ ...sized, quota: { cpu: "199m" } }))).toEqual(["QUOTA_BELOW_REQUESTS"]);
    expect(codes(service({ ...sized, quota: { pods: 1 } }))).toEqual(["QUOTA_BELOW_REQUESTS"]);
    expect(codes(service({ ...sized, quota: { memoryLimit: "1Gi" } }))).toEqual([
      "QUOTA_BELOW_REQUESTS",
    ]);
  });
});

describe("a quota that is said, of pods that end before their successors come", () => {
  const once = { quota: { memory: "1Gi", cpu: "100m", pods: 1 } };
  test.for([
    ["a Deployment that is recreated", { update: "recreate" }],
    [
      "one with a claim of one writer",
      { storage: { data: { holds: "state", size: "5Gi", at: "/data" } } },
    ],
    ["a StatefulSet", { runs: { as: "statefulSet" } }],
    ["a DaemonSet on its one node", { runs: { as: "daemonSet" } }],
  ] as const)("need not be twice the pods: %s", ([, more]) => {
    expect(codes(service({ ...sized, ...more, ...once }))).toEqual([]);
    expect(codes(service({ ...sized, ...more, quota: { memory: "1023Mi" } }))).toEqual([
      "QUOTA_BELOW_REQUESTS",
    ]);
  });

  test("must be twice where a new version comes beside the old one", () => {
    expect(codes(service({ ...sized, update: "rolling", ...once }))).toHaveLength(3);
  });
});

describe("defaults of containers", () => {
  test("are small, with a limit, in a namespace of ours", () => {
    expect(limitRanges(releaseOf(service(sized)))).toEqual({
      "container-defaults": { cpu: "50m", memory: "512Mi", memoryLimit: "512Mi" },
    });
  });

  test("have no limit beside a chart: a container that asks for more than it would be refused", () => {
    expect(limitRanges(releaseOf(chart({ main: { pods: { app: "app" } } })))).toEqual({
      "container-defaults": { cpu: "10m", memory: "64Mi" },
    });
  });
});
