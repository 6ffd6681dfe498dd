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
