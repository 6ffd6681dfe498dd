/** Sign-in at the gateway: where the browser comes back to, which secret, and what the gateway may call. */
import { describe, expect, test } from "vitest";
import type { ServiceValues } from "../../src/model/values/service.ts";
import { networkConsequences } from "../../src/explain/network.ts";
import type { Release } from "../../src/model/platform.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment, Surroundings } from "../model-leaves/fixture.ts";
import {
  chart,
  component,
  provider,
  sceneWith,
  service,
  withProvider,
} from "../model-leaves/scene.ts";

const valuesOf = (more: Surroundings, name?: string): ServiceValues =>
  toHelmValues(releaseOf(more, name)).service;

function releaseOf(more: Surroundings, name = "app"): Release {
  const { releases, problems } = build(sceneWith(more));
  const release = releases.find(
    ({ service: { name: own }, facts }) => own === name && facts.name === "prod",
  );
  if (release === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return release;
}
const web = (more: Fragment) => ({
  host: "app",
  to: "http",
  audience: "internal",
  signIn: "sso",
  ...more,
});
const app = (routes: Fragment, around: Surroundings = withProvider) =>
  valuesOf({ ...around, services: { app: service({ ...component, routes }) } });

describe("a route", () => {
  test.for<[string, Fragment, string, string]>([
    ["its own host", {}, "https://app.example.com/oauth2/callback", "/oauth2/logout"],
    ["a full name", { host: "a.org" }, "https://a.org/oauth2/callback", "/oauth2/logout"],
    [
      "the name that was asked for, of several",
      { host: ["app", "other"] },
      "https://%REQ(:authority)%/oauth2/callback",
      "/oauth2/logout",
    ],
    [
      "the name that was asked for, of a wildcard",
      { host: "*.app" },
      "https://%REQ(:authority)%/oauth2/callback",
      "/oauth2/logout",
    ],
    [
      "a path the route takes",
      { paths: ["/admin/"] },
      "https://app.example.com/admin/oauth2/callback",
      "/admin/oauth2/logout",
    ],
    [
      "the shortest of several paths",
      { paths: ["/settings", "/admin"] },
      "https://app.example.com/admin/oauth2/callback",
      "/admin/oauth2/logout",
    ],
    [
      "a rule that takes all pages under a path",
      {
        rules: {
          a: { path: "/a", exact: true },
          b: { path: "/bb", method: "POST" },
          c: { path: "/ccc", headers: { "x-key": "1" } },
          d: { path: "/dddd", method: "GET" },
        },
      },
      "https://app.example.com/dddd/oauth2/callback",
      "/dddd/oauth2/logout",
    ],
    [
      "a rule without path",
      { rules: { a: { path: "/a" }, b: {} } },
      "https://app.example.com/oauth2/callback",
      "/oauth2/logout",
    ],
  ])("comes back to %s", ([, more, redirect, logout]) => {
    expect(app({ web: web(more) }).routes["web"]?.signIn).toEqual({
      issuer: "https://id.example.com",
      clientId: "gateway",
      secret: "sign-in",
      redirect,
      logout,
    });
  });

  test.for<[string, Fragment]>([
    ["asks itself", { signIn: "own" }],
    ["says nothing and is internal", { signIn: undefined }],
    ["is open, with a reason", { signIn: { because: "a public page", value: "none" } }],
  ])("that %s has no policy and no secret", ([, more]) => {
    const { routes, externalSecrets } = app({ web: web(more) });
    expect(routes["web"]).not.toHaveProperty("signIn");
    expect(externalSecrets).not.toHaveProperty("sign-in");
  });

  test("two of them have one Secret, with a path of the environment", () => {
    const { externalSecrets } = app({ web: web({}), admin: web({ host: "admin" }) });
    expect(externalSecrets).toEqual({
      "sign-in": {
        store: "prod-media",
        data: { "client-secret": "/services/environment/sign-in" },
      },
    });
  });
});

describe("a gateway", () => {
  const gateway = (signIn: Fragment | undefined, more: Surroundings = {}, reaches: Fragment = {}) =>
    valuesOf(
      {
        ...more,
        environments: {
          prod: {
            cluster: "home",
            domain: "example.com",
            revision: "main",
            secrets: { backend: "fake" },
            ...(signIn === undefined ? {} : { signIn: { ...provider, ...signIn } }),
          },
          ...more.environments,
        },
        services: {
          asking,
          ...more.services,
          app: chart({ proxy: { pods: { app: "proxy" }, reaches: { signIn: true, ...reaches } } }),
        },
      },
      "app",
    ).policies["proxy-sign-in"]?.egress;
  const asking = service({ ...component, routes: { web: web({}) } });
  const tcp = (port: number) => [{ port, protocol: "TCP" }];
  const internet = {
    cidr: "0.0.0.0/0",
    except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
  };

  test.for<[string, Fragment, unknown]>([
    ["on the internet", {}, { peers: [internet], ports: tcp(443) }],
    ["said so", { at: "internet" }, { peers: [internet], ports: tcp(443) }],
    [
      "at another port",
      { issuer: "https://id.example.com:8443" },
      { peers: [internet], ports: tcp(8443) },
    ],
    [
      "on a host of the home network",
      { at: { lan: "nas" } },
      { peers: [{ cidr: "10.0.10.5/32" }], ports: tcp(443) },
    ],
  ])("calls the provider %s", ([, signIn, rule]) => {
    expect(gateway(signIn)).toEqual([rule]);
  });

  test("calls the provider behind a gateway, whose pods listen higher", () => {
    const id = service({
      ...component,
      routes: { web: { host: "id", to: "http", audience: "internal", signIn: "own" } },
    });
    expect(gateway({ at: "internal" }, { services: { id } })).toEqual([
      {
        peers: [{ namespace: "network-proxies", pods: { gateway: "internal" } }],
        ports: tcp(10_443),
      },
    ]);
  });

  test("calls the providers of all environments of its cluster", () => {
    const dev = {
      cluster: "home",
      prefix: "dev",
      domain: "dev.example.com",
      revision: "main",
      secrets: { backend: "fake" },
      signIn: { ...provider, at: { lan: "nas" } },
    };
    expect(gateway({}, { environments: { dev } })).toEqual([
      { peers: [internet, { cidr: "10.0.10.5/32" }], ports: tcp(443) },
    ]);
    const lab = { ...dev, cluster: "lab" };
    expect(
      gateway({}, { clusters: { lab: { carrier: "dev" } }, environments: { dev: lab } }),
    ).toEqual([{ peers: [internet], ports: tcp(443) }]);
  });

  test("calls it from no other component", () => {
    const { policies } = valuesOf({
      ...withProvider,
      services: {
        asking,
        app: chart({
          proxy: { pods: { app: "proxy" }, reaches: { signIn: true } },
          other: { pods: { app: "other" }, reaches: { apiserver: ["https"] } },
        }),
      },
    });
    expect(Object.keys(policies).filter((name) => name.endsWith("sign-in"))).toEqual([
      "proxy-sign-in",
    ]);
  });

  const ownPage = service({ ...component, routes: { web: web({ signIn: "own" }) } });

  test("calls nobody where no route asks at the provider", () => {
    expect(gateway({}, { services: { asking: ownPage } })).toBeUndefined();
  });

  test("calls it from the proxies of the gateway such a route goes through, and from the controller", () => {
    const { policies } = valuesOf({
      clusters: {
        home: {
          gateways: {
            internal: { podNamespace: "media-app" },
            public: {
              name: "public",
              namespace: "n",
              podNamespace: "media-app",
              podLabels: { gateway: "public" },
            },
          },
        },
      },
      ...withProvider,
      services: {
        asking,
        open: service({
          ...component,
          routes: { web: web({ host: "open", audience: "public", signIn: "own" }) },
        }),
        app: chart({
          controller: { pods: { app: "controller" }, reaches: { signIn: true } },
          proxy: {
            pods: { app: "proxy" },
            ports: { https: 10_443 },
            gatewayPorts: ["https"],
            reaches: { signIn: true },
          },
        }),
      },
    });
    const found = Object.entries(policies).filter(([name]) => name.endsWith("sign-in"));
    expect(found.map(([name, { selects }]) => [name, selects])).toEqual([
      ["controller-sign-in", { app: "controller" }],
      ["proxy-internal-sign-in", { app: "proxy", gateway: "internal" }],
    ]);
  });

  test("calls nobody without a provider, and only where it says so", () => {
    expect(gateway(undefined, { services: { asking: ownPage } })).toBeUndefined();
    expect(gateway({}, {}, { signIn: undefined })).toBeUndefined();
  });
});

describe("proxies of the gateway that the provider is behind", () => {
  const places = { podNamespace: "media-app" };
  const releaseWith = (signIn: Fragment, routes: Fragment, proxies: Fragment = {}) => {
    const { at } = signIn;
    const id = web({ host: "id", signIn: "own", audience: at });
    const behind = at === "internal" || at === "public" ? { id } : {};
    return releaseOf({
      clusters: { home: { gateways: { internal: places, public: places } } },
      environments: {
        prod: {
          cluster: "home",
          domain: "example.com",
          revision: "main",
          secrets: { backend: "fake" },
          signIn: { ...provider, ...signIn },
        },
      },
      services: {
        asking: service({ ...component, routes: { ...routes, ...behind } }),
        app: chart({
          controller: { pods: { app: "controller" }, reaches: { signIn: true } },
          proxy: {
            pods: { app: "proxy" },
            ports: { https: 10_443 },
            gatewayPorts: ["https"],
            reaches: { signIn: true },
            ...proxies,
          },
        }),
      },
    });
  };
  const letIn = (signIn: Fragment, audience: string, ...more: readonly [Fragment, Fragment?]) =>
    toHelmValues(releaseWith(signIn, ...more)).service.policies[`proxy-${audience}-sign-in`];
  const pods = (labels: Fragment) => ({ namespace: "media-app", pods: labels });
  const controller = pods({ app: "controller" });
  const internal = pods({ app: "proxy", gateway: "internal" });
  const open = pods({ app: "proxy", gateway: "public" });
  const ofBoth = { web: web({}), open: web({ host: "open", audience: "public" }) };

  test.for<[string, Fragment, Fragment, string, readonly unknown[]]>([
    [
      "the controller and themselves",
      { at: "internal" },
      { web: web({}) },
      "internal",
      [controller, internal],
    ],
    [
      "those of the other one too",
      { at: "internal" },
      ofBoth,
      "internal",
      [controller, internal, open],
    ],
    [
      "whoever asks the public one",
      { at: "public" },
      { web: web({}) },
      "public",
      [controller, internal],
    ],
  ])("let in %s", ([, signIn, routes, audience, peers]) => {
    expect(letIn(signIn, audience, routes)).toMatchObject({
      selects: { app: "proxy", gateway: audience },
      ingress: [{ peers, ports: [{ port: 10_443, protocol: "TCP" }] }],
    });
  });

  test("let in whoever asks at its port", () => {
    const signIn = { at: "internal", issuer: "https://id.example.com:8443" };
    expect(letIn(signIn, "internal", { web: web({}) })?.ingress).toEqual([
      { peers: [controller, internal], ports: [{ port: 8443, protocol: "TCP" }] },
    ]);
  });

  test.for<[string, Fragment, string, Fragment]>([
    ["it is behind the other one", { at: "public" }, "internal", { web: web({}) }],
    ["it is on the internet", { at: "internet" }, "internal", { web: web({}) }],
    ["it is on a host", { at: { lan: "nas" } }, "internal", { web: web({}) }],
    ["no route asks there", { at: "internal" }, "internal", { web: web({ signIn: "own" }) }],
  ])("let in nobody more where %s", ([, signIn, audience, routes]) => {
    expect(letIn(signIn, audience, routes)?.ingress).toBeUndefined();
  });

  test("let in nobody who does not say that it asks", () => {
    const policy = letIn({ at: "internal" }, "internal", { web: web({}) }, { reaches: undefined });
    expect(policy).toMatchObject({ ingress: [{ peers: [controller] }] });
    expect(policy).not.toHaveProperty("egress");
  });

  test("say so of each who asks, by name", () => {
    const told = networkConsequences(releaseWith({ at: "internal" }, ofBoth));
    expect(
      told.filter(({ rule }) => rule === "sign-in-accepted").map(({ about }) => about),
    ).toEqual([
      "NetworkPolicy proxy-internal-sign-in, from media-app/controller, who asks the sign-in provider of prod, for components.proxy.gatewayPorts",
      "NetworkPolicy proxy-internal-sign-in, from media-app/proxy of the internal gateway, who asks the sign-in provider of prod, for components.proxy.gatewayPorts",
      "NetworkPolicy proxy-internal-sign-in, from media-app/proxy of the public gateway, who asks the sign-in provider of prod, for components.proxy.gatewayPorts",
    ]);
  });
});

describe("a provider on a host of the home network whose address is a load balancer's", () => {
  const warned = (proxies: Fragment, address = "10.0.10.210") =>
    build(
      sceneWith({
        clusters: { home: { hosts: { id: address } } },
        environments: {
          prod: {
            cluster: "home",
            domain: "example.com",
            revision: "main",
            secrets: { backend: "fake" },
            signIn: { ...provider, at: { lan: "id" } },
          },
        },
        services: {
          id: service({
            ...component,
            exposes: { web: { address: "10.0.10.210", ports: { 443: "http" }, clients: "lan" } },
          }),
          app: chart({
            proxy: { pods: { app: "proxy" }, reaches: { signIn: true }, ...proxies },
          }),
        },
      }),
    ).warnings.filter(({ code }) => code === "ADDRESS_UNDECLARED");

  test("is warned of, as what is sent there goes to pods that let no gateway in", () => {
    expect(warned({})).toMatchObject([
      { keys: ["signIn", "at", "lan"], message: expect.stringContaining("load balancer of id") },
    ]);
  });

  test("is as well as any other where the gateways consume it, or at another address", () => {
    expect(warned({ consumes: { id: "http" } })).toEqual([]);
    expect(warned({}, "10.0.10.5")).toEqual([]);
  });
});
