/** What external-dns is told of public names: what they lead to, and whether Cloudflare answers for them. */
import { describe, expect, test } from "vitest";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { chart, component, sceneWith, service } from "../model-leaves/scene.ts";

const publicNames = {
  zone: { name: "example.com", id: "0".repeat(32) },
  account: "1".repeat(32),
};
const environment = {
  cluster: "home",
  domain: "example.com",
  revision: "main",
  secrets: { backend: "fake" },
};
const gatewayOf = (audience: "internal" | "public", annotations?: Fragment) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: audience, namespace: "network-gateway", ...(annotations && { annotations }) },
  spec: { listeners: { gatewayListeners: audience } },
});
const usual = { routes: { web: { host: "app", to: "http", audience: "public", signIn: "own" } } };

interface Scene {
  readonly names?: Fragment;
  readonly cluster?: Fragment;
  readonly running?: readonly string[];
  readonly app?: Fragment;
  readonly annotations?: Fragment;
}

/** Annotations of the gateways, and of the routes of `app`, in prod. */
function told({
  names = publicNames,
  cluster = {},
  running = ["external-dns", "cloudflared"],
  app = usual,
  annotations,
}: Scene) {
  const objects = { inside: gatewayOf("internal"), outside: gatewayOf("public", annotations) };
  const { releases, problems } = build(
    sceneWith({
      clusters: {
        home: { ...(Object.keys(names).length > 0 && { publicNames: names }), ...cluster },
      },
      environments: { prod: environment },
      services: {
        app: service({ ...component, ...app }),
        gateway: chart({ proxy: { pods: { app: "proxy" } } }, { objects }),
        ...Object.fromEntries(running.map((name) => [name, service()])),
      },
    }),
  );
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const valuesOf = (name: string) => {
    const found = releases.find(
      (release) => release.service.name === name && release.facts.name === "prod",
    );
    if (found === undefined) throw new Error(`no release ${name}`);
    return toHelmValues(found).service;
  };
  const { inside, outside } = valuesOf("gateway").objects as unknown as Record<
    string,
    { metadata: { annotations?: unknown } }
  >;
  return {
    inside: inside?.metadata.annotations,
    outside: outside?.metadata.annotations,
    route: valuesOf("app").routes["web"]?.annotations,
  };
}

const target = { "external-dns.kubernetes.io/target": "gateway-home.example.com" };
const proxied = { "external-dns.kubernetes.io/cloudflare-proxied": "true" };

describe("where external-dns writes", () => {
  test("names lead to the name of the gateway, and Cloudflare answers for them", () => {
    expect(told({})).toEqual({ inside: undefined, outside: target, route: proxied });
  });

  test("what the gateway says itself stays", () => {
    const annotations = { "cert-manager.io/cluster-issuer": "letsencrypt" };
    expect(told({ annotations }).outside).toEqual({ ...target, ...annotations });
  });

  test("names that lead to the address itself say so", () => {
    const names = { ...publicNames, address: "203.0.113.10", direct: true };
    expect(told({ names, running: ["external-dns"] }).route).toEqual({
      "external-dns.kubernetes.io/cloudflare-proxied": "false",
    });
  });

  test("it is told in the words it listens to", () => {
    const cluster = { annotationPrefix: "external-dns.alpha.kubernetes.io/" };
    expect(told({ cluster })).toEqual({
      inside: undefined,
      outside: { "external-dns.alpha.kubernetes.io/target": "gateway-home.example.com" },
      route: { "external-dns.alpha.kubernetes.io/cloudflare-proxied": "true" },
    });
  });
});

describe("nothing is told", () => {
  test("of what the gateway leads to, where external-dns does not run", () => {
    expect(told({ running: ["cloudflared"] }).outside).toBeUndefined();
  });

  test("on a cluster without public names", () => {
    expect(told({ names: {} })).toEqual({
      inside: undefined,
      outside: undefined,
      route: undefined,
    });
  });

  test("of routes for the home", () => {
    const app = {
      routes: { web: { host: "app", to: "http", audience: "internal", signIn: "own" } },
    };
    expect(told({ app }).route).toBeUndefined();
  });
});
