/** Nothing is rendered of which `explain` does not tell why, beside what a service's file brings as it is. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { beforeAll, describe, expect, test } from "vitest";
import { consequencesOf } from "../../src/explain/consequences.ts";
import { readTree } from "../../src/load/tree.ts";
import type { Release } from "../../src/model/platform.ts";
import { ownObject } from "../../src/release/objects.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

let releases: readonly Release[];
beforeAll(async () => {
  releases = await releasesOf(readTree(projectRoot));
});

const objectsOf = ({ facts, service }: Release): Rendered[] => {
  const folder = path.join(projectRoot, "kubernetes", facts.name, service.name);
  return readdirSync(folder).map(
    (file) => load(readFileSync(path.join(folder, file), "utf8")) as Rendered,
  );
};

/** How it is told; rights, alerts and routes are told one by one. */
function wordsFor({ kind, metadata: { name } }: Rendered, { service }: Release): RegExp {
  const plain = RegExp.escape(name);
  if (kind === "PrometheusRule") return /^(?:alert|objective)/;
  if (kind === "SecurityPolicy") return new RegExp(`^route ${plain}, sign-in`);
  if (kind.endsWith("Route")) return new RegExp(`^route ${plain}$`);
  if (kind === "ExternalSecret") return new RegExp(`^Secret ${plain},`);
  if (/^(?:Cluster)?Role/.test(kind)) {
    const account = RegExp.escape(name.replace(`${service.namespace}-`, ""));
    return new RegExp(`^(?:ServiceAccount|Role and RoleBinding) ${account}[ ,]`);
  }
  return new RegExp(`\\b${kind} ${plain}(?![\\w-])`);
}

test("every object of every service is told, by kind and name", () => {
  expect(releases.length).toBeGreaterThan(50);
  const untold = releases.flatMap((release) => {
    const told = [...consequencesOf(release).values()].flat();
    const isTold = (object: Rendered) =>
      told.some(
        ({ about, says }) =>
          wordsFor(object, release).test(about) || wordsFor(object, release).test(says),
      );
    return objectsOf(release)
      .filter(
        ({ kind, metadata: { name } }) => ownObject(release.service, { kind, name }) === undefined,
      )
      .filter((object) => !isTold(object))
      .map(
        ({ kind, metadata }) =>
          `${release.facts.name}/${release.service.name}: ${kind} ${metadata.name}`,
      );
  });
  expect(untold).toEqual([]);
});

describe("told where it is looked for", () => {
  const told = (service: string) =>
    releases
      .filter((release) => release.service.name === service && release.facts.name === "prod")
      .flatMap((release) => [...consequencesOf(release).values()].flat());

  test("what the restore drill may do where Restores are made, there and at the drill", () => {
    const [there, here] = ["velero", "restore-drill"].map((service) =>
      told(service).filter(({ rule }) => rule === "drill-rights"),
    );
    expect(there?.map(({ about, says }) => `${about}: ${says}`)).toEqual([
      "Role and RoleBinding restore-drill, restores of velero.io: ServiceAccount restore-drill of storage-restore-drill may get, list, create, delete",
      "Role and RoleBinding restore-drill, backups of velero.io: ServiceAccount restore-drill of storage-restore-drill may list",
    ]);
    expect(here?.map(({ about }) => about)).toEqual([
      "ServiceAccount restore-drill in namespace storage-velero, restores of velero.io",
      "ServiceAccount restore-drill in namespace storage-velero, backups of velero.io",
    ]);
    expect(there?.[0]?.causes).toEqual([
      { file: "charts/services/restore-drill/values.ts", path: ["components", "main", "files"] },
    ]);
  });

  test("who has a role and a database, from whose file", () => {
    const [sonarr] = told("postgres").filter(({ about }) => about === "role sonarr of postgres");
    expect(sonarr?.says).toMatch(/owns Database sonarr$/);
    expect(sonarr?.causes).toContainEqual({
      file: "charts/services/sonarr/values.ts",
      path: ["consumes", "postgres"],
    });
  });
});
