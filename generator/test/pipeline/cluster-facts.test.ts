/** `cluster()` and `routeHost()` in objects, values of a chart and variables, and the addresses that gateways get by their names. */
import { describe, expect, test } from "vitest";
import { at } from "../../src/model/reading.ts";
import { upstreamChart } from "../../src/release/chart.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { chart, component, scene, sceneWith, service } from "../model-leaves/scene.ts";

const source = { from: "oci://registry.example.com/charts/app", version: "1.0.0" };

/** A release of a chart with these objects and values, among the facts of the cluster. */
function releaseWith(objects: Fragment, values: Fragment = {}, cluster: Fragment = {}) {
  const carrier = chart(
    { proxy: { pods: { app: "proxy" } } },
    { objects, chart: { ...source, values } },
  );
  const { releases, problems } = build(
    sceneWith({
      clusters: { home: cluster },
      services: { app: service(component), carrier },
    }),
  );
  const release = releases.find(({ service: { name } }) => name === "carrier");
  if (release === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return release;
}
const objectsOf = (...scene: Parameters<typeof releaseWith>) =>
  toHelmValues(releaseWith(...scene)).service.objects;
const pool = (addresses: unknown) => ({
  pool: { apiVersion: "metallb.io/v1beta1", kind: "IPAddressPool", spec: { addresses } },
});

describe("a fact of the cluster", () => {
  test("is a list in an object where it is one, and addresses are networks", () => {
    const addressPool = ["10.0.10.200-10.0.10.230", "10.0.20.64/28", "10.0.20.9", "fd00::9"];
    expect(objectsOf(pool({ cluster: "addressPool" }), {}, { addressPool })).toMatchObject({
      pool: {
        spec: {
          addresses: ["10.0.10.200-10.0.10.230", "10.0.20.64/28", "10.0.20.9/32", "fd00::9/128"],
        },
      },
    });
  });

  test("is a text in values of a chart", () => {
    const release = releaseWith({}, { domainFilters: [{ cluster: "domain" }], zone: "z" });
    expect(upstreamChart(release)?.values).toEqual({ domainFilters: ["example.com"], zone: "z" });
  });

  test("is nothing that only looks like one", () => {
    const spec = { cluster: "home", other: { cluster: "domain", name: "db" } };
    const objects = { own: { apiVersion: "example.com/v1", kind: "Own", spec } };
    expect(objectsOf(objects)).toMatchObject({ own: { spec } });
  });
});

describe("the host of a route of the service itself", () => {
  const asked = (route: object, routeHost = "web") => {
    const carrier = chart(
      { proxy: { pods: { app: "proxy" }, ports: { http: 8080 } } },
      {
        routes: { web: { to: "proxy/http", audience: "internal", signIn: "own", ...route } },
        chart: { ...source, values: { global: { domain: { routeHost } } } },
        objects: {
          own: { apiVersion: "example.com/v1", kind: "Own", spec: { hosts: [{ routeHost }] } },
        },
      },
    );
    const { releases, problems } = build(sceneWith({ services: { carrier } }));
    const release = releases.find(({ service: { name } }) => name === "carrier");
    if (release === undefined) throw new Error(JSON.stringify(problems));
    return {
      values: upstreamChart(release)?.values,
      spec: toHelmValues(release).service.objects["own"]?.["spec"],
      codes: problems.map(({ code }) => code),
    };
  };

  test.for<[string, object, string]>([
    ["has the domain of the environment", { host: "own" }, "own.example.com"],
    ["stays where it is written in full", { host: "own.example.net" }, "own.example.net"],
    [
      "is the first that is a name",
      { host: ["*.own", "own", "other"], to: "proxy/http" },
      "own.example.com",
    ],
    [
      "is that of hosts which are shared",
      { host: { because: "two services answer for it", value: "own" } },
      "own.example.com",
    ],
  ])("%s", ([, route, host]) => {
    expect(asked(route)).toEqual({
      values: { global: { domain: host } },
      spec: { hosts: [host] },
      codes: [],
    });
  });

  test("is told where there is none", () => {
    expect(asked({ host: "own" }, "wbe").codes).toEqual([
      "ROUTE_HOST_UNKNOWN",
      "ROUTE_HOST_UNKNOWN",
    ]);
    expect(asked({ host: "*.own" }).codes).toContain("ROUTE_HOST_UNKNOWN");
  });
});

describe("the host of a route in a variable", () => {
  const asked = (routeHost: string, domain = "example.com") => {
    const { releases, problems } = build(
      sceneWith({
        services: {
          app: service({
            image: "registry.example.com/app:1.0.0",
            ports: { http: 8080 },
            health: { http: "/" },
            routes: {
              web: { to: "http", host: "own", audience: "internal", signIn: "own" },
              raw: { to: "http", kind: "tcp", listener: 8883, audience: "internal" },
            },
            env: { HOST: { routeHost }, URL: "https://$(HOST)/" },
          }),
        },
        environments: { prod: { ...scene.environments["prod"], domain } },
      }),
    );
    const release = releases.find(({ service: { name } }) => name === "app");
    return {
      env: release && toHelmValues(release).service.workloads["main"]?.env,
      codes: problems.map(({ code }) => code),
    };
  };

  test.for(["example.com", "example.net"])("follows the domain %s", (domain) => {
    expect(asked("web", domain)).toEqual({
      env: { HOST: `own.${domain}`, URL: "https://$(HOST)/" },
      codes: [],
    });
  });

  test.for(["wbe", "raw"])("%s has none", (route) => {
    expect(asked(route).codes).toEqual(["ROUTE_HOST_UNKNOWN"]);
  });
});

describe("a gateway of the cluster's file", () => {
  const gateway = (name: string, spec: Fragment = {}) => ({
    way: {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name, namespace: "network-gateway" },
      spec: { gatewayClassName: "envoy", ...spec },
    },
  });
  const asked = (...scene: Parameters<typeof releaseWith>) =>
    at(objectsOf(...scene)["way"], "spec", "infrastructure");
  const address = "metallb.io/loadBalancerIPs";

  test("gets the address that the file gives it, beside what the object says", () => {
    expect(asked(gateway("internal"))).toEqual({ annotations: { [address]: "10.0.10.210" } });
    const infrastructure = { labels: { a: "b" }, annotations: { note: "x" } };
    expect(asked(gateway("public", { infrastructure }))).toEqual({
      labels: { a: "b" },
      annotations: { [address]: "10.0.10.211", note: "x" },
    });
  });

  test("keeps the address it says itself", () => {
    const infrastructure = { annotations: { [address]: "10.0.10.205" } };
    expect(asked(gateway("internal", { infrastructure }))).toEqual(infrastructure);
  });

  test("is nothing of another name", () => {
    expect(asked(gateway("elsewhere"))).toBeUndefined();
  });
});
