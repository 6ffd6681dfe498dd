/** Not only different, but right: what an operator would look for in the values of each case. */
import { describe, expect, test } from "vitest";
import type { ServiceValues } from "../../src/model/values/service.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { build } from "./build.ts";
import type { Fragment, Surroundings } from "./fixture.ts";
import { chart, component, composed, sceneWith, service } from "./scene.ts";

function valuesOf(more: Surroundings, name = "app"): ServiceValues {
  const { releases, problems } = build(sceneWith(more));
  const release = releases.find(
    (candidate) => candidate.service.name === name && candidate.facts.name === "prod",
  );
  if (release === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return toHelmValues(release).service;
}
const app = (more: Fragment, around: Surroundings = {}) =>
  valuesOf({
    ...around,
    services: { ...around.services, app: service({ ...component, ...more }) },
  });
const tcp = (port: number) => ({ port, protocol: "TCP" });

describe("Services", () => {
  test("two ports outside to one inside are two ports", () => {
    const { services } = app({
      exposes: { lan: { ports: { 80: "http", 81: "http" }, clients: "lan" } },
    });
    expect(services["app-lan"]?.ports).toEqual({
      http: { port: 80, target: "http" },
      "http-81": { port: 81, target: "http" },
    });
  });

  test("an exposed database cluster is reached by number: the operator names its ports otherwise", () => {
    const { services } = valuesOf({
      services: {
        app: service({
          image: component["image"],
          runs: { as: "postgresCluster", instances: 1 },
          ports: { sql: 5432 },
          storage: { data: { holds: "database", size: "1Gi" } },
          exposes: { lan: { ports: { 5432: "sql" }, clients: "lan" } },
        }),
      },
    });
    expect(services["app-lan"]?.ports).toEqual({ sql: { port: 5432, target: 5432 } });
  });

  test("an exposed chart is selected by the labels of its pods", () => {
    const { services } = valuesOf({
      services: {
        app: chart(
          { main: { pods: { app: "upstream" }, ports: { http: 8080 } } },
          { exposes: { lan: { ports: { 80: "main/http" }, clients: "lan" } } },
        ),
      },
    });
    expect(services["app-lan"]).toMatchObject({
      selects: { app: "upstream" },
      ports: { http: { port: 80, target: 8080 } },
    });
  });

  test("an address of its own has a name in DNS where external-dns is there", () => {
    const { services } = app(
      { exposes: { lan: { ports: { 80: "http" }, clients: "lan" } } },
      { clusters: { home: { annotationPrefix: "external-dns.kubernetes.io/" } } },
    );
    expect(services["app-lan"]?.loadBalancer?.annotations).toEqual({
      "external-dns.kubernetes.io/hostname": "app-lan.example.com",
    });
  });

  test("no exposure gets the address of a gateway", () => {
    const { services } = app(
      { exposes: { lan: { ports: { 80: "http" }, clients: "lan" } } },
      { clusters: { home: { addressPool: ["10.0.10.210-10.0.10.212", "10.0.10.202/31"] } } },
    );
    expect(services["app-lan"]?.loadBalancer?.address).toBe("10.0.10.212");
  });
});

describe("policies", () => {
  test("the API server is reached at the ports that are said", () => {
    const { policies } = app({ reaches: { apiserver: ["https", "8443/tcp"] } });
    expect(policies["app-apiserver"]?.egress?.[0]?.ports).toEqual([tcp(6443), tcp(8443)]);
  });

  test("name servers of its own may be asked, and one in the pod needs no leave", () => {
    const { policies } = app({ network: { nameservers: ["127.0.0.1", "10.0.10.1"] } });
    expect(policies["app-nameservers"]?.egress).toEqual([
      { peers: [{ cidr: "10.0.10.1/32" }], ports: [tcp(53), { port: 53, protocol: "UDP" }] },
    ]);
    expect(app({ network: { nameservers: ["127.0.0.1"] } }).policies).not.toHaveProperty(
      "app-nameservers",
    );
  });

  test.for([
    [["127.0.0.1"], ["main"]],
    [["10.0.10.1", "1.1.1.1"], ["main"]],
    // A service address is the cluster's DNS, or leads to it.
    [["10.0.10.1", "10.96.0.10"], undefined],
  ] as const)("who asks %j may not ask the cluster's DNS: %j", ([nameservers, except]) => {
    expect(app({ network: { nameservers } }).dns.except).toEqual(except);
  });

  test("a name server among services with IPv6 addresses is the cluster's", () => {
    const networks = { pods: "fd00:244::/56", services: "fd00:96::/112", nodes: "fd00:20::/64" };
    const nodes = { "worker-1": { cpu: "12", memory: "30Gi", address: "fd00:20::21" } };
    const around = { clusters: { home: { networks, nodes } } };
    const except = (nameserver: string) =>
      app({ network: { nameservers: [nameserver] } }, around).dns.except;
    expect(except("fd00:96::a")).toBeUndefined();
    expect(except("fd00:97::a")).toEqual(["main"]);
  });

  test("who is on the node's network is met at the nodes' addresses", () => {
    const onNode = service({
      ...component,
      network: { host: { because: "answers broadcasts", value: true } },
    });
    const { policies } = app(
      { consumes: { provider: "http" } },
      { services: { provider: onNode } },
    );
    expect(policies["app-consumes"]?.egress?.[0]?.peers).toEqual([{ cidr: "10.0.20.0/24" }]);
    const provider = valuesOf(
      {
        services: {
          app: {
            ...onNode,
            spec: { ...(onNode["spec"] as object), consumes: { provider: "http" } },
          },
          provider: service(),
        },
      },
      "provider",
    );
    expect(provider.policies["provider-consumers"]?.ingress?.[0]?.peers).toEqual([
      { cidr: "10.0.20.0/24" },
    ]);
  });
});

describe("pods", () => {
  test("a stopped daemon set waits for a node that is not there", () => {
    expect(app({ stopped: true, runs: { as: "daemonSet" } }).workloads["main"]?.pod?.nodes).toEqual(
      { "rzp.local/stopped": "true" },
    );
  });

  test("a budget follows the pods an environment allows", () => {
    const few = {
      environments: {
        prod: {
          cluster: "home",
          domain: "example.com",
          revision: "main",
          secrets: { backend: "fake" },
          replicas: 2,
        },
      },
    };
    expect(app({ replicas: 4, disruption: { keep: 3 } }, few).disruption).toEqual({
      app: { component: "main", keep: 1 },
    });
    const one = { environments: { prod: { ...few.environments.prod, replicas: 1 } } };
    expect(app({ scale: { min: 2, max: 4, cpu: 80 } }, one).disruption).toEqual({});
    expect(app({ scale: { min: 2, max: 4, cpu: 80 }, stopped: true }).disruption).toEqual({});
  });

  test("a sidecar is asked by number: the main container declares the ports", () => {
    const { workloads } = app({
      sidecars: { beside: { image: component["image"], health: { http: "/", port: "admin" } } },
    });
    expect(workloads["main"]?.sidecars?.[0]?.probes?.readiness?.http).toEqual({
      path: "/",
      port: 9090,
    });
  });

  test("with several components, a volume's own sub-path and reading-only hold wherever it is mounted", () => {
    const components = { main: { ...component, mounts: { data: "/data" } } };
    const { workloads } = valuesOf({
      services: {
        app: composed(components, {
          storage: { data: { holds: "state", size: "1Gi", subPath: "a", readOnly: true } },
        }),
      },
    });
    expect(workloads["main"]?.mounts).toEqual([
      { volume: "data", at: "/data", subPath: "a", readOnly: true },
    ]);
  });

  const data = { holds: "state", size: "1Gi" };
  const twice = ["/two", { mountPath: "/one", subPath: "a", readOnly: true }];
  test.for([
    [
      "of several",
      composed({ main: { ...component, mounts: { data: twice } } }, { storage: { data } }),
    ],
    ["without others", service({ ...component, storage: { data: { ...data, at: twice } } })],
  ] as const)("a component %s may mount a volume twice", ([, spec]) => {
    const { workloads } = valuesOf({ services: { app: spec } });
    expect(workloads["main"]?.mounts).toEqual([
      { volume: "data", at: "/one", subPath: "a", readOnly: true },
      { volume: "data", at: "/two" },
    ]);
    expect(workloads["main"]?.pod?.volumes).toEqual({ data: { claim: "data" } });
  });

  test("a file at any path has a key that a ConfigMap takes", () => {
    expect(app({ files: { "/etc/my app/a@b.conf": "text" } }).configMaps).toEqual({
      "app-files": { "etc.my-app.a-b.conf": { text: "text" } },
    });
  });
});

describe("routes", () => {
  test("one label gets the domain, also below a wildcard; a full name stays", () => {
    const { routes } = app({
      routes: {
        web: {
          host: ["app", "*.app", "app.example.org", "*.example.org"],
          to: "http",
          audience: "internal",
        },
      },
    });
    expect(routes["web"]?.hosts).toEqual([
      "app.example.com",
      "*.app.example.com",
      "app.example.org",
      "*.example.org",
    ]);
  });
});

describe("logins", () => {
  test("speak to PostgreSQL, whatever its port is called", () => {
    const provider = service({
      image: component["image"],
      runs: { as: "postgresCluster", instances: 1 },
      ports: { sql: 5432 },
      offers: { login: { port: "sql", gives: ["url"] } },
      storage: { data: { holds: "database", size: "5Gi" } },
    });
    const { externalSecrets } = app(
      {
        consumes: { provider: { login: "reader" } },
        env: { URL: { from: "provider", key: "url" } },
      },
      { services: { provider } },
    );
    expect(externalSecrets["from-provider"]?.template?.["url"]).toMatch(
      /^postgresql:\/\/reader:.*:5432\/reader$/,
    );
  });

  test("a service with several components may offer one, at the port of a database among them", () => {
    const provider = composed(
      {
        main: component,
        database: {
          image: component["image"],
          runs: { as: "postgresCluster", instances: 1 },
          ports: { postgres: 5432 },
        },
      },
      {
        offers: { login: { port: "database/postgres", gives: ["url"] } },
        storage: { data: { holds: "database", size: "5Gi" } },
      },
    );
    const { externalSecrets } = app(
      {
        consumes: { provider: { login: "reader" } },
        env: { URL: { from: "provider", key: "url" } },
      },
      { services: { provider } },
    );
    expect(externalSecrets["from-provider"]?.template).toEqual({
      url: 'postgresql://reader:{{ .password | urlquery | replace "+" "%20" }}@database-rw.media-provider.svc.cluster.local:5432/reader',
    });
  });
});
