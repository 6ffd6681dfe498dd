/** What RZP writes for Vector, held against the constraints its documentation names. */
import { beforeAll, describe, expect, test } from "vitest";
import { telemetryConsequences } from "../../src/explain/telemetry.ts";
import { readTree } from "../../src/load/tree.ts";
import type { Release } from "../../src/model/platform.ts";
import { VectorConfiguration } from "../../src/model/vector.ts";
import { windowHours } from "../../src/release/monitoring/streams.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

let releases: readonly Release[] = [];
beforeAll(async () => {
  releases = await releasesOf(readTree(projectRoot));
});
const release = (environment: string, service: string): Release => {
  const found = releases.find(
    ({ facts, service: { name } }) => facts.name === environment && name === service,
  );
  if (found === undefined) throw new Error(`${service} does not run in ${environment}`);
  return found;
};
const written = (environment: string): VectorConfiguration => {
  const files = toHelmValues(release(environment, "vector")).service.configMaps["vector-files"];
  const value = files?.["etc.vector.vector.json"];
  return JSON.parse(
    value !== undefined && "text" in value ? value.text : "",
  ) as VectorConfiguration;
};
const carriers = ["dev", "prod"] as const;

describe("the configuration of Vector", () => {
  test.for(carriers)("of %s keeps what its documentation asks for", (environment) => {
    expect(VectorConfiguration.parse(written(environment))).toEqual(written(environment));
  });

  test.for(carriers)("of %s never reads its own lines, nor the store's", (environment) => {
    const { pods } = written(environment).sources;
    expect(pods).toMatchObject({
      exclude_paths_glob_patterns: expect.arrayContaining([
        "/var/log/pods/observability-vector_*/**",
        "/var/log/pods/observability-openobserve_*/**",
      ]),
    });
  });

  test.for(carriers)("of %s leaves out just those that hear they are not read", (environment) => {
    const { clusterName } = release(environment, "vector").facts;
    const mine = releases.filter(({ facts }) => facts.clusterName === clusterName);
    const unread = mine.filter(({ logs }) => logs === undefined);
    const { pods } = written(environment).sources;
    const left = pods?.type === "kubernetes_logs" ? pods.exclude_paths_glob_patterns : [];
    expect(left?.filter((pattern) => pattern.startsWith("/var"))).toEqual(
      unread.map(({ service }) => `/var/log/pods/${service.namespace}_*/**`).toSorted(),
    );
    const lines = (of: Release) => ({
      told: telemetryConsequences(of).find(({ about }) => about === "lines of its pods")?.says,
      shown: of.dashboard?.panels.some((panel) => /^(?:lines|errors)-of/.test(panel)),
    });
    for (const of of mine)
      expect(lines(of), of.service.name).toEqual(
        unread.includes(of)
          ? { told: expect.stringMatching(/^go nowhere/), shown: false }
          : { told: expect.stringMatching(/^go to the stream/), shown: true },
      );
  });

  test.for(carriers)("of %s holds an outage back, within what the store accepts", (environment) => {
    const { facts } = release(environment, "vector");
    const { logs } = written(environment).sinks;
    if (logs?.type !== "http") throw new Error("no sink for logs");
    const outageHours = environment === "prod" ? 24 : 4;
    // What a busy node writes, 20 KiB a second.
    expect(logs.buffer.max_size).toBe(outageHours * 3600 * 20 * 1024);
    expect(windowHours(facts)).toBe(Math.max(5, outageHours * 2));
  });

  test.for(carriers)("of %s takes metrics from Prometheus and passes them on", (environment) => {
    const { sources, sinks } = written(environment);
    expect(sources["remote_write"]).toMatchObject({ address: "0.0.0.0:9092" });
    expect(sinks["remote_write_metrics"]).toMatchObject({
      inputs: ["remote_write"],
      endpoint: expect.stringMatching(/\/api\/default\/prometheus\/api\/v1\/write$/),
    });
  });

  test.for(carriers)("of %s is where Prometheus writes to, and lets it in", (environment) => {
    const { service } = toHelmValues(release(environment, "vector"));
    const { spec } = release(environment, "prometheus").service;
    expect(JSON.stringify(spec)).toContain(
      `"url":"http://vector.${service.namespace.name}.svc:${service.services["vector"]?.ports["remote-write"]?.port}/"`,
    );
    expect(service.policies["vector-consumers"]?.ingress).toEqual([
      {
        peers: [
          {
            namespace: "observability-prometheus",
            pods: { "app.kubernetes.io/name": "prometheus" },
          },
        ],
        ports: [{ port: 9092, protocol: "TCP" }],
      },
    ]);
  });

  test("tells OpenObserve what it may send late, and how long metrics are kept", () => {
    const env = (environment: string) =>
      toHelmValues(release(environment, "openobserve")).service.workloads["main"]?.env;
    expect(env("prod")).toMatchObject({
      ZO_INGEST_ALLOWED_UPTO: "48",
      ZO_COMPACT_DATA_RETENTION_DAYS: "90",
    });
    expect(env("dev")).toMatchObject({
      ZO_INGEST_ALLOWED_UPTO: "8",
      ZO_COMPACT_DATA_RETENTION_DAYS: "14",
    });
  });
});

describe("streams", () => {
  const days = (environment: string) =>
    Object.fromEntries(
      release(environment, "vector").telemetry?.streams.map((one) => [one.name, one.days]) ?? [],
    );

  test("are one a tier, with the days of the tier, and one for the cluster", () => {
    expect(days("prod")).toMatchObject({ media: 14, data: 30, platform: 30, cluster: 30 });
  });

  test("of environments that share a cluster are apart, each with its own days", () => {
    expect(days("dev")).toMatchObject({ media: 7, staging_media: 14, cluster: 7 });
    expect(release("staging", "sonarr").logs?.name).toBe("staging_media");
  });
});

describe("the model of Vector's configuration refuses", () => {
  type Fields = Record<string, unknown>;
  const changed = (path: readonly string[], value: unknown): unknown => {
    const copy = structuredClone(written("prod")) as unknown as Fields;
    const last = path.at(-1) ?? "";
    const parent = path.slice(0, -1).reduce<Fields>((from, key) => from[key] as Fields, copy);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
    return copy;
  };
  test.for([
    ["a buffer below the least", ["sinks", "logs", "buffer", "max_size"], 268_435_487],
    ["a variable, which is not filled in", ["sinks", "logs", "auth", "user"], "${USER}"],
    ["a password that is no secret", ["sinks", "logs", "auth", "password"], "secret"],
    ["a template that starts with what is filled in", ["sinks", "logs", "uri"], "{{ stream }}"],
    ["a template in the host", ["sinks", "logs", "uri"], "http://{{ host }}:5080/api/x/_json"],
    ["an input that is not there", ["sinks", "logs", "inputs"], ["nothing"]],
    ["a source that nobody takes from", ["sources", "more"], { type: "internal_metrics" }],
    ["a transform without a program", ["transforms", "step_1", "file"], undefined],
    ["a transform with two programs", ["transforms", "step_1", "source"], "."],
    ["a field it does not know", ["sinks", "logs", "headers"], {}],
    ["a sink it does not know", ["sinks", "logs", "type"], "loki"],
  ] as const)("%s", ([, path, value]) => {
    expect(VectorConfiguration.safeParse(changed(path, value)).success).toBe(false);
  });
});
