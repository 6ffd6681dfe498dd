/** `from()` and `lan()` inside objects and values of a chart, and what a container alone can read. */
import { describe, expect, test } from "vitest";
import { upstreamChart } from "../../src/release/chart.ts";
import { neededSecrets } from "../../src/release/secrets/needed.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { chart, component, composed, scene, sceneWith, service } from "../model-leaves/scene.ts";

const source = { from: "oci://registry.example.com/charts/app", version: "1.0.0" };
const database = service({
  tier: "data",
  image: "registry.example.com/postgres:17",
  runs: { as: "postgresCluster", instances: 1 },
  ports: { postgres: 5432 },
  storage: { data: { holds: "database", size: "8Gi" } },
  offers: {
    login: { port: "postgres", gives: ["host", "port", "user", "password", "database", "url"] },
  },
});
const sharing = service({ ...component, offers: { "api-key": { secret: "api-key" } } });
const login = { database: { login: "shop" } };
const read = (key: string, from = "database") => ({ from, key });
const object = (spec: unknown) => ({ own: { apiVersion: "example.com/v1", kind: "Own", spec } });

const built = (reader: Fragment) =>
  build(sceneWith({ services: { database, sharing, shop: reader } }));

/** What a service that says this becomes, beside a database and a service that shares a key. */
function made(reader: Fragment) {
  const { releases, problems } = built(reader);
  const release = releases.find(({ service: { name } }) => name === "shop");
  if (release === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return { release, releases, values: upstreamChart(release)?.values, helm: toHelmValues(release) };
}
const codesOf = (reader: Fragment) => built(reader).problems.map(({ code }) => code);

const chartWith = (values: unknown, consumes: Fragment = login, more: Fragment = {}) =>
  chart({ web: { pods: { app: "web" }, consumes } }, { chart: { ...source, values }, ...more });
const password = { name: "from-database", key: "password" };

describe("values of a chart", () => {
  const { values, helm, release, releases } = made(
    chartWith({
      db: {
        host: read("host"),
        users: [read("user"), read("database")],
        password: read("password"),
        url: read("url"),
      },
      nas: { lan: "nas" },
    }),
  );

  test("hold what a provider offers, and the address of a host", () => {
    expect(values).toEqual({
      db: {
        host: "database-rw.data-database.svc.cluster.local",
        users: ["shop", "shop"],
        password,
        url: { ...password, key: "url" },
      },
      nas: "10.0.10.5",
    });
  });

  test("have the Secret they name, in the namespace of the service, which may read it", () => {
    expect(helm.service.externalSecrets).toMatchObject({
      [password.name]: { data: { password: "/edges/database/shop/password" } },
    });
    expect(helm.service.namespace.secrets?.paths).toEqual(["/edges/database/shop/"]);
    expect(release.outgoing).toHaveLength(1);
    expect(
      neededSecrets(releases).find(({ path }) => path === "/edges/database/shop/password")?.readers,
    ).toEqual(["database", "shop"]);
  });

  test("need no Secret for what is none", () => {
    expect(made(chartWith({ host: read("host") })).helm.service.externalSecrets).toEqual({});
  });

  test("read what is shared without a login", () => {
    const shared = made(chartWith({ key: read("api-key", "sharing") }, { sharing: "http" }));
    expect(shared.values).toEqual({ key: { name: "from-sharing", key: "api-key" } });
    expect(shared.helm.service.namespace.secrets?.paths).toEqual(["/services/sharing/api-key"]);
  });
});

describe("objects", () => {
  test("hold the same", () => {
    const { helm } = made(
      service({
        ...component,
        consumes: login,
        objects: object({ host: read("host"), ref: read("password"), to: [{ lan: "nas" }] }),
      }),
    );
    expect(helm.service.objects["own"]).toMatchObject({
      spec: {
        host: "database-rw.data-database.svc.cluster.local",
        ref: password,
        to: ["10.0.10.5"],
      },
    });
    expect(helm.service.externalSecrets).toHaveProperty(password.name);
  });

  test("read what one of several components consumes, and what each of them offers", () => {
    const { helm } = made(
      composed(
        { web: component, worker: { ...component, consumes: login } },
        { objects: object({ user: read("user"), worker: read("http-url", "./worker") }) },
      ),
    );
    expect(helm.service.objects["own"]).toMatchObject({
      spec: { user: "shop", worker: "http://worker.media-shop.svc.cluster.local:8080" },
    });
  });

  test("of a service of one component read its own address by its name, consumed or not", () => {
    const host = { host: "shop.media-shop.svc.cluster.local" };
    for (const consumes of [{}, { shop: "http" }]) {
      const { helm } = made(
        service({ ...component, consumes, objects: object({ host: read("http-host", "shop") }) }),
      );
      expect(helm.service.objects["own"]).toMatchObject({ spec: host });
    }
  });

  test("keep what only looks like a reference", () => {
    const spec = {
      a: { from: "database", key: "host", optional: true },
      b: { from: ["database"], key: "host" },
      c: { lan: "nas", port: 1 },
      d: { pod: "web-0" },
      e: { file: "/etc/app.yml" },
      f: { file: "config/app.yml" },
      g: { lan: "eth0" },
      h: { from: "nobody", key: "host" },
      i: { from: "database", key: "x" },
      j: { from: "sharing", key: "invoice" },
      k: { from: "./static", key: "url" },
      l: { from: "./main", key: "x" },
    };
    const consumes = { sharing: "http" };
    const { helm } = made(service({ ...component, consumes, objects: object(spec) }));
    expect(helm.service.objects["own"]).toMatchObject({ spec });
    expect(made(chartWith(spec, consumes)).values).toEqual(spec);
  });
});

describe("a reference that leads nowhere", () => {
  test.for<[string, string, unknown, Fragment]>([
    ["a service that is none", "FROM_WITHOUT_CONSUMES", read("host", "databse"), {}],
    ["a service it does not consume", "FROM_WITHOUT_CONSUMES", read("host"), {}],
    ["a key nobody offers", "FROM_UNKNOWN_KEY", read("hots"), login],
    [
      "a login of a service called by its port",
      "FROM_WITHOUT_LOGIN",
      read("user"),
      { database: "postgres" },
    ],
    ["a component that is none", "COMPONENT_UNKNOWN", read("url", "./wbe"), login],
    ["a host the cluster does not know", "LAN_HOST_UNKNOWN", { lan: "nsa" }, login],
    ["a field of a pod", "REFERENCE_OUT_OF_PLACE", { pod: "spec.nodeName" }, login],
    ["a file", "REFERENCE_OUT_OF_PLACE", { file: "config/one.txt" }, login],
    ["a file that is none", "REFERENCE_OUT_OF_PLACE", { file: "config/oen.txt" }, login],
    ["a file RZP writes", "REFERENCE_OUT_OF_PLACE", { writes: "dashboards" }, login],
  ])("%s is told, in values and in objects", ([, code, value, consumes]) => {
    expect(codesOf(chartWith({ a: [value] }, consumes))).toEqual([code]);
    expect(codesOf(chartWith({}, consumes, { objects: object({ b: value }) }))).toEqual([code]);
  });

  test.for<[string, string, string]>([
    ["FROM_UNKNOWN_KEY", "shop", "host"],
    ["FROM_WITHOUT_CONSUMES", "shop", "api-key"],
    ["COMPONENT_UNKNOWN", "./main", "http-host"],
    ["COMPONENT_UNKNOWN", "./shop", "http-host"],
  ])("%s of a service of one component is told: %s, %s", ([code, from, key]) => {
    const offers = { "api-key": { secret: "api-key" } };
    expect(codesOf(service({ ...component, offers, objects: object([read(key, from)]) }))).toEqual([
      code,
    ]);
  });

  test("by its name a service of several components is read nowhere", () => {
    const objects = object([read("http-host", "shop")]);
    expect(codesOf(composed({ web: component, worker: component }, { objects }))).toEqual([
      "FROM_WITHOUT_CONSUMES",
    ]);
  });

  test("a host that only another cluster has, and a service that only another environment runs", () => {
    const prod = scene.environments["prod"];
    const { problems } = build(
      sceneWith({
        clusters: { away: { carrier: "away", hosts: { television: "10.0.10.9" } } },
        environments: {
          prod: { ...prod, services: ["shop"] },
          away: { ...prod, cluster: "away", prefix: "away", services: ["database"] },
        },
        services: {
          database,
          shop: service({
            ...component,
            objects: object([{ lan: "television" }, read("host"), read("size")]),
          }),
        },
      }),
    );
    expect(problems.map(({ code }) => code).sort()).toEqual([
      "FROM_WITHOUT_CONSUMES",
      "LAN_HOST_UNKNOWN",
    ]);
  });

  test("what listens at a gateway is told in values alone", () => {
    const value = { gatewayListeners: "internal" };
    expect(codesOf(chartWith({ a: value }))).toEqual(["REFERENCE_OUT_OF_PLACE"]);
    expect(codesOf(chartWith({}, login, { objects: object({ b: value }) }))).toEqual([]);
  });
});
