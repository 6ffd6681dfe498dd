/** What facts of the cluster open: who scrapes, and who calls a webhook. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { ServiceValues } from "../../src/model/values/service.ts";
import { readTree } from "../../src/load/tree.ts";
import { networkConsequences } from "../../src/explain/network.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { releasesOf } from "../support/releases.ts";
import { createRepository } from "../support/repository.ts";

const cluster = "environments/clusters/home.ts";
const scraper = /^ *scraper: .*\n/m;

/** Values of all services of prod, with the cluster file changed. */
async function valuesWith(
  change: (text: string) => string,
): Promise<ReadonlyMap<string, ServiceValues>> {
  using repository = createRepository();
  const file = path.join(repository.root, cluster);
  repository.write(cluster, change(readFileSync(file, "utf8")));
  const tree = readTree(repository.root);
  const releases = await releasesOf(tree);
  const prod = releases.filter(({ facts }) => facts.name === "prod");
  return new Map(
    prod.map((release) => [release.service.name, toHelmValues(release, tree.sources).service]),
  );
}

const monitored = (services: ReadonlyMap<string, ServiceValues>) =>
  [...services.values()].flatMap(({ monitors, podMonitors }) => [
    ...Object.keys(monitors),
    ...Object.keys(podMonitors),
  ]);
const scraped = (services: ReadonlyMap<string, ServiceValues>) =>
  [...services.values()].flatMap(({ policies }) =>
    Object.keys(policies).filter((name) => name.endsWith("-metrics")),
  );

test("a cluster with a scraper has monitors, and lets it in", async () => {
  const services = await valuesWith((text) => text);
  expect(monitored(services).length).toBeGreaterThan(2);
  expect(scraped(services).length).toBeGreaterThan(2);
});

test("a cluster without one has neither, and the port stays", async () => {
  const services = await valuesWith((text) => {
    expect(text).toMatch(scraper);
    return text.replace(scraper, "");
  });
  expect(services.size).toBeGreaterThan(3);
  expect(monitored(services)).toEqual([]);
  expect(scraped(services)).toEqual([]);
  expect(services.get("vector")?.services["vector"]?.ports).toHaveProperty("metrics");
});

const webhookPeers = (services: ReadonlyMap<string, ServiceValues>) =>
  services.get("cert-manager")?.policies["webhook-callers"]?.ingress;
const callers = (...networks: readonly string[]) => [
  { peers: networks.map((cidr) => ({ cidr })), ports: [{ port: 10250, protocol: "TCP" }] },
];

test("a webhook is called from nodes, on which the API server is, and from the ends of tunnels between them", async () => {
  const services = await valuesWith((text) => text);
  expect(webhookPeers(services)).toEqual(callers("10.0.20.0/24", "10.244.0.0/16"));
  const metrics = services.get("cert-manager")?.policies["controller-metrics"];
  expect(JSON.stringify(metrics)).not.toContain("cidr");
});

test("an API server with an address beside the nodes is named by it", async () => {
  const services = await valuesWith((text) =>
    text.replace(/addresses: \["10\.0\.20\.10"/, 'addresses: ["10.0.40.10", "10.0.20.10"'),
  );
  expect(webhookPeers(services)).toEqual(callers("10.0.20.0/24", "10.0.40.10/32", "10.244.0.0/16"));
});

describe("on the node's network", () => {
  const sonarr = "charts/services/sonarr/values.ts";
  const onTheNode = (repository: ReturnType<typeof createRepository>) => {
    const tiers = readFileSync(path.join(repository.root, "environments/tiers.ts"), "utf8");
    repository.write(
      "environments/tiers.ts",
      tiers.replace(/(media: .*podSecurity: )"restricted"/, '$1"privileged"'),
    );
    const text = readFileSync(path.join(repository.root, sonarr), "utf8");
    repository.write(
      sonarr,
      text
        .replace("import {", "import { because,")
        .replace(
          "  env: {",
          '  network: { host: because(true, "listens for broadcasts") },\n  env: {',
        ),
    );
  };

  test("check says where no policy acts, and why, and finds no mistake in it", async () => {
    using repository = createRepository();
    const before = await repository.run(["check"]);
    expect(before.stdout).toBe("no mistakes found");
    onTheNode(repository);
    // One of the two environments has the port of the cluster's only node.
    const dev = path.join(repository.root, "environments/dev/sonarr.ts");
    const overlay = readFileSync(dev, "utf8");
    repository.write(
      "environments/dev/sonarr.ts",
      overlay.replace('remove: ["', 'remove: ["network", "'),
    );
    const { exitCode, stdout, stderr } = await repository.run(["check"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^no mistakes found\nsonarr\/main uses its node's network, where no network policy acts on it \(.+\): listens for broadcasts$/,
    );
  });

  test("who is there has no policies, and is let in with the address of a node", async () => {
    using repository = createRepository();
    onTheNode(repository);
    const releases = await releasesOf(readTree(repository.root));
    const valuesOf = (name: string) => {
      const release = releases.find(
        ({ service, facts }) => service.name === name && facts.name === "prod",
      );
      return release === undefined ? undefined : toHelmValues(release).service.policies;
    };
    expect(valuesOf("sonarr")).toEqual({});
    expect(JSON.stringify(valuesOf("postgres")?.["postgres-consumers"])).toContain("10.0.20.0/24");
    expect(JSON.stringify(valuesOf("prowlarr")?.["prowlarr-consumes"])).toContain("10.0.20.0/24");
  });

  test("who is there is asked by the prober, at its port of the nodes", async () => {
    using repository = createRepository();
    const prober = "charts/services/blackbox-exporter/values.ts";
    repository.write(
      prober,
      `import { defineChart } from "#rzp";

export default defineChart({
  tier: "observability",
  about: "Asks whether others answer",
  chart: { from: "oci://example.com/charts/prober", version: "1.0.0" },
  components: { main: { pods: { app: "prober" } } },
});
`,
    );
    const prod = "environments/prod/environment.ts";
    const text = readFileSync(path.join(repository.root, prod), "utf8");
    repository.write(prod, text.replace("services: [", 'services: ["blackbox-exporter", '));
    const asked = async () => {
      const releases = await releasesOf(readTree(repository.root));
      const own = releases.find(({ service }) => service.name === "blackbox-exporter");
      if (own === undefined) throw new Error("there is no prober");
      const { egress } = toHelmValues(own).service.policies["blackbox-exporter-probes"] ?? {};
      return {
        peers: egress?.find(({ ports }) => ports[0]?.port === 8989)?.peers ?? [],
        causes: networkConsequences(own)
          .filter(({ about }) => about.includes("to media-sonarr/main"))
          .flatMap(({ causes }) => causes.map(({ path: at }) => at.join("."))),
      };
    };
    const before = await asked();
    expect(before.peers.map((peer) => "namespace" in peer)).toEqual([true, true]);
    expect(before.causes).not.toContain("network.host");
    onTheNode(repository);
    const after = await asked();
    expect(after.peers).toEqual([{ cidr: "10.0.20.0/24" }]);
    expect(after.causes).toContain("network.host");
  });
});

test("gateways and the scraper reach what they are for, where a service runs them", async () => {
  using repository = createRepository();
  const labels = readFileSync(path.join(repository.root, cluster), "utf8");
  const prometheus = /podLabels: (\{ "app\.kubernetes\.io\/name": "prometheus" \})/.exec(
    labels,
  )?.[1];
  const gateway = /podNamespace: "([a-z-]+)"/.exec(labels)?.[1];
  expect([prometheus, gateway]).not.toContain(undefined);
  const chart = (name: string, tier: string, component: string) =>
    repository.write(
      `charts/services/${name}/values.ts`,
      `import { defineChart } from "#rzp";

export default defineChart({
  tier: "${tier}",
  about: "Serves the whole cluster",
  chart: { from: "oci://example.com/charts/${name}", version: "1.0.0" },
  components: { pods: ${component} },
  pins: { namespace: "${name === "proxies" ? gateway : "observability-prometheus"}" },
});
`,
    );
  chart(
    "proxies",
    "platform",
    `{ pods: { app: "envoy" }, ports: { web: 10443 }, gatewayPorts: ["web"] }`,
  );
  chart("prometheus", "platform", `{ pods: ${prometheus} }`);
  const prod = "environments/prod/environment.ts";
  const text = readFileSync(path.join(repository.root, prod), "utf8");
  repository.write(prod, text.replace("services: [", 'services: ["prometheus", "proxies", '));
  const releases = await releasesOf(readTree(repository.root));
  const policiesOf = (name: string) => {
    const release = releases.find(({ service }) => service.name === name);
    return release === undefined ? {} : toHelmValues(release).service.policies;
  };
  const routes = policiesOf("proxies")["pods-internal-routes"];
  expect(routes?.selects).toMatchObject({ app: "envoy" });
  const toSonarr = routes?.egress?.find(({ ports }) => ports[0]?.port === 8989);
  expect(toSonarr?.peers.map((peer) => ("namespace" in peer ? peer.namespace : peer))).toEqual([
    "dev-media-sonarr",
    "media-sonarr",
  ]);
  expect(policiesOf("proxies")["pods-internal-clients"]?.ingress?.[0]?.ports).toEqual([
    { port: 10443, protocol: "TCP" },
  ]);
  const scrapes = JSON.stringify(policiesOf("prometheus")["pods-scrapes"]);
  expect(scrapes).toContain("9402");
});
