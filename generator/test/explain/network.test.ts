/** Causes of network rules are exact: with a fact goes all that follows from it, and nothing else. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { networkConsequences } from "../../src/explain/network.ts";
import type { Consequence } from "../../src/explain/consequence.ts";
import { asTree, isTree, type Tree } from "../../src/model/data.ts";
import type { Cause } from "../../src/model/derived.ts";
import { specOfKind, type AuthoredService } from "../../src/model/service.ts";
import type { Release } from "../../src/model/platform.ts";
import { connectCallers } from "../../src/resolve/cluster/callers.ts";
import { resolveEnvironment } from "../../src/resolve/environment.ts";
import { connectOperators } from "../../src/resolve/cluster/operators.ts";
import { environmentsByCluster } from "../tools/verify/network/cluster.ts";
import { build } from "../model-leaves/build.ts";
import { chart, sceneWith } from "../model-leaves/scene.ts";
import { without } from "../support/without.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const [prod] = (await environmentsByCluster(root)).get("home") ?? [];
if (prod === undefined) throw new Error("the repository has no environment on cluster home");

/** A service that says all there is to say about the network, beside those of the repository. */
const everything: AuthoredService = {
  kind: "composed",
  spec: specOfKind.composed.parse({
    tier: "media",
    about: "Says everything about the network",
    consumes: { sonarr: "http" },
    components: {
      server: {
        image: "example.com/server:1.2.3",
        health: { http: "/", port: "http" },
        ports: { http: 8080, dns: { udp: 1053, tcp: 1053 }, metrics: 9090, hook: 8443 },
        metrics: { port: "metrics" },
        account: { namespace: { pods: ["get"] } },
        consumes: { "./worker": "queue", radarr: ["http"], postgres: { login: "everything" } },
        calledBy: { apiserver: ["hook"] },
        network: { nameservers: ["10.0.10.53"] },
        reaches: {
          internet: ["https", "53/udp"],
          lan: { router: ["53/udp"], nas: ["https"] },
          apiserver: ["https"],
          nodes: ["9100/tcp"],
        },
      },
      worker: {
        image: "example.com/worker:1.2.3",
        health: { tcp: true },
        ports: { queue: 7000 },
        calledBy: ["nodes"],
        network: { host: { value: true, because: "listens for broadcasts" } },
        reaches: { internet: ["any"] },
      },
    },
    routes: {
      web: {
        host: "everything",
        to: "server/http",
        audience: "internal",
        signIn: "own",
        rules: { all: {}, metrics: { path: "/metrics", to: "server/metrics" } },
      },
      names: { to: "server/dns", kind: "udp", listener: 5300, audience: "internal" },
    },
    exposes: {
      dns: { ports: { 53: "server/dns" }, clients: "lan", keepClientAddress: true },
      web: { ports: { 80: "server/http" }, clients: ["10.0.10.0/25"] },
    },
  }),
};

/** What its facts ask for lies in each other: pods that call each other by both names, nameservers on the internet. */
const overlapping: AuthoredService = {
  kind: "composed",
  spec: specOfKind.composed.parse({
    tier: "media",
    about: "Asks for some things twice",
    components: {
      server: {
        image: "example.com/server:1.2.3",
        health: { http: "/", port: "http" },
        ports: { http: 8080, sync: 8081, raft: 8082 },
        consumes: { "./server": "raft", overlapping: "server/sync" },
        network: { nameservers: ["9.9.9.9", "10.0.10.53"] },
        reaches: { internet: ["dns"] },
      },
      agent: {
        image: "example.com/agent:1.2.3",
        health: { value: false, because: "nothing can be asked of it" },
        consumes: { overlapping: "server/http" },
        network: { host: { value: true, because: "listens for broadcasts" } },
      },
    },
    exposes: { web: { ports: { 80: "server/http" }, clients: ["10.0.20.0/25", "10.0.10.0/24"] } },
  }),
};

function consequences(service: string, authored: AuthoredService): Consequence[] | undefined {
  const environment = { ...prod, services: new Map(prod?.services).set(service, authored) };
  const { releases, problems } = resolveEnvironment({
    environment: environment as NonNullable<typeof prod>,
    existing: [],
    hosts: [],
    configFiles: new Map([...environment.services.keys()].map((name) => [name, []])),
  });
  const own = connectCallers(connectOperators(releases)).find(isOf(service));
  const isBroken = problems.some(
    ({ code, severity }) => severity === "error" && !code.startsWith("FILE_"),
  );
  return own === undefined || isBroken ? undefined : networkConsequences(own);
}
const isOf = (name: string) => (release: Release) => release.service.name === name;

/** Paths of everything a service says about the network, and of all entries in it. */
function factsOf(spec: Tree): string[][] {
  const fields = ["ports", "consumes", "reaches", "routes", "exposes", "metrics", "account"];
  const more = ["network", "calledBy", "hostNetwork", "gatewayPorts", "runs"];
  const below = (value: unknown, at: string[]): string[][] =>
    isTree(value)
      ? Object.entries(value).flatMap(([key, inner]) => [
          [...at, key],
          ...below(inner, [...at, key]),
        ])
      : [];
  const of = (part: Tree, at: string[]) =>
    [...fields, ...more].flatMap((field) =>
      part[field] === undefined ? [] : [[...at, field], ...below(part[field], [...at, field])],
    );
  return [
    ...of(spec, []),
    ...Object.entries(asTree(spec["components"])).flatMap(([name, part]) =>
      of(asTree(part), ["components", name]),
    ),
  ];
}

const sameWords = (one: Consequence) => (other: Consequence) =>
  one.about === other.about && one.says === other.says;

const services = [
  "everything",
  "overlapping",
  "immich",
  "mosquitto",
  "vector",
  "postgres",
  "metallb",
];
const more = ["envoy-gateway", "cert-manager", "zigbee2mqtt", "argo-cd", "home-assistant"];

describe.for([...services, ...more])("%s", (service) => {
  const authored = { everything, overlapping }[service] ?? prod.services.get(service);
  if (authored === undefined) throw new Error(`${service} does not run in prod`);
  const before = consequences(service, authored);

  test("has consequences, no two about the same", () => {
    const abouts = before?.map(({ about }) => about) ?? [];
    expect(abouts.length).toBeGreaterThan(2);
    expect(abouts.filter((about, index) => abouts.indexOf(about) !== index)).toEqual([]);
    expect(before?.filter(({ causes }) => causes.length === 0)).toEqual([]);
  });

  test("loses with a fact what follows from it, and nothing else", () => {
    const isBelow = (fact: readonly string[], at: readonly string[]) =>
      at.every((key, index) => fact[index] === key);
    let tried = 0;
    for (const fact of factsOf(authored.spec)) {
      const rest = specOfKind[authored.kind].safeParse(without(authored.spec, fact));
      const after = rest.success
        ? consequences(service, { kind: authored.kind, spec: rest.data } as AuthoredService)
        : undefined;
      if (after === undefined) continue;
      tried += 1;
      const names = ({ file, path: at, absent }: Cause) =>
        absent === undefined &&
        file === `charts/services/${service}/values.ts` &&
        isBelow(at, fact);
      const following = before?.filter(({ causes }) => causes.some(names)) ?? [];
      const others = before?.filter((one) => !following.includes(one)) ?? [];
      const fresh = after.filter((one) => before?.some(sameWords(one)) !== true);
      const told = `without ${fact.join(".")}`;
      expect(
        following.filter((one) => after.some(sameWords(one))),
        told,
      ).toEqual([]);
      expect(
        others.filter((one) => !after.some(sameWords(one))),
        told,
      ).toEqual([]);
      const unexplained = fresh.filter(
        ({ causes }) =>
          !causes.some(
            ({ absent, path: at }) => absent === true && (isBelow(at, fact) || isBelow(fact, at)),
          ),
      );
      expect(unexplained, told).toEqual([]);
    }
    expect(tried).toBeGreaterThan(0);
  });
});

test("says of pods on the node's network that no policy acts on them, and why they are there", () => {
  const [speaker] = (
    consequences("metallb", prod.services.get("metallb") ?? everything) ?? []
  ).filter(({ rule }) => rule === "host-network-unselectable");
  expect(speaker?.about).toBe("Pods of network-metallb/speaker");
  expect(speaker?.says).toContain("no policy acts on them");
  expect(speaker?.causes).toEqual([
    {
      file: "charts/services/metallb/values.ts",
      path: ["components", "speaker", "hostNetwork"],
      reason: "answers ARP requests on the node's interfaces",
    },
    { file: "charts/services/metallb/values.ts", path: ["pins", "namespace"], absent: true },
  ]);
});

test("of a chart's pods without labels all of the namespace are meant", () => {
  const app = chart({ server: { pods: {}, consumes: { other: "main/http" } } });
  const other = chart({ main: { pods: {}, ports: { http: 8080 } } });
  const { releases } = build(sceneWith({ services: { app, other } }));
  const told = releases
    .flatMap(networkConsequences)
    .flatMap(({ says }) => (says.endsWith("8080/TCP") ? [says] : []));
  expect(told).toEqual([
    "lets all pods call all pods of media-other at 8080/TCP",
    "lets all pods of media-app call all pods at 8080/TCP",
  ]);
});

test("a rule is told at the policy it stands in, which another rule may have written", () => {
  const told = (consequences("overlapping", overlapping) ?? []).map(
    ({ about, says }) => `${about}: ${says}`,
  );
  const of = (what: string) => told.filter((line) => line.includes(what));
  expect(of("to nameservers")).toEqual([
    "NetworkPolicy server-nameservers, to nameservers, for components.server.network.nameservers: lets component server call 9.9.9.9/32 and 10.0.10.53/32 at 53/UDP, 53/TCP",
    "NetworkPolicy server-nameservers, to nameservers, for components.server.network.nameservers, its place: stands in part in NetworkPolicy server-internet, to the internet, which lets it through already",
  ]);
  expect(of("its place: stands in NetworkPolicy")).toEqual([
    "NetworkPolicy server-clients, from nodes, for exposes.web, its place: stands in NetworkPolicy server-consumers, from media-overlapping/agent, which lets it through already",
  ]);
});

test("pods that call each other by the name of their service say so there", () => {
  const own = (consequences("overlapping", overlapping) ?? []).filter(({ says }) =>
    says.startsWith("lets component server call component server"),
  );
  const said = own.map(({ about, causes }) => [
    about,
    causes.flatMap(({ path: at, absent }) => (absent === true ? [] : [at.slice(2).join(".")])),
  ]);
  expect(said.slice(0, 2)).toEqual([
    [
      "NetworkPolicy server-consumers, from media-overlapping/server, for components.server.consumes../server",
      ["consumes../server", "ports.raft"],
    ],
    [
      "NetworkPolicy server-consumers, from media-overlapping/server, for components.server.consumes.overlapping",
      ["consumes.overlapping", "ports.sync"],
    ],
  ]);
});
