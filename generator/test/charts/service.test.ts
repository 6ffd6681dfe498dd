import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  container,
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  selector,
  workload,
} from "./support.ts";

const workloads = {
  server: workload({
    ports: { http: { port: 8080 } },
    sidecars: [{ ...container, name: "exporter", ports: { metrics: { port: 9100 } } }],
    sidecarsAfterInit: [{ ...container, name: "reader", ports: { feed: { port: 9000 } } }],
  }),
};
const ports = { http: { port: 80, target: "http" } };
const name = { "rzp.local/kubernetes-service": "sonarr" };

describe("Service", () => {
  let rendered: Record<
    | "absent"
    | "minimal"
    | "full"
    | "headless"
    | "balanced"
    | "anyAddress"
    | "upstream"
    | "postgres",
    Rendered
  >;
  beforeAll(async () => {
    const one = (more: object) => ({
      workloads,
      services: { sonarr: { component: "server", ports, ...more } },
    });
    rendered = await renderAll({
      absent: {},
      minimal: one({}),
      full: one({
        sticky: true,
        publishNotReady: true,
        ports: {
          http: { port: 80, target: "http", appProtocol: "kubernetes.io/h2c" },
          metrics: { port: 9100, target: "metrics" },
          dns: { port: 53, target: 1053, protocol: "UDP" },
        },
      }),
      headless: one({ headless: true }),
      balanced: one({
        loadBalancer: {
          address: "10.0.0.53",
          clients: ["10.0.0.0/24", "fd00::/64"],
          keepClientAddress: true,
          annotations: { "external-dns.kubernetes.io/hostname": "dns.lan" },
        },
      }),
      anyAddress: one({ loadBalancer: {} }),
      upstream: {
        services: {
          webhook: {
            component: "webhook",
            selects: { app: "webhook" },
            ports: { https: { port: 443, target: "https" } },
          },
        },
      },
      postgres: {
        postgres: {
          db: {
            objectName: "sonarr-db",
            image: "pg:18",
            instances: 1,
            size: "1Gi",
            resources: container.resources,
          },
        },
        services: {
          db: { component: "db", ports: { metrics: { port: 9187, target: "metrics" } } },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("selects the pods of its component by two labels and carries its own name", () => {
    expect(only(rendered.minimal, "Service")).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "sonarr",
        namespace: "media-sonarr",
        labels: { ...component("server"), ...name },
      },
      spec: {
        type: "ClusterIP",
        selector: selector("server"),
        ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
      },
    });
  });

  test("writes every field, a sidecar's port included", () => {
    expect(only(rendered.full, "Service")["spec"]).toEqual({
      type: "ClusterIP",
      publishNotReadyAddresses: true,
      sessionAffinity: "ClientIP",
      selector: selector("server"),
      ports: [
        { name: "dns", port: 53, targetPort: 1053, protocol: "UDP" },
        {
          name: "http",
          port: 80,
          targetPort: "http",
          protocol: "TCP",
          appProtocol: "kubernetes.io/h2c",
        },
        { name: "metrics", port: 9100, targetPort: "metrics", protocol: "TCP" },
      ],
    });
  });

  test("has no address when headless", () => {
    expect(only(rendered.headless, "Service")["spec"]).toMatchObject({
      type: "ClusterIP",
      clusterIP: "None",
    });
  });

  test("has an address of its own, for these clients only, without ports on the nodes", () => {
    const service = only(rendered.balanced, "Service");
    expect(service.metadata.annotations).toEqual({
      "external-dns.kubernetes.io/hostname": "dns.lan",
      "metallb.io/loadBalancerIPs": "10.0.0.53",
    });
    expect(service["spec"]).toMatchObject({
      type: "LoadBalancer",
      allocateLoadBalancerNodePorts: false,
      externalTrafficPolicy: "Local",
      loadBalancerSourceRanges: ["10.0.0.0/24", "fd00::/64"],
    });
  });

  test("takes any address where none is said", () => {
    const service = only(rendered.anyAddress, "Service");
    expect(service.metadata).not.toHaveProperty("annotations");
    expect(service["spec"]).toMatchObject({
      type: "LoadBalancer",
      allocateLoadBalancerNodePorts: false,
      externalTrafficPolicy: "Cluster",
    });
  });

  test("selects pods of an upstream chart by their labels, and of PostgreSQL by the operator's", () => {
    expect(only(rendered.upstream, "Service").metadata.labels).toEqual(
      labels({
        "app.kubernetes.io/component": "webhook",
        "rzp.local/kubernetes-service": "webhook",
      }),
    );
    expect(only(rendered.upstream, "Service")["spec"].selector).toEqual({ app: "webhook" });
    expect(only(rendered.postgres, "Service")["spec"].selector).toEqual({
      "cnpg.io/cluster": "sonarr-db",
    });
  });

  test.concurrent.each([
    [
      "a component that is not there",
      { component: "api", ports },
      'services.sonarr.component: there is no component "api"; there are: server.',
    ],
    [
      "a port that is not there",
      { component: "server", ports: { http: { port: 80, target: "web" } } },
      'services.sonarr.ports.http.target: the component "server" has no port "web"; it has: feed, http, metrics.',
    ],
    [
      "a headless load balancer",
      {
        component: "server",
        ports,
        headless: true as const,
        loadBalancer: { address: "10.0.0.1" },
      },
      "services.sonarr: is headless and has a load balancer; take one of the two out.",
    ],
  ])("refuses %s", async (_, sonarr, message) => {
    expect(await refusal({ workloads, services: { sonarr } })).toBe(
      `[rzp-lib] service=sonarr key=${message}`,
    );
  });

  test("has a schema that refuses a port without target", async () => {
    const own = { http: { port: 80 } } as unknown as typeof ports;
    expect(
      await schemaRefusal({ workloads, services: { sonarr: { component: "server", ports: own } } }),
    ).toContain("at '/services/sonarr/ports/http': missing property 'target'");
  });
});
