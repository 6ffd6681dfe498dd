/** Environments: what extends takes over, what runs once on a cluster, and two environments on one. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";

const environment = (fields: string) => `import { defineEnvironment } from "#rzp";

export default defineEnvironment({ cluster: "home", revision: "main", secrets: { backend: "fake" }, ${fields} });
`;
const folders = (root: string, name: string) =>
  readdirSync(path.join(root, "kubernetes", name)).filter((folder) => !folder.startsWith("_"));

describe("extends", () => {
  test("takes over the services and leaves out what `without` says", async () => {
    using repository = createRepository({
      files: {
        "environments/test/environment.ts": environment(
          'prefix: "test", domain: "t.example.com", extends: "dev", without: ["prowlarr", "sonarr"]',
        ),
      },
    });
    expect((await repository.run(["render"])).stderr).toBe("");
    expect(folders(repository.root, "test")).toEqual(["postgres"]);
  });

  test("never takes over what is an environment's own", async () => {
    using repository = createRepository({
      files: {
        "environments/test/environment.ts": environment(
          'prefix: "test", domain: "t.example.com", extends: "dev"',
        ),
      },
    });
    await repository.run(["render"]);
    const route = readFileSync(
      path.join(repository.root, "kubernetes/test/sonarr/httproute-web.yaml"),
      "utf8",
    );
    expect(route).toContain("sonarr.t.example.com");
    // dev asks for a quarter and its overlay of sonarr is its own; here nothing is smaller.
    expect(
      readFileSync(
        path.join(repository.root, "kubernetes/test/sonarr/deployment-sonarr.yaml"),
        "utf8",
      ),
    ).toContain("memory: 512Mi");
  });
});

describe("two environments on one cluster", () => {
  test("nothing that is unique on a cluster is claimed twice", async () => {
    using repository = createRepository();
    expect((await repository.run(["render"])).exitCode).toBe(0);
    const claims = ["dev", "prod"].flatMap((name) =>
      readdirSync(path.join(repository.root, "kubernetes", name), {
        recursive: true,
        withFileTypes: true,
      })
        .filter((entry) => entry.isFile())
        .map(
          (entry) =>
            load(readFileSync(path.join(entry.parentPath, entry.name), "utf8")) as {
              apiVersion: string;
              kind: string;
              metadata: { name: string; namespace?: string };
            },
        )
        .map(
          ({ apiVersion, kind, metadata }) =>
            `${apiVersion.split("/")[0]}/${kind}/${metadata.namespace ?? ""}/${metadata.name}`,
        ),
    );
    expect(claims.length).toBeGreaterThan(100);
    expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
  });

  test("an address that both claim is told, with what to do", async () => {
    using repository = createRepository({
      files: {
        "environments/test/environment.ts": environment(
          'prefix: "test", domain: "t.example.com", services: ["blocky"]',
        ),
      },
    });
    const { exitCode, stderr } = await repository.run(["check"]);
    expect(stderr).toContain(
      "address 10.0.10.202 of blocky is claimed in prod and test, which share a cluster",
    );
    expect(stderr).toContain('without: ["blocky"]');
    expect(exitCode).toBe(2);
  });

  test("what exists once is rendered by the carrier only", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    const priorities = (name: string) =>
      readdirSync(path.join(repository.root, `kubernetes/${name}/_environment`)).filter((file) =>
        file.startsWith("priorityclass"),
      );
    expect(priorities("prod").length).toBeGreaterThan(0);
    expect(priorities("dev")).toEqual([]);
  });

  test("each environment has admission policies of its own, bound to its own namespaces", async () => {
    using repository = createRepository({
      files: {
        "environments/test/environment.ts": environment(
          'prefix: "test", domain: "t.example.com", services: ["sonarr", "prowlarr", "postgres"], admission: "warn"',
        ),
      },
    });
    const { exitCode, stderr } = await repository.run(["render"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const read = (file: string) =>
      load(readFileSync(path.join(repository.root, "kubernetes", file), "utf8")) as {
        spec: Record<string, unknown>;
      };
    const own = (name: string) =>
      readdirSync(path.join(repository.root, `kubernetes/${name}/_environment`)).filter((file) =>
        file.startsWith("validatingadmission"),
      );
    for (const name of ["prod", "test"])
      expect(own(name)).toEqual(
        ["policy", "policybinding"].flatMap((kind) =>
          ["bindings", "pods", "roles", "secrets"].map(
            (subject) => `validatingadmission${kind}-${name}-rzp-${subject}.yaml`,
          ),
        ),
      );
    const binding = (name: string) =>
      read(`${name}/_environment/validatingadmissionpolicybinding-${name}-rzp-pods.yaml`).spec;
    expect(binding("prod")).toEqual({
      policyName: "prod-rzp-pods",
      validationActions: ["Deny", "Audit"],
      matchResources: { namespaceSelector: { matchLabels: { "rzp.local/environment": "prod" } } },
    });
    expect(binding("test")).toEqual({
      policyName: "test-rzp-pods",
      validationActions: ["Warn", "Audit"],
      matchResources: { namespaceSelector: { matchLabels: { "rzp.local/environment": "test" } } },
    });
    const allowed = (name: string) =>
      read(`${name}/_argocd/appproject-${name}-environment.yaml`).spec["clusterResourceWhitelist"];
    const group = "admissionregistration.k8s.io";
    expect(allowed("prod")).toContainEqual({
      group,
      kind: "ValidatingAdmissionPolicy",
      name: "prod-rzp-pods",
    });
    expect(allowed("test")).toContainEqual({
      group,
      kind: "ValidatingAdmissionPolicyBinding",
      name: "test-rzp-pods",
    });
  });

  test("a service of a tier that exists once does not run beside the carrier", async () => {
    using repository = createRepository({
      files: {
        "environments/test/environment.ts": environment(
          'prefix: "test", domain: "t.example.com", extends: "prod", without: ["blocky", "cert-manager"]',
        ),
      },
    });
    const tiers = readFileSync(path.join(repository.root, "environments/tiers.ts"), "utf8");
    repository.write(
      "environments/tiers.ts",
      tiers.replace(/(observability: \{[^}]*)(\})/, "$1, once: true $2"),
    );
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(existsSync(path.join(repository.root, "kubernetes/test/vector"))).toBe(false);
    expect(existsSync(path.join(repository.root, "kubernetes/prod/vector"))).toBe(true);
  });
});
