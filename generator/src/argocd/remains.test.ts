/** What stays on the cluster is read from the files that go. */
import { describe, expect, test } from "vitest";
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
  remainsText(
    remainsOf({ writes: [], removals: files.map(({ path }) => path) }, files, wanted, environments),
  );

/** An environment as far as it matters here. */
const environmentOn = (cluster: string, secrets: Environment["secrets"], name = "dev") =>
  new Map([[name, { cluster, secrets } as Environment]]);
const fake = { backend: "fake" } as const;
const infisical = { backend: "infisical", project: "platform", environment: "dev" } as const;

/** The same file in another environment. */
const inEnvironment = (environment: string, file: File): File => ({
  ...file,
  path: file.path.replace("/dev/", `/${environment}/`),
});

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

test("the root of an environment goes first: it would make the rest again", () => {
  const root = { kind: "Application", name: "dev", namespace: "argocd" } as const;
  const text = told([
    fileOf("a", namespace),
    fileOf("_argocd", { ...root, apiVersion: "argoproj.io/v1alpha1" }),
  ]);
  expect(text.match(/kubectl delete \S+/g)).toEqual([
    "kubectl delete application.argoproj.io",
    "kubectl delete namespace",
  ]);
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

test.each([
  ["one pod", "", "data-a-0"],
  ["each of its pods", "  replicas: 3\n", "data-a-0, data-a-1, data-a-2"],
  ["the first pod, where it is stopped", "  replicas: 0\n", "data-a-0"],
])("claims that a StatefulSet made for %s", (_, replicas, claims) => {
  const set = fileOf("a", {
    kind: "StatefulSet",
    apiVersion: "apps/v1",
    name: "a",
    namespace: "apps-a",
    keeps: false,
    rest: `spec:\n${replicas}  volumeClaimTemplates:\n    - metadata:\n        name: data\n`,
  });
  expect(told([set, fileOf("a", namespace)])).toContain(`with volumes ${claims}\n`);
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
  const ofFake = told(files, [], environmentOn("lab", fake));
  expect(ofFake).toContain(
    "until you delete it; point kubectl at the cluster that is named first:",
  );
  expect(ofFake).toContain("  dev, cluster lab: namespace apps-a with no volumes\n");
  expect(ofFake).not.toContain("store");
  const ofInfisical = environmentOn("home", infisical);
  expect(told(files, [], ofInfisical)).toContain(
    "  dev, cluster home: in the store of secrets, to be deleted there\n    /services/a/token\n",
  );
  expect(told([files[1] as File], [], environmentOn("lab", fake))).toBe("");
  expect(told(files)).not.toContain("kubectl at");
});

describe("what another environment gives", () => {
  const given = [inEnvironment("main", fileOf("a", namespace))];
  const both = (cluster: string) =>
    new Map([...environmentOn("home", fake), ...environmentOn(cluster, fake, "main")]);

  test("on the same cluster stays in use", () => {
    expect(told([fileOf("a", namespace)], given, both("home"))).toBe("");
  });

  test("on another cluster is another object", () => {
    expect(told([fileOf("a", namespace)], given, both("lab"))).toContain("namespace apps-a");
  });

  test("stays in use where an environment is gone and this one has come", () => {
    expect(told([fileOf("a", namespace)], given, environmentOn("home", fake, "main"))).toBe("");
  });
});

describe("keys of a store", () => {
  const external = (key: string, service = "a") =>
    fileOf(service, {
      kind: "ExternalSecret",
      name: "own",
      keeps: false,
      rest: `spec:\n  data:\n    - remoteRef:\n        key: ${key}\n`,
    });
  /** The files there are and those that are wanted, with what has the same path as a change. */
  const changed = (
    before: readonly File[],
    after: readonly File[],
    environments = environmentOn("home", infisical),
  ) => {
    const paths = new Set(before.map(({ path }) => path));
    const writes = after.map((file) => ({
      ...file,
      kind: paths.has(file.path) ? ("update" as const) : ("create" as const),
    }));
    const kept = new Set(after.map(({ path }) => path));
    const removals = [...paths].filter((path) => !kept.has(path));
    return remainsText(remainsOf({ writes, removals }, before, after, environments));
  };

  test("one that is renamed: the new one first, then the old one goes", () => {
    expect(changed([external("/services/a/password")], [external("/services/a/pass")])).toBe(`
Put these there before you push; what needs them waits:
  dev, cluster home: in the store of secrets, read from now on
    /services/a/pass

Argo CD removes the rest. Data outlives configuration, so this stays until you delete it:
  dev, cluster home: in the store of secrets, once what goes on is copied to its new path, to be deleted there
    /services/a/password
`);
  });

  test("one that another service reads already is no news", () => {
    const other = external("/services/a/pass", "b");
    const text = changed(
      [external("/services/a/password"), other],
      [external("/services/a/pass"), other],
    );
    expect(text).not.toContain("before you push");
    expect(text).toContain("    /services/a/password\n");
  });

  test("all of an environment that is new are no news", () => {
    expect(changed([], [external("/services/a/pass")])).toBe("");
  });

  test("throw-away values are nothing to put anywhere", () => {
    const before = [external("/services/a/password")];
    expect(changed(before, [external("/services/a/pass")], environmentOn("lab", fake))).toBe("");
  });

  const store = fileOf("_environment", {
    kind: "ClusterSecretStore",
    name: "dev-apps",
    keeps: false,
    rest: "spec:\n  provider:\n    infisical:\n      secretsScope:\n        projectSlug: platform\n        environmentSlug: dev\n",
  });
  const stage = (folder: string) =>
    environmentOn("home", { ...infisical, environment: folder }, "stage");

  test("of an environment that is gone, one that another reads in the same folder stays", () => {
    const before = [store, external("/services/a/token")];
    const after = [inEnvironment("stage", external("/services/a/token"))];
    expect(changed(before, after, stage("dev"))).toBe("");
    expect(changed(before, after, stage("stage"))).toContain(
      "  dev: in the store of secrets, to be deleted there\n    /services/a/token\n",
    );
  });

  test("of an environment that is gone, throw-away values need no deleting", () => {
    const thrownAway = { ...store, content: store.content.replace("infisical:", "fake:") };
    expect(changed([thrownAway, external("/services/a/token")], [], stage("dev"))).toBe("");
  });
});

test.each([
  ["what Argo CD prunes", fileOf("a", { ...claim, keeps: false })],
  ["a file that is no YAML", { path: "kubernetes/dev/a/x.yaml", content: "a: [" }],
  ["a file outside of kubernetes/", { ...fileOf("a", claim), path: "charts/services/a/x.yaml" }],
])("%s: nothing is said", (_, file) => {
  expect(told([file])).toBe("");
});

describe("what the project of its Application allows no more stays", () => {
  const application = (service: string, project: string) =>
    fileOf("_argocd", {
      kind: "Application",
      name: `dev.${service}.definitions`,
      rest: `spec:\n  project: ${project}\n`,
      keeps: false,
    });
  const project = (name: string, allowed: string) =>
    fileOf("_argocd", {
      kind: "AppProject",
      name,
      rest: `spec:\n  clusterResourceWhitelist:\n    - ${allowed}\n  namespaceResourceWhitelist:\n    - ${allowed}\n`,
    });
  const disks: Written = {
    kind: "StorageClass",
    name: "disks",
    apiVersion: "storage.k8s.io/v1",
    keeps: false,
  };

  /** What is told when a file goes while its Application stays, and its project is this one. */
  function toldBeside(file: File, service: string, allowed: string) {
    const existing = [file, application(service, "dev-x")];
    const wanted = [existing[1] ?? file, project("dev-x", allowed)];
    const removals = [file.path];
    return remainsText(remainsOf({ writes: [], removals }, existing, wanted, new Map()));
  }

  test.for([
    ["another name", "a", '{ group: storage.k8s.io, kind: StorageClass, name: "other*" }'],
    ["another kind", "a", '{ group: storage.k8s.io, kind: CSIDriver, name: "disks" }'],
    ["another group", "a", '{ group: "", kind: StorageClass }'],
    [
      "another name, of the environment's own",
      "_environment",
      '{ group: "*", kind: "*", name: "x" }',
    ],
  ])("%s", ([, folder = "", allowed = ""]) => {
    expect(toldBeside(fileOf(folder, disks), folder.replace("_", ""), allowed)).toContain(
      "    kubectl delete storageclass.storage.k8s.io disks   # Argo CD removes only what its project names\n",
    );
  });

  test("in a namespace that stays, too", () => {
    const policy = { ...disks, kind: "Policy", namespace: "apps-a" };
    const allowed = "{ group: storage.k8s.io, kind: StorageClass }";
    expect(toldBeside(fileOf("a", policy), "a", allowed)).toContain(
      "kubectl delete policy.storage.k8s.io disks --namespace apps-a   # Argo CD",
    );
  });

  test.for([
    ["its name", '{ group: storage.k8s.io, kind: StorageClass, name: "disks" }'],
    ["how its name begins", '{ group: storage.k8s.io, kind: StorageClass, name: "di*" }'],
    ["its kind", "{ group: storage.k8s.io, kind: StorageClass }"],
    ["anything", '{ group: "*", kind: "*" }'],
  ])("not where it allows %s", ([, allowed = ""]) => {
    expect(toldBeside(fileOf("a", disks), "a", allowed)).toBe("");
  });

  test("not where the project goes, too, nor of a file that is none any more", () => {
    expect(told([fileOf("a", disks), application("a", "dev-x")])).toBe("");
    const edited = { ...fileOf("a", disks), content: "none\n" };
    expect(toldBeside(edited, "a", '{ group: "", kind: Other }')).toBe("");
  });
});
