/** What this repository itself promises: its services come from the catalogue, its rendered tree is what they give. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readTree } from "../../src/load/tree.ts";
import { codes } from "../../src/problems/codes.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { catalogueFiles, catalogueNames } from "../../src/scaffold/new-service/catalogue.ts";
import { modelFiles } from "../../src/scaffold/model-files.ts";
import { callCommand } from "../support/call.ts";
import { projectRoot } from "../support/repository.ts";

const tree = readTree(projectRoot);
const known = new Set(catalogueNames());
const read = (file: string) => readFileSync(path.join(projectRoot, file), "utf8");

test("the services that were asked for are here", () => {
  expect(tree.services).toEqual([
    "argo-cd",
    "blackbox-exporter",
    "cert-manager",
    "cloudnative-pg",
    "dashboards",
    "envoy-gateway",
    "external-dns",
    "external-secrets",
    "home-assistant",
    "immich",
    "metallb",
    "mosquitto",
    "openobserve",
    "postgres",
    "postgres-dump",
    "postgres-vector",
    "prometheus",
    "prowlarr",
    "qbittorrent",
    "radarr",
    "recyclarr",
    "reloader",
    "restore-drill",
    "sonarr",
    "valkey",
    "vector",
    "velero",
    "zigbee2mqtt",
  ]);
  expect(tree.environments).toEqual(["dev", "prod", "staging"]);
  expect([...known].filter((name) => !tree.services.includes(name)).length).toBeGreaterThanOrEqual(
    10,
  );
});

describe("every service", () => {
  test.for(tree.services)("%s is byte for byte what the catalogue has", (service) => {
    const files = catalogueFiles(service);
    expect(files, "in the catalogue").toBeDefined();
    for (const [file, text] of files ?? [])
      expect(read(`charts/services/${service}/${file}`), file).toBe(text);
  });

  test.for([...known])("%s says where each fact was read", (service) => {
    const sources = parse(catalogueFiles(service)?.get("sources.yaml") ?? "") as Record<
      string,
      { in: string[] }
    >;
    expect(Object.keys(sources)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(image|chart)$/)]),
    );
    for (const [fact, source] of Object.entries(sources))
      expect(Array.isArray(source.in), fact).toBe(true);
  });

  test.for(tree.services)("%s finds the library through its link", (service) => {
    expect(readlinkSync(path.join(projectRoot, "charts/services", service, "charts/rzp-lib"))).toBe(
      "../../../rzp-lib",
    );
  });
});

test("no mistake is in any authored file", async () => {
  const { problems } = await buildPlatform(tree);
  expect(problems).toEqual([]);
});

test("the rendered tree is what the authored files give", async () => {
  const { exitCode, stderr } = await callCommand(["render", "--check"], {
    cwd: projectRoot,
    env: process.env,
  });
  expect(exitCode, stderr).toBe(0);
});

describe("files generated from the model", () => {
  test.for(modelFiles().map(({ path: file, content }) => ({ file, content })))(
    "$file is up to date",
    ({ file, content }) => {
      expect(existsSync(path.join(projectRoot, file)), "npm run types").toBe(true);
      expect(read(file)).toBe(content);
    },
  );

  test("there is a page for every code, and none for another", () => {
    expect(readdirSync(path.join(projectRoot, "docs/errors")).sort()).toEqual(
      Object.keys(codes)
        .map((code) => `${code}.md`)
        .sort(),
    );
  });
});

describe("every code", () => {
  const sources = ["generator/src", "generator/cluster", "provisioning/src"]
    .flatMap((folder) =>
      readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" }).map(
        (file) => `${folder}/${file}`,
      ),
    )
    .filter(
      (file) =>
        file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("problems/codes"),
    )
    .map(read)
    .join("\n");

  // In quotes: a docstring that lists it is no use of it.
  test.for(Object.keys(codes))("%s is used", (code) => {
    expect(sources).toContain(JSON.stringify(code));
  });
});
