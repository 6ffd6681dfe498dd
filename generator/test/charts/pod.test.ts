import { beforeAll, describe, expect, test } from "vitest";
import type { PodValues } from "../../src/model/values/workload.ts";
import {
  container,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  selector,
  workload,
} from "./support.ts";

const server = (pod: PodValues, more: Parameters<typeof workload>[0] = {}) => ({
  workloads: {
    server: workload({ ...more, pod }),
    worker: workload({ objectName: "worker", runs: "DaemonSet" }),
  },
});
const postgres = {
  db: {
    objectName: "sonarr-db",
    image: "pg:18",
    instances: 1,
    size: "1Gi",
    resources: container.resources,
  },
};

describe("pods", () => {
  let rendered: Record<
    | "full"
    | "hostNetwork"
    | "unconfined"
    | "nameservers"
    | "dnsOptions"
    | "root"
    | "placement"
    | "zones"
    | "volumes"
    | "checksums"
    | "otherText"
    | "otherLayout",
    Rendered
  >;
  beforeAll(async () => {
    const checksums = (text: string) => ({
      ...server({ annotations: { "example.org/a": "1" }, checksums: ["config"] }),
      configMaps: { config: { "a.yml": { text }, "b.yml": { file: "config/b.yml" } } },
    });
    rendered = await renderAll(
      {
        full: server({
          runAs: { user: 1000, group: 1001, files: 1002, groups: [44, 109] },
          account: "sonarr",
          token: true,
          priority: "media",
          runtime: "nvidia",
          userNamespace: true,
          hostProcesses: true,
          stopsWithin: 0,
          pullSecret: "registry",
          hosts: { "a.lan": "10.0.0.1", "b.lan": "10.0.0.2", "c.lan": "10.0.0.1" },
          claims: { gpu: "sonarr-gpu" },
          labels: { "example.org/team": "on" },
          annotations: { "example.org/number": "1" },
        }),
        hostNetwork: server({ hostNetwork: true }),
        unconfined: server(
          {},
          { security: { unconfined: true }, sidecars: [{ ...container, name: "vpn" }] },
        ),
        nameservers: server({
          hostNetwork: true,
          dns: { nameservers: ["1.1.1.1"], searches: ["lan"], options: { ndots: "1", edns0: "" } },
        }),
        dnsOptions: server({ dns: { options: { ndots: "1" } } }),
        root: server(
          { root: true },
          { sidecars: [{ ...container, name: "vpn", security: { user: 0, group: 0 } }] },
        ),
        placement: {
          ...server({
            nodes: { "kubernetes.io/arch": "amd64", "example.org/gpu": "true" },
            tolerates: { gpu: "NoSchedule", any: "any" },
            spread: "hosts",
            apartFrom: ["worker", "db"],
            together: ["worker"],
          }),
          postgres,
        },
        zones: server({ spread: "zones" }),
        volumes: server({
          volumes: {
            claim: { claim: "config", external: true },
            config: { configMap: "config" },
            empty: { scratch: {} },
            host: { host: { path: "/var/log" } },
            "host-type": { host: { path: "/dev/net/tun", type: "CharDevice" } },
            memory: { scratch: { memory: true, size: "64Mi" } },
            secret: { secret: "keys" },
            token: { token: { audience: "vault", seconds: 3600 } },
          },
        }),
        checksums: checksums("a: 1\n"),
        otherText: checksums("a: 2\n"),
        otherLayout: {
          ...checksums("a: 1\n"),
          configMaps: {
            config: { "a.yml": { file: "config/a.yml" }, "b.yml": { text: "b: 1\n" } },
          },
        },
      },
      { "config/a.yml": "a: 1\n", "config/b.yml": "b: 1\n" },
    );
  });

  const template = (name: keyof typeof rendered) =>
    only(rendered[name], "Deployment")["spec"].template;
  const spec = (name: keyof typeof rendered) => template(name).spec;

  test("have an identity, a user, a time to end and everything else that is said", () => {
    expect(template("full").metadata).toEqual({
      labels: {
        ...selector("server"),
        "app.kubernetes.io/part-of": "media",
        "rzp.local/environment": "prod",
        "example.org/team": "on",
      },
      annotations: { "example.org/number": "1" },
    });
    const { containers: _, ...rest } = spec("full");
    expect(rest).toEqual({
      serviceAccountName: "sonarr",
      automountServiceAccountToken: true,
      enableServiceLinks: false,
      hostPID: true,
      hostUsers: false,
      hostAliases: [
        { ip: "10.0.0.1", hostnames: ["a.lan", "c.lan"] },
        { ip: "10.0.0.2", hostnames: ["b.lan"] },
      ],
      priorityClassName: "media",
      runtimeClassName: "nvidia",
      terminationGracePeriodSeconds: 0,
      imagePullSecrets: [{ name: "registry" }],
      resourceClaims: [{ name: "gpu", resourceClaimTemplateName: "sonarr-gpu" }],
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1001,
        fsGroup: 1002,
        fsGroupChangePolicy: "OnRootMismatch",
        supplementalGroups: [44, 109],
        seccompProfile: { type: "RuntimeDefault" },
      },
    });
  });

  test("on the node's network still ask the cluster's DNS, unless they have name servers of their own", () => {
    expect(spec("hostNetwork")).toMatchObject({
      hostNetwork: true,
      dnsPolicy: "ClusterFirstWithHostNet",
    });
    expect(spec("nameservers")).toMatchObject({
      dnsPolicy: "None",
      dnsConfig: {
        nameservers: ["1.1.1.1"],
        searches: ["lan"],
        options: [{ name: "edns0" }, { name: "ndots", value: "1" }],
      },
    });
    expect(spec("dnsOptions")).not.toHaveProperty("dnsPolicy");
    expect(spec("dnsOptions").dnsConfig).toEqual({ options: [{ name: "ndots", value: "1" }] });
  });

  test("with a root container say of every container whether it is root", () => {
    expect(spec("root").securityContext).toEqual({ seccompProfile: { type: "RuntimeDefault" } });
    expect(spec("root").initContainers[0].securityContext).toMatchObject({
      runAsUser: 0,
      runAsGroup: 0,
      runAsNonRoot: false,
      allowPrivilegeEscalation: false,
    });
    expect(spec("root").containers[0].securityContext).toMatchObject({ runAsNonRoot: true });
  });

  test("keep the runtime's system call filter, but for the container that has none", () => {
    expect(spec("unconfined").securityContext.seccompProfile).toEqual({ type: "RuntimeDefault" });
    expect(spec("unconfined").containers[0].securityContext.seccompProfile).toEqual({
      type: "Unconfined",
    });
    expect(spec("unconfined").initContainers[0].securityContext).not.toHaveProperty(
      "seccompProfile",
    );
  });

  test("are placed by labels, taints and other components, one term each", () => {
    const term = (matchLabels: object) => ({
      topologyKey: "kubernetes.io/hostname",
      labelSelector: { matchLabels },
    });
    expect(spec("placement")).toMatchObject({
      nodeSelector: { "example.org/gpu": "true", "kubernetes.io/arch": "amd64" },
      tolerations: [
        { key: "any", operator: "Exists" },
        { key: "gpu", operator: "Exists", effect: "NoSchedule" },
      ],
      affinity: {
        podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(selector("worker"))] },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            term(selector("worker")),
            term({ "cnpg.io/cluster": "sonarr-db" }),
          ],
        },
      },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: selector("server") },
          matchLabelKeys: ["pod-template-hash"],
        },
      ],
    });
    expect(spec("zones").topologySpreadConstraints[0].topologyKey).toBe(
      "topology.kubernetes.io/zone",
    );
  });

  test("have volumes of every kind", () => {
    expect(spec("volumes").volumes).toEqual([
      { name: "claim", persistentVolumeClaim: { claimName: "config" } },
      { name: "config", configMap: { name: "config" } },
      { name: "empty", emptyDir: {} },
      { name: "host", hostPath: { path: "/var/log" } },
      { name: "host-type", hostPath: { path: "/dev/net/tun", type: "CharDevice" } },
      { name: "memory", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
      { name: "secret", secret: { secretName: "keys" } },
      {
        name: "token",
        projected: {
          sources: [
            { serviceAccountToken: { path: "token", audience: "vault", expirationSeconds: 3600 } },
          ],
        },
      },
    ]);
  });

  test("restart when the content of a ConfigMap changes, and not when only its source does", () => {
    const annotations = (name: keyof typeof rendered) => template(name).metadata.annotations;
    expect(annotations("checksums")).toEqual({
      "example.org/a": "1",
      // Frozen: another checksum of the same content would restart every pod.
      "rzp.local/checksum-config":
        "ae3f874f0a8cc0bd8763cefec98034dc9a909781b594f4e82c460ad56ada02a7",
    });
    expect(annotations("otherLayout")).toEqual(annotations("checksums"));
    expect(annotations("otherText")).not.toEqual(annotations("checksums"));
  });

  const long = "c".repeat(55);
  test.concurrent.each([
    [
      "a volume that is not there",
      server({}, { mounts: [{ volume: "config", at: "/config" }] }),
      'mounts[0].volume: the pod has no volume "config"; it has: none.',
    ],
    [
      "a volume that a sidecar invents",
      server(
        { volumes: { data: { scratch: {} } } },
        { sidecars: [{ ...container, name: "vpn", mounts: [{ volume: "dta", at: "/data" }] }] },
      ),
      'sidecars[0].mounts[0].volume: the pod has no volume "dta"; it has: data.',
    ],
    [
      "a label that is ours",
      server({ labels: { "app.kubernetes.io/component": "x" } }),
      'pod.labels: the label "app.kubernetes.io/component" is set by rzp-lib; take it out.',
    ],
    [
      "a checksum of nothing",
      server({ checksums: ["config"] }),
      'pod.checksums[0]: there is no ConfigMap "config"; there are: none.',
    ],
    [
      "a checksum of a very long name",
      { ...server({ checksums: [long] }), configMaps: { [long]: { key: { text: "a" } } } },
      `pod.checksums[0]: the name "${long}" is too long for the annotation of its checksum; 54 characters at most.`,
    ],
    [
      "a component to be apart from that is not there",
      server({ apartFrom: ["wroker"] }),
      'pod.apartFrom[0]: there is no component "wroker"; there are: server, worker.',
    ],
    [
      "probes of a container that ends",
      server(
        {},
        {
          init: [
            {
              ...container,
              name: "wait",
              probes: { liveness: { exec: ["true"], every: 1, timeout: 1, failures: 1 } },
            },
          ],
        },
      ),
      "init[0].probes: a container that ends before the main one starts has no probes.",
    ],
  ])("refuse %s", async (_, values, message) => {
    expect(await refusal(values)).toBe(`[rzp-lib] service=sonarr key=workloads.server.${message}`);
  });

  test("refuse a claim that is not there", async () => {
    const values = server({ volumes: { config: { claim: "confg" } } });
    expect(
      await refusal({ ...values, claims: { config: { size: "1Gi", access: "ReadWriteMany" } } }),
    ).toBe(
      '[rzp-lib] service=sonarr key=workloads.server.pod.volumes.config.claim: there is no claim "confg"; there are: config. If something else makes it, say external: true.',
    );
  });

  test("have a schema that refuses a volume of two kinds", async () => {
    const volume = { claim: "config", secret: "keys" } as { claim: string };
    expect(await schemaRefusal(server({ volumes: { config: volume } }))).toContain(
      "at '/workloads/server/pod/volumes/config'",
    );
  });
});
