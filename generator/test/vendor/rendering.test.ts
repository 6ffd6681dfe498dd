/** What becomes of a vendored chart: files, Argo CD, patches, mirrors, the cache; by the real Helm. */
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseFile } from "../support/repository.ts";
import { realHelm } from "./registry.ts";
import { archivedRepository, archiveFile, planned, serviceFile } from "./repository.ts";
import type { VendorRepository } from "./repository.ts";

const homeCluster = baseFile("environments/clusters/home.ts");
const valuesFile = "charts/services/standin/ci/upstream/prod-values.yaml";

/** Helm's documents by kind and name. */
function documentsOf(stdout: string): Map<string, string> {
  const documents = stdout
    .split(/^---.*\n/m)
    .map((text) => text.replace(/^# Source: .*\n/, "").trimEnd());
  return new Map(
    documents
      .filter((text) => text !== "")
      .map((text) => [
        `${/^kind: (.+)$/m.exec(text)?.[1]} ${/name: ([^,\s}]+)/.exec(text)?.[1]}`,
        `${text}\n`,
      ]),
  );
}

describe("a vendored chart", () => {
  let repository: VendorRepository;
  let files: ReadonlyMap<string, string>;
  beforeAll(async () => {
    repository = await archivedRepository();
    ({ files } = await planned(repository));
  });
  afterAll(() => repository[Symbol.dispose]());

  const object = (file: string) => files.get(`kubernetes/prod/standin/${file}`);
  const argocd = (name: string) => files.get(`kubernetes/prod/_argocd/${name}.yaml`);
  const names = () =>
    [...files.keys()]
      .filter((file) => file.startsWith("kubernetes/prod/standin/"))
      .map((file) => path.basename(file));

  test("is rendered as plain Helm renders it, with the command the guide shows", async () => {
    repository.write(valuesFile, files.get(valuesFile) ?? "");
    const { stdout } = await execa(
      await realHelm(),
      [
        "template",
        "standin",
        archiveFile,
        "--namespace",
        "platform-standin",
        "--include-crds",
        "--skip-tests",
        "--kube-version",
        "1.35.4",
        "--values",
        valuesFile,
      ],
      { cwd: repository.root },
    );
    const documents = documentsOf(stdout);
    expect(object("deployment.apps-standin-server.yaml")).toBe(
      documents.get("Deployment standin-server"),
    );
    expect(object("clusterrole.rbac.authorization.k8s.io-standin_reader.yaml")).toBe(
      documents.get("ClusterRole standin:reader"),
    );
    expect(
      object("service.core-standin-server.yaml")?.replace("  namespace: platform-standin\n", ""),
    ).toBe(documents.get("Service standin-server"));
    // The library's own files carry no group.
    expect(names().filter((file) => /^\w+\.[\w.]+-/.test(file))).toHaveLength(documents.size);
  });

  test("has its namespace where it named none, its CRDs kept, its tests left out", () => {
    expect(names()).toContain("role.rbac.authorization.k8s.io-standin-leader.kube-system.yaml");
    expect(names().join(" ")).not.toContain("standin-test");
    expect(object("job.batch-standin-migrate.yaml")).toContain("  namespace: platform-standin\n");
    expect(object("place.standin.example.com-here.yaml")).not.toContain("namespace");
    expect(object("thing.standin.example.com-one.yaml")).toContain(
      "  namespace: platform-standin\n",
    );
    expect(
      object("customresourcedefinition.apiextensions.k8s.io-places.standin.example.com.yaml"),
    ).toContain(
      "    argocd.argoproj.io/compare-options: IgnoreExtraneous\n    argocd.argoproj.io/sync-options: Prune=false,Delete=false\n    standin.example.com/note: kept\n",
    );
    expect(object("configmap.core-standin-settings.yaml")).toContain(
      "    # Source: not Helm's line, but the program's own\n",
    );
  });

  test("is deployed from git alone: definitions first, with the namespace that hooks need", () => {
    expect(argocd("application-prod.standin.definitions")).toContain(
      "customresourcedefinition.apiextensions.k8s.io-things.standin.example.com.yaml",
    );
    expect(argocd("application-prod.standin.definitions")).toContain(
      "namespace-platform-standin.yaml",
    );
    expect(argocd("application-prod.standin")).toContain("deployment.apps-standin-server.yaml");
    expect(argocd("application-prod.standin")).not.toContain("chart:");
  });

  test("is allowed what it has, and nothing more", () => {
    const project = argocd("appproject-prod-platform") ?? "";
    expect(project).not.toContain('"*"');
    expect(project).not.toContain("charts.example.com");
    expect(project).toMatch(
      /clusterResourceWhitelist:(?:\n {4}.*)*\n {4}- group: standin\.example\.com\n {6}kind: Place\n(?! {6}name:)/,
    );
    expect(project).toMatch(
      /namespaceResourceWhitelist:(?:\n {4}.*)*\n {4}- group: standin\.example\.com\n {6}kind: Thing(?:\n|$)/,
    );
  });
});

test("typed patches change a vendored object; its modes stay what Kubernetes reads", async () => {
  using repository = await archivedRepository();
  repository.write(
    serviceFile,
    repository
      .read(serviceFile)
      .replace(
        "  components:",
        '  patches: { "deployment/standin-server": { spec: { replicas: 2 } } },\n  components:',
      ),
  );
  const { files } = await planned(repository);
  const body = files.get("kubernetes/prod/standin/deployment.apps-standin-server.yaml");
  expect(body).toContain("replicas: 2");
  expect(body).toMatch(/defaultMode: (0644|420)\b/);
});

test("images of a vendored chart follow the mirrors of the cluster", async () => {
  using repository = await archivedRepository({
    files: {
      "environments/clusters/home.ts": homeCluster.replace(
        "  repository:",
        '  mirrors: { "quay.io": "registry.lan/quay" },\n  repository:',
      ),
    },
  });
  const { files } = await planned(repository);
  expect(files.get("kubernetes/prod/standin/deployment.apps-standin-server.yaml")).toContain(
    '          image: "registry.lan/quay/standin/server:4.5.6"\n          args:',
  );
});

test.for([
  { mirror: '"charts.example.com": "registry.lan/upstream"', repoURL: "registry.lan/upstream" },
  {
    mirror: '"oci://charts.example.com": "https://charts.lan/upstream/"',
    repoURL: "https://charts.lan/upstream",
  },
])(
  "a chart that Argo CD fetches comes from the mirror $mirror, and its project allows that",
  async ({ mirror, repoURL }) => {
    using repository = await archivedRepository({
      service: { archive: "" },
      files: {
        "environments/clusters/home.ts": homeCluster.replace(
          "  repository:",
          `  mirrors: { ${mirror} },\n  repository:`,
        ),
      },
    });
    const { files } = await planned(repository);
    expect(files.get("kubernetes/prod/_argocd/application-prod.standin.yaml")).toContain(
      `repoURL: ${repoURL}\n`,
    );
    expect(files.get("kubernetes/prod/_argocd/appproject-prod-platform.yaml")).toContain(
      `- ${repoURL}\n`,
    );
  },
);

test("what did not change is not rendered again", async () => {
  using repository = await archivedRepository();
  const [log, wrapper] = [
    path.join(repository.root, ".helm.log"),
    path.join(repository.root, ".helm.sh"),
  ];
  writeFileSync(wrapper, `#!/bin/sh\necho "$@" >> '${log}'\nexec '${await realHelm()}' "$@"\n`);
  chmodSync(wrapper, 0o755);
  const calls = async (...args: string[]) => {
    writeFileSync(log, "");
    const { exitCode, stderr } = await repository.runWith({ RZP_HELM: wrapper }, ...args);
    expect(exitCode, stderr).toBe(0);
    return readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("template standin ")).length;
  };
  expect(await calls("render")).toBe(2);
  expect(await calls("render")).toBe(0);
  repository.write(
    serviceFile,
    repository.read(serviceFile).replace("values: {}", "values: { replicas: 2 }"),
  );
  expect(await calls("render")).toBe(2);
  expect(await calls("render", "--no-cache")).toBe(2);
});
