/** Namespaces that no service may be pinned to, and who may be all the same. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkRepository, createRepository, projectRoot } from "../support/repository.ts";

const base = path.join(projectRoot, "generator/test/support/base");
const cluster = "environments/clusters/home.ts";
const environment = "environments/prod/environment.ts";
const read = (file: string) => readFileSync(path.join(base, file), "utf8");
const facts = read(cluster)
  .replace('dns: { namespace: "kube-system"', 'dns: { namespace: "names"')
  .replace('namespace: "network-envoy-gateway"', 'namespace: "ways"')
  .replace(
    "    internal: {",
    '    public: { name: "open", namespace: "open", podNamespace: "open", podLabels: { way: "open" } },\n    internal: {',
  );

/** What is told of a chart that is pinned to a namespace, in prod, which has no prefix. */
async function told(namespace: string, more: string): Promise<string[]> {
  using repository = createRepository();
  repository.write(cluster, facts);
  const withKit = read(environment).replace("services: [", 'services: ["kit", ');
  repository.write(environment, withKit);
  repository.write(
    "charts/services/kit/values.ts",
    `import { customObject, defineChart } from "#rzp";

export default defineChart({
  tier: "platform",
  about: "Serves the whole cluster",
  chart: { from: "oci://example.com/charts/kit", version: "1.0.0" },
  pins: { namespace: "${namespace}" },
  ${more}
});
`,
  );
  const problems = await checkRepository(repository.root);
  return problems.flatMap(({ code, message }) => (code === "NAMESPACE_FOREIGN" ? [message] : []));
}

const pods = (labels: string, more = "") => `components: { pods: { pods: ${labels}${more} } },`;
const kit = pods('{ app: "kit" }');
const gateway = (name: string) =>
  `${kit} objects: { ${name}: customObject({ apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", spec: {} }) },`;
const scraper = '{ "app.kubernetes.io/name": "prometheus" }';
const ports = ', ports: { web: 10443 }, gatewayPorts: ["web"]';

test.concurrent.for([
  ["kube-system", kit, "of Kubernetes itself"],
  ["kube-flannel", pods("{}"), "of Kubernetes itself"],
  ["default", kit, "of Kubernetes itself"],
  ["names", pods('{ "k8s-app": "kube-dns" }'), "of the cluster's DNS"],
  ["ways", kit, "of the cluster's internal gateway"],
  ["ways", gateway("another"), "of the cluster's internal gateway"],
  ["open", pods('{ way: "closed" }'), "of the cluster's public gateway"],
  ["network-envoy-gateway", pods(scraper), "of the cluster's internal gateway"],
  ["observability-prometheus", pods('{ app: "kit" }', ports), "of the cluster's scraper"],
  ["observability-blackbox-exporter", pods(scraper), "of the cluster's prober"],
] as const)("refused: %s with %s", async ([namespace, more, whose], { expect }) => {
  expect(await told(namespace, more)).toEqual([
    `namespace ${namespace} is ${whose}: policies, quota and limits of kit would hold for what runs there`,
  ]);
});

test.concurrent.for([
  ["kubernetes-tools", kit],
  ["media-kit", kit],
  ["observability-prometheus", pods(scraper)],
  ["observability-blackbox-exporter", pods('{ app: "prober" }')],
  ["network-envoy-gateway", pods('{ app: "envoy" }', ports)],
  ["open", pods('{ way: "open" }')],
  ["ways", gateway("internal")],
] as const)("taken: %s with %s", async ([namespace, more], { expect }) => {
  expect(await told(namespace, more)).toEqual([]);
});

test("the namespace counts, with the prefix of an environment", async () => {
  using repository = createRepository();
  const file = "charts/services/sonarr/values.ts";
  const pinned = 'tier: "media",\n  pins: { namespace: "kube-system" },';
  repository.write(file, read(file).replace('tier: "media",', pinned));
  const problems = await checkRepository(repository.root);
  const foreign = problems.filter(({ code }) => code === "NAMESPACE_FOREIGN");
  expect(foreign).toMatchObject([
    {
      environments: ["prod"],
      place: { file },
      fix: "take the pin out, then its namespace is media-sonarr",
    },
  ]);
});
