/** What follows from how a component is measured: of an exporter a container, its secret, its policy; monitors and probes. */
import { describe, expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import type { ServiceValues } from "../../src/model/values/service.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { createRepository } from "../support/repository.ts";

const clusterFile = "environments/clusters/home.ts";

/** Values of a service of its own in the small repository, with other words in the cluster file. */
async function valuesOf(fields: string, cluster: readonly [string, string] = ["", ""]) {
  using repository = createRepository();
  const { readFileSync } = await import("node:fs");
  const read = (file: string) => readFileSync(`${repository.root}/${file}`, "utf8");
  repository.write(clusterFile, read(clusterFile).replace(...cluster));
  repository.write(
    "charts/services/tried/values.ts",
    `import { because, cache, daemonSet, defineService, schedule, secret, statefulSet } from "#rzp";
export default defineService({ tier: "media", about: "Tried with an exporter", ${fields} });
`,
  );
  const prod = "environments/prod/environment.ts";
  repository.write(prod, read(prod).replace('"sonarr"', '"sonarr", "tried"'));
  const { value, problems } = await buildPlatform(readTree(repository.root));
  const release = value?.releases.find(
    ({ service, facts }) => service.name === "tried" && facts.name === "prod",
  );
  if (release === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  return toHelmValues(release).service;
}

const prober =
  '  prober: { namespace: "observability-blackbox-exporter", podLabels: { app: "prober" }, service: "blackbox-exporter", port: 9115 },\n';

const scraper =
  '  scraper: { namespace: "observability-prometheus", podLabels: { "app.kubernetes.io/name": "prometheus" } },\n';

const beside = ({ workloads }: ServiceValues) => workloads["main"]?.sidecars?.[0];

const exportarr = `image: "ghcr.io/home-operations/radarr:6.0.4", ports: { http: 7878 }, health: { http: "/ping" },
  metrics: { exporter: "exportarr", key: secret("api-key") }`;

describe("exportarr", () => {
  test("asks the program of the image at its port, with the key of the service", async () => {
    const values = await valuesOf(exportarr);
    expect(beside(values)).toMatchObject({
      name: "exporter",
      args: ["radarr"],
      env: {
        PORT: "9707",
        URL: "http://127.0.0.1:7878",
        API_KEY: { secret: "own", key: "api-key" },
      },
      ports: { exporter: { port: 9707 } },
      resources: { cpu: "10m", memory: "32Mi", memoryLimit: "128Mi" },
    });
    expect(values.workloads["main"]?.restartsWith).toEqual(["own"]);
  });

  test("is read at the pods, once: no Service leads there", async () => {
    const values = await valuesOf(exportarr);
    expect(values.monitors).toEqual({});
    expect(values.podMonitors).toEqual({
      tried: { component: "main", ports: ["exporter"], path: "/metrics", interval: "30s" },
    });
    expect(Object.keys(values.services["tried"]?.ports ?? {})).toEqual(["http"]);
    expect(values.probes, "what has metrics is not probed").toEqual({});
  });

  test("lets the scraper in at its port, and nobody else", async () => {
    const { policies } = await valuesOf(exportarr);
    const at9707 = Object.entries(policies).filter(([, policy]) =>
      JSON.stringify(policy).includes("9707"),
    );
    expect(at9707.map(([name]) => name)).toEqual(["tried-metrics"]);
  });

  test("has the pod ready, and started, without it", async () => {
    const probes = beside(await valuesOf(exportarr))?.probes;
    expect(Object.keys(probes ?? {})).toEqual(["liveness"]);
  });

  test("counts in the quota", async () => {
    const bare = await valuesOf(exportarr.replace(/metrics: .*/, ""));
    const both = await valuesOf(exportarr);
    expect(both.quotas["quota"]?.memory).not.toBe(bare.quotas["quota"]?.memory);
    expect(beside(bare)).toBeUndefined();
  });

  test("comes from the mirror of its registry", async () => {
    const values = await valuesOf(exportarr, [
      "storageClasses:",
      'mirrors: { "ghcr.io": "mirror.example.com/ghcr" },\n  storageClasses:',
    ]);
    expect(beside(values)?.image).toMatch(/^mirror\.example\.com\/ghcr\/onedr0p\/exportarr:v/);
  });
});

test.each([
  [
    "valkey",
    `ports: { redis: 6379, other: 7000 }, metrics: { exporter: "valkey" }`,
    { REDIS_ADDR: "redis://127.0.0.1:6379" },
  ],
  [
    "valkey with a password",
    `ports: { valkey: 6380 }, metrics: { exporter: "valkey", key: secret("password") }`,
    {
      REDIS_ADDR: "redis://127.0.0.1:6380",
      REDIS_PASSWORD: { secret: "own", key: "password" },
    },
  ],
  [
    "postgres",
    `ports: { postgres: 5432 }, metrics: { exporter: "postgres", key: secret("password") }`,
    {
      DATA_SOURCE_URI: "127.0.0.1:5432/postgres?sslmode=disable",
      DATA_SOURCE_USER: "postgres",
      DATA_SOURCE_PASS: { secret: "own", key: "password" },
    },
  ],
  [
    "mosquitto",
    `ports: { mqtt: 1883, web: 9001 }, metrics: { exporter: "mosquitto", user: "exporter", key: secret("password") }`,
    {
      BROKER_ENDPOINT: "tcp://127.0.0.1:1883",
      MQTT_USER: "exporter",
      MQTT_PASS: { secret: "own", key: "password" },
    },
  ],
])("%s asks its port", async (_, fields, env) => {
  const values = await valuesOf(
    `image: "registry.example.com/program:1", health: { exec: ["true"] }, ${fields}`,
  );
  expect(beside(values)?.env).toEqual(env);
});

describe("own metrics", () => {
  const tried = (more: string, cluster?: readonly [string, string]) =>
    valuesOf(
      `image: "registry.example.com/program:1", ports: { http: 8080 }, health: { http: "/" }, metrics: { port: "http", ${more} }`,
      cluster,
    );
  const read = async (path: string) =>
    (await tried(`path: ${JSON.stringify(path)}`)).monitors["tried"];
  const token = `token: secret("metrics")`;

  test.each([
    ["/v1/sys/metrics?format=prometheus", "/v1/sys/metrics", { format: ["prometheus"] }],
    ["/?b=1&a=x%20y&b=2", "/", { b: ["1", "2"], a: ["x y"] }],
    ['/federate?match[]={job=~".*"}', "/federate", { "match[]": ['{job=~".*"}'] }],
  ])("at %s are asked for with a query", async (written, path, params) => {
    expect(await read(written)).toMatchObject({ path, params });
  });

  test.each(["/-/metrics", "/metrics?"])("at %s are asked for without one", async (written) => {
    const { path, params } = (await read(written)) ?? {};
    expect({ path, params }).toEqual({ path: written.replace("?", ""), params: undefined });
  });

  test("are read with a token of the service, whose pods do not read it", async () => {
    const { monitors, externalSecrets, workloads } = await tried(token);
    expect(monitors["tried"]).toMatchObject({ token: { secret: "own", key: "metrics" } });
    expect(externalSecrets["own"]?.data).toEqual({ metrics: "/services/tried/metrics" });
    expect(workloads["main"]?.restartsWith ?? []).toEqual([]);
  });

  test("of a service without a scraper need no token", async () => {
    const { externalSecrets } = await tried(token, [scraper, ""]);
    expect(externalSecrets).toEqual({});
  });

  test.each([
    [`{ host: "app.example.com" }`, { host: "app.example.com" }],
    [
      `{ host: "app.example.com", ca: secret("ca") }`,
      { host: "app.example.com", ca: { secret: "own", key: "ca" } },
    ],
    [`because("unverified", "it makes its certificate itself")`, { unverified: true }],
  ])("over TLS, with %s", async (https, tls) => {
    const { monitors, externalSecrets } = await tried(`https: ${https}`);
    expect(monitors["tried"]?.tls).toEqual(tls);
    expect(Object.keys(externalSecrets)).toEqual("ca" in tls ? ["own"] : []);
  });

  test("without a word of it are read without TLS and token", async () => {
    const { monitors } = await tried("");
    expect(monitors["tried"]).toEqual({
      service: "tried",
      ports: ["http"],
      path: "/metrics",
      interval: "30s",
    });
  });
});

describe("what has no metrics", () => {
  const asked = async (fields: string, cluster?: readonly [string, string]) =>
    Object.values(
      (await valuesOf(`image: "registry.example.com/program:1", ${fields}`, cluster)).probes,
    );

  test.each([
    [
      "by HTTP",
      `ports: { http: 8080 }, health: { http: "/ping?all=1" }`,
      "http",
      "http://tried.media-tried.svc:8080/ping?all=1",
    ],
    [
      "by HTTPS",
      `ports: { http: 8443 }, health: { http: "/", https: true }`,
      "http",
      "https://tried.media-tried.svc:8443/",
    ],
    [
      "at the port of its health",
      `ports: { http: 8080, admin: 9000 }, health: { http: "/up", port: "admin" }`,
      "http",
      "http://tried.media-tried.svc:9000/up",
    ],
    [
      "by a connection, where it wants headers",
      `ports: { http: 8080 }, health: { http: "/", headers: { Host: "a" } }`,
      "tcp",
      "tried.media-tried.svc:8080",
    ],
    [
      "by a connection, where it says tcp",
      `ports: { mqtt: 1883 }, health: { tcp: true }`,
      "tcp",
      "tried.media-tried.svc:1883",
    ],
    [
      "by a connection, where it says gRPC",
      `ports: { api: { grpc: 7000 } }, health: { grpc: true }`,
      "tcp",
      "tried.media-tried.svc:7000",
    ],
    [
      "by a connection, where a command is asked",
      `ports: { dns: { udp: 53 }, api: 8000 }, health: { exec: ["true"] }`,
      "tcp",
      "tried.media-tried.svc:8000",
    ],
    [
      "by a connection, where nothing is asked",
      `ports: { one: 1000, two: 2000 }, health: because(false, "it has no page of its own")`,
      "tcp",
      "tried.media-tried.svc:1000",
    ],
    [
      "over its Service, where it is on the node's network",
      `network: { host: because(true, "finds devices by broadcast") }, ports: { http: 8080 }, health: { http: "/" }`,
      "http",
      "http://tried.media-tried.svc:8080/",
    ],
  ])("is asked %s", async (_, fields, module, target) => {
    expect(await asked(fields)).toEqual([
      {
        component: "main",
        prober: "blackbox-exporter.observability-blackbox-exporter.svc:9115",
        module,
        target,
        interval: "30s",
      },
    ]);
  });

  test.each([
    ["a job", `runs: schedule("0 4 * * *", { endsWithin: "5m" }), ports: { http: 8080 }`],
    ["on every node", `runs: daemonSet(), ports: { http: 8080 }, health: { http: "/" }`],
    ["without ports", `health: { exec: ["true"] }`],
    ["with UDP alone", `ports: { dns: { udp: 53 } }, health: { exec: ["true"] }`],
    ["stopped", `stopped: true, ports: { http: 8080 }, health: { http: "/" }`],
    ["without pods", `replicas: 0, ports: { http: 8080 }, health: { http: "/" }`],
    ["with metrics", `ports: { http: 8080 }, health: { http: "/" }, metrics: { port: "http" }`],
  ])("is not asked: %s", async (_, fields) => {
    expect(await asked(fields)).toEqual([]);
  });

  test("is not asked where the cluster has no prober", async () => {
    const fields = `ports: { http: 8080 }, health: { http: "/" }`;
    expect(await asked(fields, [prober, ""])).toEqual([]);
  });
});
