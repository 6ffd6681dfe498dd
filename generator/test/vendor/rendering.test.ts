/** What becomes of a vendored chart: files, checks, Argo CD, the cache; by the real Helm. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";
import { chartRepository, realHelm } from "./registry.ts";
import { archiveFile, serviceFile, vendorRepository } from "./repository.ts";
import type { VendorRepository } from "./repository.ts";
import { changed, serviceText, standIn } from "./stand-in.ts";
import type { ChartFiles } from "./stand-in.ts";

type Service = Omit<Parameters<typeof serviceText>[0], "from">;

interface Vendored {
  readonly repository: VendorRepository;
  readonly exitCode: number | undefined;
  readonly stderr: string;
}

async function vendored({ chart = standIn, service = {}, files = {} }: { chart?: ChartFiles; service?: Service; files?: Readonly<Record<string, string>> } = {}): Promise<Vendored & Disposable> {
  await using server = await chartRepository([chart]);
  const repository = vendorRepository(serviceText({ from: `${server.url}/standin`, ...service }), files);
  const { exitCode, stderr } = await repository.run("vendor", "standin");
  return { repository, exitCode, stderr, [Symbol.dispose]: () => repository[Symbol.dispose]() };
}

const folder = "kubernetes/prod/standin";
const bodyOf = (repository: VendorRepository, file: string) => repository.read(`${folder}/${file}`).split("\n").slice(1).join("\n");

/** Helm's documents by kind and name. */
function documentsOf(stdout: string): Map<string, string> {
  const documents = stdout.split(/^---.*\n/m).map((text) => text.replace(/^# Source: .*\n/, "").trimEnd());
  return new Map(documents.filter((text) => text !== "").map((text) => [`${/^kind: (.+)$/m.exec(text)?.[1]} ${/name: ([^,\s}]+)/.exec(text)?.[1]}`, `${text}\n`]));
}

describe("a vendored chart", () => {
  test("is rendered as plain Helm renders it, with the command the guide shows", async () => {
    using site = await vendored();
    const { repository } = site;
    const { stdout } = await execa(await realHelm(), ["template", "standin", archiveFile, "--namespace", "platform-standin", "--include-crds", "--skip-tests", "--kube-version", "1.35.4", "--values", "charts/services/standin/ci/upstream/prod-values.yaml"], { cwd: repository.root });
    const documents = documentsOf(stdout);
    expect(bodyOf(repository, "deployment.apps-standin-server.yaml")).toBe(documents.get("Deployment standin-server"));
    expect(bodyOf(repository, "clusterrole.rbac.authorization.k8s.io-standin_reader.yaml")).toBe(documents.get("ClusterRole standin:reader"));
    expect(bodyOf(repository, "service.core-standin-server.yaml").replace("  namespace: platform-standin\n", "")).toBe(documents.get("Service standin-server"));
    // The library's own files carry no group.
    expect(readdirSync(path.join(repository.root, folder)).filter((file) => /^\w+\.[\w.]+-/.test(file))).toHaveLength(documents.size);
  });

  test("has its namespace where it named none, its CRDs and claims kept, its tests left out", async () => {
    using site = await vendored();
    const files = readdirSync(path.join(site.repository.root, folder));
    expect(files).toContain("role.rbac.authorization.k8s.io-standin-leader.kube-system.yaml");
    expect(files).toContain("place.standin.example.com-here.yaml");
    expect(files.join(" ")).not.toContain("standin-test");
    expect(bodyOf(site.repository, "job.batch-standin-migrate.yaml")).toContain("  namespace: platform-standin\n");
    expect(bodyOf(site.repository, "place.standin.example.com-here.yaml")).not.toContain("namespace");
    expect(bodyOf(site.repository, "thing.standin.example.com-one.yaml")).toContain("  namespace: platform-standin\n");
    expect(bodyOf(site.repository, "customresourcedefinition.apiextensions.k8s.io-places.standin.example.com.yaml")).toContain("    argocd.argoproj.io/sync-options: Prune=false,Delete=false\n    standin.example.com/note: kept\n");
    expect(bodyOf(site.repository, "configmap.core-standin-settings.yaml")).toContain("    # Source: not Helm's line, but the program's own\n");
  });

  test("is deployed from git alone: definitions first, with what hooks need; the project allows what is there", async () => {
    using site = await vendored();
    const argocd = (name: string) => site.repository.read(`kubernetes/prod/_argocd/${name}.yaml`);
    expect(argocd("application-prod.standin.definitions")).toContain("customresourcedefinition.apiextensions.k8s.io-things.standin.example.com.yaml");
    expect(argocd("application-prod.standin.definitions")).toContain("namespace-platform-standin.yaml");
    expect(argocd("application-prod.standin")).toContain("deployment.apps-standin-server.yaml");
    expect(argocd("application-prod.standin")).not.toContain("chart:");
    const project = argocd("appproject-prod-platform");
    expect(project).not.toContain('"*"');
    expect(project).not.toContain("127.0.0.1");
    expect(project).toMatch(/clusterResourceWhitelist:(?:\n {4}.*)*\n {4}- group: standin\.example\.com\n {6}kind: Place\n/);
    expect(project).toMatch(/namespaceResourceWhitelist:(?:\n {4}.*)*\n {4}- group: standin\.example\.com\n {6}kind: Thing(?:\n|$)/);
  });

  test("gets advice where people could only change its values", async () => {
    using site = await vendored();
    expect(site.exitCode).toBe(0);
    for (const code of ["MANIFEST_PROBE_MISSING", "MANIFEST_RESOURCES_MISSING"]) expect(site.stderr).toMatch(new RegExp(`warning {2}${code}`));
    expect(site.stderr).toContain("at        chart.values");
    expect(site.stderr).not.toContain(" error ");
  });

  test("is changed by typed patches; modes stay what Kubernetes reads", async () => {
    using site = await vendored();
    const { repository } = site;
    repository.write(serviceFile, repository.read(serviceFile).replace("  metrics:", '  patches: { "deployment/standin-server": { spec: { replicas: 2 } } },\n  metrics:'));
    expect((await repository.run("render")).exitCode).toBe(0);
    const body = bodyOf(repository, "deployment.apps-standin-server.yaml");
    expect(body).toContain("replicas: 2");
    expect(body).toMatch(/defaultMode: (0644|420)\b/);
  });

  test("follows the mirrors of the cluster", async () => {
    const cluster = readFileSync(path.join(import.meta.dirname, "../support/base/environments/clusters/home.ts"), "utf8").replace("  repository:", '  mirrors: { "quay.io": "registry.lan/quay" },\n  repository:');
    using site = await vendored({ files: { "environments/clusters/home.ts": cluster } });
    expect(bodyOf(site.repository, "deployment.apps-standin-server.yaml")).toContain('          image: "registry.lan/quay/standin/server:4.5.6"\n          args:');
  });
});

describe("a chart Argo CD fetches", () => {
  test.for([
    { mirror: '"quay.io": "registry.lan/quay"', repoURL: "registry.lan/quay/jetstack/charts" },
    { mirror: '"oci://quay.io/jetstack": "https://charts.lan/jetstack"', repoURL: "https://charts.lan/jetstack/charts" },
  ])("comes from the mirror $mirror, and its project allows that", async ({ mirror, repoURL }) => {
    const cluster = readFileSync(path.join(import.meta.dirname, "../support/base/environments/clusters/home.ts"), "utf8").replace("  repository:", `  mirrors: { ${mirror} },\n  repository:`);
    using repository = createRepository({ files: { "environments/clusters/home.ts": cluster } });
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode, stderr).toBe(0);
    const read = (name: string) => readFileSync(path.join(repository.root, `kubernetes/prod/_argocd/${name}.yaml`), "utf8");
    expect(read("application-prod.cert-manager")).toContain(`repoURL: ${repoURL}\n`);
    expect(read("appproject-prod-platform")).toContain(`- ${repoURL}\n`);
  });
});

describe("a vendored chart is refused", () => {
  test.for([
    { name: "labels that no pod has", service: { pods: '{ app: "nobody" }' }, says: ["MANIFEST_PODS_UNMATCHED", "Deployment standin-server", "components.server.pods"] },
    { name: "a port that no pod has", service: { ports: '{ "http-metrics": 9999 }' }, says: ["MANIFEST_PODS_UNMATCHED", "http-metrics 9402/TCP", "has port 9999"] },
    { name: "metrics at a port the pods call otherwise", service: { ports: '{ "http-metrics": 8443 }' }, says: ["MANIFEST_PODS_UNMATCHED", "metrics are read at a port by its name"] },
    { name: "a secret in plain text", service: { values: '{ password: "hunter2" }' }, says: ["MANIFEST_SECRET_MATERIAL", "Secret standin-ca", "chart.values"] },
    { name: "a password it makes up", chart: changed({ "templates/password.yaml": "apiVersion: v1\nkind: Secret\nmetadata: { name: made-up }\nstringData: { key: {{ randAlphaNum 20 }} }\n" }), says: ["VENDOR_UNSTABLE", "Secret made-up"] },
    { name: "the time", chart: changed({ "templates/time.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: clock }\ndata: { second: {{ now | unixEpoch | quote }} }\n" }), says: ["VENDOR_UNSTABLE", "ConfigMap clock"] },
    { name: "the date", chart: changed({ "templates/date.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: calendar }\ndata: { day: {{ now | date \"2006-01-02\" | quote }} }\n" }), says: ["VENDOR_UNSTABLE", "ConfigMap calendar"] },
    { name: "values it cannot render", service: { values: '{ broken: true }' }, chart: changed({ "templates/broken.yaml": '{{- if .Values.broken }}{{ fail "broken must not be set" }}{{ end }}\n' }), says: ["HELM_TEMPLATE_FAILED", "broken must not be set", `helm template standin ${archiveFile} --namespace platform-standin --include-crds --skip-tests --kube-version 1.35.4`] },
    { name: "what is no object", chart: changed({ "templates/text.yaml": "just a text\n" }), says: ["HELM_TEMPLATE_FAILED"] },
    { name: "the namespace RZP makes", chart: changed({ "templates/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: { name: {{ .Release.Namespace }} }\n" }), says: ["MANIFEST_DUPLICATE", "switch it off in chart.values"] },
  ])("for $name", async ({ chart = standIn, service = {}, says }) => {
    using site = await vendored({ chart, service });
    for (const text of says) expect(site.stderr).toContain(text);
    expect(site.stderr).not.toContain("hunter2");
    expect(site.exitCode).toBe(2);
    expect(site.stderr).toContain("The change of the chart is kept.");
  });

  test("objects without a name are left out, and that is told", async () => {
    using site = await vendored({ chart: changed({ "templates/nameless.yaml": "apiVersion: v1\nkind: Pod\nmetadata: { generateName: some- }\n" }) });
    expect(site.exitCode).toBe(0);
    expect(site.stderr).toContain("VENDOR_NAMELESS");
  });
});

test("what did not change is not rendered again", async () => {
  using site = await vendored();
  const { repository } = site;
  const [log, wrapper] = [path.join(repository.root, ".helm.log"), path.join(repository.root, ".helm.sh")];
  writeFileSync(wrapper, `#!/bin/sh\necho "$@" >> '${log}'\nexec '${await realHelm()}' "$@"\n`);
  chmodSync(wrapper, 0o755);
  const calls = async (...args: string[]) => {
    writeFileSync(log, "");
    const { exitCode, stderr } = await repository.run(...args);
    expect(exitCode, stderr).toBe(0);
    return readFileSync(log, "utf8").split("\n").filter((line) => line.startsWith("template standin ")).length;
  };
  const run = repository.run;
  expect(run).toBeTypeOf("function");
  process.env["RZP_HELM"] = wrapper;
  try {
    expect(await calls("render")).toBe(0);
    expect(await calls("render", "--no-cache")).toBe(2);
    repository.write(serviceFile, repository.read(serviceFile).replace("values: {}", "values: { replicas: 2 }"));
    expect(await calls("render")).toBe(2);
    expect(await calls("render")).toBe(0);
  } finally {
    delete process.env["RZP_HELM"];
  }
});
