/** What a render and `remove` say stays on the cluster: the objects that are there, and how they go for good. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const environmentOf = ({ root }: Repository) =>
  readFileSync(path.join(root, "environments/prod/environment.ts"), "utf8");

const notes = `import { defineService, from, secret, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Notes of the household",
  image: "ghcr.io/example/notes:1.0.0",
  health: { exec: ["true"] },
  storage: { uploads: state({ at: "/data", size: "5Gi" }) },
  env: { DATABASE_URL: from("postgres", "url"), KEY: secret("session-key") },
  consumes: { postgres: { login: "notes" } },
});
`;

async function withNotes(): Promise<Repository> {
  const repository = createRepository({ files: { "charts/services/notes/values.ts": notes } });
  repository.write(
    "environments/prod/environment.ts",
    environmentOf(repository).replace('"postgres"', '"notes", "postgres"'),
  );
  const { exitCode, stderr } = await repository.run(["render"]);
  expect(exitCode, stderr).toBe(0);
  return repository;
}

const all = `
Argo CD removes the rest. Data outlives configuration, so this stays until you delete it; point kubectl at the cluster that is named first:
  prod, cluster home: namespace media-notes with volumes uploads
    kubectl delete namespace media-notes
  prod, cluster home: database notes of postgres in data-postgres, and its role notes
    kubectl delete database.postgresql.cnpg.io notes --namespace data-postgres
    kubectl exec service/postgres-rw --namespace data-postgres --container postgres -- psql --command 'DROP DATABASE "notes"' --command 'DROP ROLE "notes"'
  prod, cluster home: in the store of secrets, to be deleted there
    /edges/postgres/notes/password
    /services/notes/session-key
`;

describe("a consumer of a database", () => {
  test("that is removed: namespace, database, role and secrets", async () => {
    using repository = await withNotes();
    const { exitCode, stdout } = await repository.run(["remove", "notes"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(all.trimEnd());
  });

  test("that is taken out of an environment's list: the same", async () => {
    using repository = await withNotes();
    repository.write(
      "environments/prod/environment.ts",
      environmentOf(repository).replace('"notes", ', ""),
    );
    const { stdout } = await repository.run(["render"]);
    expect(stdout).toContain(all.trimEnd());
  });

  test("that loses a secret only: nothing but its key, and no other data", async () => {
    using repository = await withNotes();
    repository.write(
      "charts/services/notes/values.ts",
      notes.replace(', KEY: secret("session-key")', ""),
    );
    const { stdout } = await repository.run(["render"]);
    expect(stdout).toContain(
      "in the store of secrets, to be deleted there\n    /services/notes/session-key",
    );
    expect(stdout).not.toContain("kubectl");
  });
});

test("where nothing is removed nothing is said", async () => {
  using repository = await withNotes();
  repository.write("charts/services/notes/values.ts", notes.replace("1.0.0", "1.0.1"));
  const { stdout } = await repository.run(["render"]);
  expect(stdout).toMatch(/1? changed, 0 removed/);
  expect(stdout).not.toContain("outlives");
});

describe("an object on the cluster is allowed by its name, so one that goes stays there", () => {
  const project = "kubernetes/prod/_argocd/appproject-prod-media.yaml";
  const withObjects = (...objects: readonly string[]) =>
    notes
      .replace("defineService, ", "because, defineService, kubernetesObject, ")
      .replace("  storage:", `  objects: { ${objects.join(", ")} },\n  storage:`);
  const disks = (name: string) =>
    `${name}: because(kubernetesObject({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "${name}" }, provisioner: "example.com/disks" }), "only notes has these disks")`;
  const role = (name: string) =>
    `trial: because(kubernetesObject({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "${name}" }, rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["list"] }] }), "notes counts the nodes")`;

  async function rendered(...objects: readonly string[]) {
    const repository = await withNotes();
    repository.write("charts/services/notes/values.ts", withObjects(...objects));
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode, stderr).toBe(0);
    return repository;
  }
  const left = (name: string) =>
    `  prod, cluster home: storageclass ${name}\n    kubectl delete storageclass.storage.k8s.io ${name}   # Argo CD removes only what its project names`;

  test("its project names it, and no other of its kind", async () => {
    using repository = await rendered(disks("fast"), disks("slow"));
    const text = readFileSync(path.join(repository.root, project), "utf8");
    expect(text.match(/kind: StorageClass(?:\n {6}name: \w+)?/g)).toEqual([
      "kind: StorageClass\n      name: fast",
      "kind: StorageClass\n      name: slow",
    ]);
  });

  test("one of two that is taken out is told", async () => {
    using repository = await rendered(disks("fast"), disks("slow"));
    repository.write("charts/services/notes/values.ts", withObjects(disks("slow")));
    const { stdout } = await repository.run(["render"]);
    expect(stdout).toContain(left("fast"));
    expect(stdout).not.toContain(left("slow"));
  });

  test("one that goes with its service is, too", async () => {
    using repository = await rendered(disks("fast"));
    const { stdout } = await repository.run(["remove", "notes"]);
    expect(stdout).toContain(left("fast"));
  });

  test("what its project allows by how names begin is not: Argo CD removes it", async () => {
    using repository = await rendered(role("media-notes-trial"));
    repository.write("charts/services/notes/values.ts", notes);
    const { stdout } = await repository.run(["render"]);
    expect(stdout).toContain("clusterrole.rbac.authorization.k8s.io-media-notes-trial.yaml");
    expect(stdout).not.toContain("kubectl");
  });
});
