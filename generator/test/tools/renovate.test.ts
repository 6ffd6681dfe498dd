import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../../..");

const Config = z.object({
  customManagers: z.array(
    z.object({
      managerFilePatterns: z.array(z.string()),
      matchStrings: z.array(z.string()).min(1),
      datasourceTemplate: z.string(),
    }),
  ),
});

/** JSON5 is a subset of JavaScript's expressions. */
const config = Config.parse(
  runInNewContext(`(${readFileSync(join(root, "renovate.json5"), "utf8")})`),
);

/** Does what Renovate does: every match string of every manager, over the whole text. */
function extract(text: string): Record<string, string>[] {
  return config.customManagers.flatMap(({ datasourceTemplate, matchStrings }) =>
    matchStrings.flatMap((pattern) =>
      [...text.matchAll(new RegExp(pattern, "g"))].map((match) => ({
        datasource: datasourceTemplate,
        ...Object.fromEntries(
          Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined),
        ),
      })),
    ),
  );
}

/** Whether all managers of images and charts read a file; a pattern between slashes is a regular expression to Renovate. */
function isManaged(file: string): boolean {
  return config.customManagers
    .filter(({ datasourceTemplate }) => datasourceTemplate !== "go")
    .every(({ managerFilePatterns }) =>
      managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)),
    );
}

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("the images that Renovate finds", () => {
  test.for([
    ["ghcr.io/home-operations/sonarr:4.0.16.2944", "ghcr.io/home-operations/sonarr", "4.0.16.2944"],
    ["ghcr.io/immich-app/immich-server:v3.1.0", "ghcr.io/immich-app/immich-server", "v3.1.0"],
    ["redis:8", "redis", "8"],
    ["bitnami/redis:8.0.1-alpine_r2", "bitnami/redis", "8.0.1-alpine_r2"],
    ["registry.local:5000/a/b:1.2", "registry.local:5000/a/b", "1.2"],
    ["localhost:5000/a:1.2", "localhost:5000/a", "1.2"],
    ["ghcr.io/a_b/c.d__e-f:1", "ghcr.io/a_b/c.d__e-f", "1"],
  ] as const)("%s", ([image, depName, currentValue]) => {
    expect(extract(`  image: "${image}",\n`)).toEqual([
      { datasource: "docker", depName, currentValue },
    ]);
    expect(extract(`  image: "${image}@${digest}",\n`), "with its digest").toEqual([
      { datasource: "docker", depName, currentValue, currentDigest: digest },
    ]);
  });

  test("sidecars and several components in one file", () => {
    const text = `
  image: "ghcr.io/home-operations/qbittorrent:5.2.3",
  sidecars: {
    vpn: { image: "ghcr.io/qdm12/gluetun:v3.40.0@${digest}", health: { exec: ["x"] } },
  },
  components: { learning: { image: 'registry.local:5000/ml:2' } },`;
    expect(extract(text).map((dep) => dep["depName"])).toEqual([
      "ghcr.io/home-operations/qbittorrent",
      "ghcr.io/qdm12/gluetun",
      "registry.local:5000/ml",
    ]);
  });

  test("a line that the formatter broke", () => {
    expect(extract(`image:\n    "ghcr.io/a/b:1.2",`)).toHaveLength(1);
  });

  test("in the values of a chart, with a digest and without", () => {
    const text = `image: { repository: "docker.io/velero/velero", tag: "v1.18.1" },`;
    const found = {
      datasource: "docker",
      depName: "docker.io/velero/velero",
      currentValue: "v1.18.1",
    };
    expect(extract(text)).toEqual([found]);
    expect(extract(text.replace("1.18.1", `1.18.1@${digest}`))).toEqual([
      { ...found, currentDigest: digest },
    ]);
    expect(extract(text.replaceAll(/ (?=[rt])/g, "\n  ")), "over several lines").toEqual([found]);
  });

  test.for([
    `image: { repository: "ghcr.io/a/b" }, tag: "1.2"`,
    `image: { repository: "ghcr.io/a/b", pullPolicy: "Always" }`,
    `image: { repository: name, tag: "1.2" }`,
    // Which registry that is of would be guessed.
    `image: { registry: "quay.io", repository: "a/b", tag: "1.2" }`,
    `git: { repository: "ghcr.io/a/b", tag: "1.2" }`,
    `image: "ghcr.io/a/b",`,
    `image: "registry.local:5000/a/b",`,
    `image: "ghcr.io/a/b@${digest}",`,
    `image: "ghcr.io/a/b:1.2@sha256:abc",`,
    `baseImage: "ghcr.io/a/b:1.2",`,
    `images: ["ghcr.io/a/b:1.2"],`,
    `// the image "ghcr.io/a/b:1.2" is old`,
    `url: "http://sonarr:8989/api",`,
    "image: process.env.IMAGE,",
  ])("nothing in %s", (text) => {
    expect(extract(text)).toEqual([]);
  });
});

describe("the charts that Renovate finds", () => {
  test("one in a registry", () => {
    const text = `chart: { from: "oci://quay.io/jetstack/charts/cert-manager", version: "v1.21.1", values: { crds: { enabled: true } } },`;
    expect(extract(text)).toEqual([
      {
        datasource: "docker",
        depName: "quay.io/jetstack/charts/cert-manager",
        currentValue: "v1.21.1",
      },
    ]);
  });

  test("one in a registry with a port", () => {
    const text = `chart: { from: "oci://registry.local:5000/charts/a", version: "1.2.3" }`;
    expect(extract(text)[0]).toMatchObject({ depName: "registry.local:5000/charts/a" });
  });

  test("one in a repository, over several lines, with fields between", () => {
    const text = `chart: {
    from: "https://helm.vector.dev/vector",
    release: "logs",
    version: "0.48.1",
    values: { role: "Agent" },
  },`;
    expect(extract(text)).toEqual([
      {
        datasource: "helm",
        registryUrl: "https://helm.vector.dev",
        depName: "vector",
        currentValue: "0.48.1",
      },
    ]);
  });

  test("a repository below a path keeps it", () => {
    const text = `chart: { from: "https://charts.example.org/stable/app", version: "1.0.0" }`;
    expect(extract(text)[0]).toMatchObject({
      registryUrl: "https://charts.example.org/stable",
      depName: "app",
    });
  });

  test.for([
    `from: "sonarr", version: "1.0.0"`,
    `from("sonarr", "api-key")`,
    `chart: { from: "oci://quay.io/a/b" }, other: { version: "1.0.0" }`,
    `chart: { from: "oci://quay.io/a/b", version: newest }`,
  ])("nothing in %s", (text) => {
    expect(extract(text)).toEqual([]);
  });
});

describe("the modules of CRDs that Renovate finds", () => {
  test("by path and version", () => {
    const text = `{ "name": "argo-cd", "module": "github.com/argoproj/argo-cd/v3@v3.5.7", "sum": "h1:x=" }`;
    expect(extract(text)).toEqual([
      { datasource: "go", depName: "github.com/argoproj/argo-cd/v3", currentValue: "v3.5.7" },
    ]);
  });

  test.for([
    `"module": "sigs.k8s.io/gateway-api"`,
    `"module": "sigs.k8s.io/gateway-api@main"`,
    `"folder": "a@v1.2.3"`,
  ])("nothing in %s", (text) => {
    expect(extract(text)).toEqual([]);
  });
});

describe("the files that Renovate reads", () => {
  test.for([
    "charts/services/sonarr/values.ts",
    "generator/catalogue/media/sonarr.ts",
    "generator/catalogue/sonarr.ts",
    "environments/prod/sonarr.ts",
  ])("%s", (file) => {
    expect(isManaged(file)).toBe(true);
  });

  test.for([
    "charts/services/sonarr/values.yaml",
    "charts/rzp-lib/values.ts",
    "generator/src/model/primitives.ts",
    "kubernetes/prod/sonarr/deployment-sonarr.yaml",
  ])("not %s", (file) => {
    expect(isManaged(file)).toBe(false);
  });
});
