import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  labels,
  named,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  selector,
  wave,
  workload,
} from "./support.ts";

const tcp = (port: number | string) => ({ port, protocol: "TCP" as const });
const anywhere = [{ cidr: "0.0.0.0/0" }];

describe("NetworkPolicy", () => {
  let rendered: Record<"absent" | "minimal" | "full" | "dns" | "some" | "none", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { policies: { own: { egress: [{ peers: anywhere, ports: [] }] } } },
      dns: {
        dns: {
          namespace: "dns",
          podLabels: { app: "coredns" },
          addresses: ["169.254.20.10", "fd00::10"],
        },
      },
      some: {
        workloads: { server: workload(), vpn: workload({ objectName: "vpn" }) },
        dns: { namespace: "dns", podLabels: { app: "coredns" }, except: ["vpn"] },
      },
      none: {
        workloads: { vpn: workload({ objectName: "vpn" }) },
        dns: { namespace: "dns", podLabels: { app: "coredns" }, except: ["vpn"] },
      },
      full: {
        workloads: { server: workload(), worker: workload({ objectName: "worker" }) },
        postgres: {
          db: {
            objectName: "sonarr-db",
            image: "pg:18",
            instances: 1,
            size: "1Gi",
            resources: { cpu: "1", memory: "1Gi", memoryLimit: "1Gi" },
          },
        },
        policies: {
          server: {
            component: "server",
            ingress: [
              {
                peers: [
                  { namespace: "gateway", pods: { app: "envoy" } },
                  { namespace: "monitoring" },
                ],
                ports: [tcp("http")],
              },
            ],
            egress: [
              { peers: [{ component: "worker" }, { component: "db" }], ports: [tcp(5432)] },
              {
                peers: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] }],
                ports: [{ port: 30000, endPort: 32767, protocol: "UDP" }],
              },
            ],
          },
          db: { component: "db", ingress: [{ peers: [{ component: "server" }], ports: [] }] },
          all: { egress: [{ peers: anywhere, ports: [{ protocol: "UDP" }] }] },
          upstream: {
            selects: { app: "webhook" },
            component: "webhook",
            ingress: [{ peers: anywhere, ports: [tcp(443)] }],
          },
        },
      },
    });
  });

  test("denies everything and lets every pod ask the DNS, without any values", () => {
    expect(rendered.absent.manifests).toEqual([
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: {
          name: "default-deny",
          namespace: "media-sonarr",
          labels: labels(),
          annotations: wave("-10"),
        },
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      },
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: {
          name: "dns",
          namespace: "media-sonarr",
          labels: labels(),
          annotations: wave("-10"),
        },
        spec: {
          podSelector: {},
          policyTypes: ["Egress"],
          egress: [
            {
              to: [
                {
                  namespaceSelector: {
                    matchLabels: { "kubernetes.io/metadata.name": "kube-system" },
                  },
                  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
                },
              ],
              ports: [
                { port: 53, protocol: "UDP" },
                { port: 53, protocol: "TCP" },
              ],
            },
          ],
        },
      },
    ]);
  });

  test("lets all pods reach a peer at all ports, where no more is said", () => {
    expect(named(rendered.minimal, "NetworkPolicy", "own")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }],
    });
  });

  test("takes the DNS from the values, with addresses outside the pods", () => {
    expect(named(rendered.dns, "NetworkPolicy", "dns")["spec"].egress[0].to).toEqual([
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "dns" } },
        podSelector: { matchLabels: { app: "coredns" } },
      },
      { ipBlock: { cidr: "169.254.20.10/32" } },
      { ipBlock: { cidr: "fd00::10/128" } },
    ]);
  });

  test("leaves out pods with name servers of their own, and has nothing to say where there are no others", () => {
    expect(named(rendered.some, "NetworkPolicy", "dns")["spec"].podSelector).toEqual({
      matchExpressions: [
        { key: "app.kubernetes.io/component", operator: "NotIn", values: ["vpn"] },
      ],
    });
    const names = rendered.none.manifests
      .filter(({ kind }) => kind === "NetworkPolicy")
      .map(({ metadata }) => metadata.name);
    expect(names).toEqual(["default-deny"]);
  });

  test("writes peers and ports of every kind, namespace and pods in one item", () => {
    const policy = named(rendered.full, "NetworkPolicy", "server");
    expect(policy.metadata).toEqual({
      name: "server",
      namespace: "media-sonarr",
      labels: component("server"),
      annotations: wave("-10"),
    });
    expect(policy["spec"]).toEqual({
      podSelector: { matchLabels: selector("server") },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "gateway" } },
              podSelector: { matchLabels: { app: "envoy" } },
            },
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } },
          ],
          ports: [{ protocol: "TCP", port: "http" }],
        },
      ],
      egress: [
        {
          to: [
            { podSelector: { matchLabels: selector("worker") } },
            { podSelector: { matchLabels: { "cnpg.io/cluster": "sonarr-db" } } },
          ],
          ports: [{ protocol: "TCP", port: 5432 }],
        },
        {
          to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }],
          ports: [{ protocol: "UDP", port: 30000, endPort: 32767 }],
        },
      ],
    });
  });

  test("selects a PostgreSQL cluster by the operator's label; all ports where none is named", () => {
    expect(named(rendered.full, "NetworkPolicy", "db")["spec"]).toEqual({
      podSelector: { matchLabels: { "cnpg.io/cluster": "sonarr-db" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: { matchLabels: selector("server") } }] }],
    });
  });

  test("selects the whole namespace without a component, and pods of an upstream chart by their labels", () => {
    expect(named(rendered.full, "NetworkPolicy", "all")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "UDP" }] }],
    });
    expect(named(rendered.full, "NetworkPolicy", "upstream")["spec"].podSelector).toEqual({
      matchLabels: { app: "webhook" },
    });
  });

  test.concurrent.each([
    [
      "a component that is not there",
      { component: "wroker", egress: [{ peers: anywhere, ports: [] }] },
      'policies.own.component: there is no component "wroker"; there are: server.',
    ],
    [
      "a peer that is not there",
      { egress: [{ peers: [{ component: "db" }], ports: [] }] },
      'policies.own.egress[0].peers[0].component: there is no component "db"; there are: server.',
    ],
    [
      "a rule without peers",
      { ingress: [{ peers: [], ports: [] }] },
      "policies.own.ingress[0].peers: is empty, which would allow everybody; name the peers, or say cidr 0.0.0.0/0.",
    ],
    [
      "a policy without rules",
      { component: "server" },
      "policies.own: has neither ingress nor egress; everything is denied without it.",
    ],
  ])("refuses %s", async (_, policy, message) => {
    expect(await refusal({ workloads: { server: workload() }, policies: { own: policy } })).toBe(
      `[rzp-lib] service=sonarr key=${message}`,
    );
  });

  test("refuses the names of its own policies", async () => {
    const message = await refusal({
      policies: { dns: { egress: [{ peers: anywhere, ports: [] }] } },
    });
    expect(message).toBe(
      "[rzp-lib] service=sonarr key=policies.dns: the name is taken: rzp-lib renders this policy itself.",
    );
  });

  test("has a schema that refuses a rule without peers and a peer of two kinds", async () => {
    expect(
      await schemaRefusal({ policies: { own: { ingress: [{ peers: [], ports: [] }] } } }),
    ).toContain("at '/policies/own/ingress/0/peers': minItems: got 0, want 1");
    const peer = { cidr: "10.0.0.0/8", namespace: "x" } as { cidr: string };
    expect(
      await schemaRefusal({ policies: { own: { ingress: [{ peers: [peer], ports: [] }] } } }),
    ).toContain("/policies/own/ingress/0/peers/0");
  });
});
