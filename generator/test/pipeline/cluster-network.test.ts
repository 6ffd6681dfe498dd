/** What facts of the cluster open: who scrapes, and who calls a webhook. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { ServiceValues } from "../../src/model/values/service.ts";
import { readTree } from "../../src/load/tree.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
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
  const { value, problems } = await buildPlatform(tree);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const prod = value?.releases.filter(({ facts }) => facts.name === "prod") ?? [];
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
