/** What stays on the cluster is read from the files that go. */
import { expect, test } from "vitest";
import type { Environment } from "../model/environment.ts";
import { remainsText } from "./remains-text.ts";
import { remainsOf } from "./remains.ts";

interface Written {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion?: string;
  readonly namespace?: string;
  readonly rest?: string;
  readonly keeps?: boolean;
}

const fileOf = (
  service: string,
  { kind, name, apiVersion = "v1", namespace, rest = "", keeps = true }: Written,
) => ({
  path: `kubernetes/dev/${service}/${kind.toLowerCase()}-${name}.yaml`,
  content: [
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`,
    namespace === undefined ? "" : `  namespace: ${namespace}\n`,
    keeps
      ? '  annotations:\n    argocd.argoproj.io/sync-options: "Prune=false,Delete=false"\n'
      : "",
    rest,
  ].join(""),
});

type File = ReturnType<typeof fileOf>;

const told = (
  files: readonly File[],
  wanted: readonly File[] = [],
  environments: Parameters<typeof remainsOf>[3] = new Map(),
) =>
  remainsText(remainsOf({ removals: files.map(({ path }) => path) }, files, wanted, environments));

/** An environment as far as it matters here. */
const environmentOn = (cluster: string, secrets: Environment["secrets"]) =>
  new Map([["dev", { cluster, secrets } as Environment]]);

const claim: Written = { kind: "PersistentVolumeClaim", name: "config", namespace: "apps-a" };
const namespace: Written = { kind: "Namespace", name: "apps-a" };
const cluster: Written = {
  kind: "Cluster",
  name: "pg",
  namespace: "apps-a",
  apiVersion: "postgresql.cnpg.io/v1",
};

test("what is in a namespace goes with it", () => {
  expect(told([fileOf("a", claim), fileOf("a", cluster), fileOf("a", namespace)])).toContain(
    "  dev: namespace apps-a with volumes config; PostgreSQL cluster pg\n    kubectl delete namespace apps-a\n",
  );
});

test("a namespace without data", () => {
  expect(told([fileOf("a", namespace)])).toContain("namespace apps-a with no volumes\n");
});

test("a volume whose namespace is still rendered is deleted by its own name", () => {
  expect(told([fileOf("a", claim)], [fileOf("a", namespace)])).toContain(
    "  dev: persistentvolumeclaim config\n    kubectl delete persistentvolumeclaim config --namespace apps-a\n",
  );
});

test("a share, by the name that is rendered", () => {
  const volume = fileOf("a", { kind: "PersistentVolume", name: "apps-a-films" });
  expect(told([volume])).toContain(
    "kubectl delete persistentvolume apps-a-films   # the share itself is not touched\n",
  );
});

test("claims that a StatefulSet made", () => {
  const set = fileOf("a", {
    kind: "StatefulSet",
    apiVersion: "apps/v1",
    name: "a",
    namespace: "apps-a",
    keeps: false,
    rest: "spec:\n  volumeClaimTemplates:\n    - metadata:\n        name: data\n",
  });
  expect(told([set, fileOf("a", namespace)])).toContain("with volumes data-a-0\n");
});

test("what a renamed service gives under its new name stays in use", () => {
  expect(told([fileOf("a", claim)], [fileOf("b", claim)])).toBe("");
});

test("an object of the same name in another namespace is another object", () => {
  expect(told([fileOf("a", claim)], [fileOf("b", { ...claim, namespace: "apps-b" })])).toContain(
    "persistentvolumeclaim config",
  );
});

test("a secret that another service still reads is no leftover", () => {
  const external = (service: string, key = "/services/a/token") =>
    fileOf(service, {
      kind: "ExternalSecret",
      name: "own",
      keeps: false,
      rest: `spec:\n  data:\n    - remoteRef:\n        key: ${key}\n        metadataPolicy: None\n`,
    });
  expect(told([external("a")])).toContain("    /services/a/token\n");
  expect(told([external("a")], [external("b")])).toBe("");
  // The same object under a new name of the service asks for another key.
  expect(told([external("a")], [external("b", "/services/b/token")])).toContain(
    "/services/a/token\n",
  );
});

test("the cluster is named, and nothing is to be deleted in a store that does not exist", () => {
  const files = [
    fileOf("a", namespace),
    fileOf("a", {
      kind: "ExternalSecret",
      name: "own",
      keeps: false,
      rest: "spec:\n  data:\n    - remoteRef:\n        key: /services/a/token\n",
    }),
  ];
  const ofFake = told(files, [], environmentOn("lab", { backend: "fake" }));
  expect(ofFake).toContain(
    "until you delete it; point kubectl at the cluster that is named first:",
  );
  expect(ofFake).toContain("  dev, cluster lab: namespace apps-a with no volumes\n");
  expect(ofFake).not.toContain("store");
  const ofInfisical = environmentOn("home", {
    backend: "infisical",
    project: "platform",
    environment: "dev",
  });
  expect(told(files, [], ofInfisical)).toContain(
    "  dev, cluster home: in the store of secrets, to be deleted there\n    /services/a/token\n",
  );
  expect(told([files[1] as File], [], environmentOn("lab", { backend: "fake" }))).toBe("");
  expect(told(files)).not.toContain("kubectl at");
});

test.each([
  ["what Argo CD prunes", fileOf("a", { ...claim, keeps: false })],
  ["a file that is no YAML", { path: "kubernetes/dev/a/x.yaml", content: "a: [" }],
  ["a file outside of kubernetes/", { ...fileOf("a", claim), path: "charts/services/a/x.yaml" }],
])("%s: nothing is said", (_, file) => {
  expect(told([file])).toBe("");
});
