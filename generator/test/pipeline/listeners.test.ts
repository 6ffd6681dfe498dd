/** What a Gateway listens for follows from the environments of its cluster and from all their routes. */
import { describe, expect, test } from "vitest";
import { networkConsequences } from "../../src/explain/network.ts";
import type { Release } from "../../src/model/platform.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment, Surroundings } from "../model-leaves/fixture.ts";
import { chart, component, sceneWith, service } from "../model-leaves/scene.ts";

const environment = {
  cluster: "home",
  domain: "example.com",
  revision: "main",
  secrets: { backend: "fake" },
};
const dev = { ...environment, prefix: "dev", domain: "dev.example.com" };
const web = (more: Fragment) => ({
  host: "app",
  to: "http",
  audience: "internal",
  signIn: "own",
  ...more,
});

interface Listener {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly hostname?: string;
  readonly tls?: { readonly mode: string; readonly certificateRefs?: readonly { name: string }[] };
  readonly allowedRoutes: { readonly namespaces: { readonly from: string } };
}

/** Listeners of the gateway for an audience, with these routes. */
function listeners(routes: Fragment, more: Fragment = {}, audience = "internal"): Listener[] {
  const gateway = {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    spec: { gatewayClassName: "envoy", listeners: { gatewayListeners: audience } },
  };
  const { releases, problems } = build(
    sceneWith({
      environments: { prod: environment, ...more },
      services: {
        app: service({ ...component, routes }),
        // Once on a cluster.
        gateway: chart({ proxy: { pods: { app: "proxy" } } }, { objects: { gateway } }),
      },
    }),
  );
  const carrier = releases.find(
    (release) => release.service.name === "gateway" && release.facts.name === "prod",
  );
  if (carrier === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  const { spec } = toHelmValues(carrier).service.objects["gateway"] as unknown as {
    spec: { listeners: Listener[] };
  };
  return spec.listeners;
}
const words = (all: readonly Listener[]) =>
  all.map(
    ({ name, protocol, port, hostname = "", tls }) =>
      `${name} ${protocol} ${port} ${hostname} ${tls?.certificateRefs?.[0]?.name ?? tls?.mode ?? ""}`,
  );
const always = ["http HTTP 80  ", "https HTTPS 443 *.example.com internal-tls"];

describe("a gateway listens", () => {
  test.for<[string, Fragment, readonly string[]]>([
    ["for the domain, and plainly for itself", {}, []],
    ["for no host under the domain", { web: web({}) }, []],
    [
      "for a host of another domain",
      { web: web({ host: "tv.example.org" }) },
      ["https-tv-example-org HTTPS 443 tv.example.org internal-tv-example-org-tls"],
    ],
    [
      "for two labels under the domain",
      { web: web({ host: "my.app.example.com" }) },
      ["https-my-app-example-com HTTPS 443 my.app.example.com internal-my-app-example-com-tls"],
    ],
    [
      "for a wildcard",
      { web: web({ host: "*.app" }) },
      [
        "https-any---app-example-com HTTPS 443 *.app.example.com internal-any---app-example-com-tls",
      ],
    ],
    [
      "for each of two hosts that only hyphens tell apart",
      { web: web({ host: ["a.b-c.org", "a-b.c.org"] }) },
      [
        "https-a--b-c-org HTTPS 443 a-b.c.org internal-a--b-c-org-tls",
        "https-a-b--c-org HTTPS 443 a.b-c.org internal-a-b--c-org-tls",
      ],
    ],
    [
      "for a host once, however many routes it has",
      {
        one: web({ host: "a.org", paths: ["/a"] }),
        two: web({ host: "a.org", paths: ["/b"] }),
      },
      ["https-a-org HTTPS 443 a.org internal-a-org-tls"],
    ],
    [
      "for TLS that the service ends",
      { web: web({ kind: "tls" }) },
      ["tls-app-example-com TLS 443 app.example.com Passthrough"],
    ],
    [
      "on a port",
      { web: { to: "http", audience: "internal", kind: "tcp", listener: 8883 } },
      ["tcp-8883 TCP 8883  "],
    ],
    [
      "on a port for datagrams",
      { web: { to: "dns", audience: "internal", kind: "udp", listener: 53 } },
      ["udp-53 UDP 53  "],
    ],
    ["for no route of another audience", { web: web({ host: "a.org", audience: "public" }) }, []],
  ])("%s", ([, routes, more]) => {
    expect(words(listeners(routes))).toEqual([...always, ...more]);
  });

  test("for every environment of the cluster, with a certificate each", () => {
    expect(words(listeners({ web: web({}) }, { dev }))).toEqual([
      "http HTTP 80  ",
      "https-dev HTTPS 443 *.dev.example.com internal-dev-tls",
      "https HTTPS 443 *.example.com internal-tls",
    ]);
  });

  test("plainly only for its own namespace", () => {
    const from = listeners({}).map(({ name, allowedRoutes }) => [
      name,
      allowedRoutes.namespaces.from,
    ]);
    expect(from).toEqual([
      ["http", "Same"],
      ["https", "All"],
    ]);
  });

  test("by audience", () => {
    const routes = { web: web({ host: "a.org", audience: "public" }) };
    expect(words(listeners(routes, {}, "public"))).toEqual([
      "http HTTP 80  ",
      "https HTTPS 443 *.example.com public-tls",
      "https-a-org HTTPS 443 a.org public-a-org-tls",
    ]);
  });
});

describe("proxies of a gateway let clients in", () => {
  const proxies = {
    pods: { app: "proxy" },
    ports: { http: 10_080, https: 10_443 },
    gatewayPorts: ["http", "https"],
  };
  const byPort = (kind: "tcp" | "udp", listener: number, more: Fragment = {}) => ({
    kind,
    listener,
    to: kind === "udp" ? "dns" : "http",
    audience: "internal",
    ...more,
  });
  const carrierOf = (
    services: Surroundings["services"],
    environments: Surroundings["environments"] = {},
  ) => {
    const { releases, problems } = build(
      sceneWith({
        clusters: {
          home: {
            gateways: {
              internal: { podNamespace: "media-gateway" },
              public: { podNamespace: "media-gateway" },
            },
          },
        },
        environments: { prod: environment, ...environments },
        services: { ...services, gateway: chart({ proxy: proxies }) },
      }),
    );
    const carrier = releases.find(({ service: { name } }) => name === "gateway");
    if (carrier === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
    return carrier;
  };
  const letInBy = (carrier: Release, audience = "internal") =>
    toHelmValues(carrier).service.policies[`proxy-${audience}-clients`]?.ingress?.flatMap(
      ({ peers, ports }) =>
        ports.map(({ port, protocol }) => `${port}/${protocol} from ${peers.length}`),
    );
  const letIn = (routes: Fragment, audience?: string) =>
    letInBy(carrierOf({ app: service({ ...component, routes }) }), audience);
  const byName = (networks: number) => [`10080/TCP from ${networks}`, `10443/TCP from ${networks}`];

  test.for<[string, Fragment, readonly string[]]>([
    ["by name", { web: web({}) }, []],
    ["by name, with TLS that the service ends", { web: web({ kind: "tls" }) }, []],
    ["at a port, which they have 10000 higher", { a: byPort("tcp", 22) }, ["10022/TCP from 2"]],
    ["at a port that anybody may take", { a: byPort("tcp", 1024) }, ["1024/TCP from 2"]],
    ["with datagrams", { a: byPort("udp", 4433) }, ["4433/UDP from 2"]],
    [
      "at each port",
      { a: byPort("tcp", 22), b: byPort("udp", 53) },
      ["10022/TCP from 2", "10053/UDP from 2"],
    ],
    [
      "at no port of another audience",
      { a: byPort("tcp", 22, { audience: "public", signIn: "own" }) },
      [],
    ],
  ])("%s", ([, routes, more]) => {
    expect(letIn(routes)?.toSorted()).toEqual([...more, ...byName(2)].toSorted());
  });

  test("of the public one, from everywhere", () => {
    const routes = { a: byPort("tcp", 22, { audience: "public", signIn: "own" }) };
    expect(letIn(routes, "public")).toEqual(["10022/TCP from 1", ...byName(1)]);
  });

  test("for routes of every environment of their cluster", () => {
    const carrier = carrierOf(
      { app: service(), far: service({ ...component, routes: { a: byPort("tcp", 22) } }) },
      {
        prod: { ...environment, services: ["app", "gateway"] },
        dev: { ...dev, services: ["far"] },
      },
    );
    expect(letInBy(carrier)).toEqual(["10022/TCP from 2", ...byName(2)]);
  });

  test("and say so of each listener by itself", () => {
    const same = { a: byPort("tcp", 22) };
    const carrier = carrierOf({
      app: service({ ...component, routes: same }),
      other: service({ ...component, routes: { a: byPort("tcp", 23) } }),
    });
    const told = networkConsequences(carrier).filter(({ about }) => about.includes("-clients"));
    expect(new Set(told.map(({ about }) => about)).size).toBe(told.length);
    const [ssh] = told.filter(({ about }) => about.includes("listener tcp-22"));
    expect(ssh?.causes.map(({ file, path }) => `${file} ${path.join(".")}`)).toEqual(
      expect.arrayContaining([
        "charts/services/app/values.ts routes.a.listener",
        "charts/services/app/values.ts routes.a.kind",
      ]),
    );
  });
});
