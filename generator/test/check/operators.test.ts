/** Objects of an API group that nothing on their cluster brings. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { bringers, missingOperators } from "../../src/check/operators.ts";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import { projectRoot } from "../support/repository.ts";
import { object, rendered } from "./builder.ts";
import type { Setting } from "./builder.ts";

const none = { apiVersionsServed: [] };
const issuer = object("cert-manager.io/v1", "ClusterIssuer", "letsencrypt");
const certificate = object("cert-manager.io/v1", "Certificate", "web");
const app = (setting: Setting = {}) =>
  rendered([issuer, certificate], { cluster: none, ...setting });
const chart = (name: string, brings?: string[], more: Setting = {}) => {
  const { release, ...rest } = rendered([], { name, cluster: none, ...more });
  const { spec, ...service } = release.service;
  return {
    ...rest,
    release: {
      ...release,
      service: {
        ...service,
        kind: "chart" as const,
        spec: {
          tier: spec.tier,
          about: spec.about,
          chart: { from: "oci://registry.example.com/app", version: "1.0.0", brings },
          components: {},
        },
      },
    } as typeof release,
  };
};
const fixes = (...releases: Parameters<typeof missingOperators>[0]) =>
  missingOperators(releases).map(({ fix }) => fix);

describe("an API group that nothing brings", () => {
  test("is told once a cluster, with its kinds and who would bring it", () => {
    expect(missingOperators([app(), app({ name: "radarr" })])).toEqual([
      expect.objectContaining({
        code: "OPERATOR_MISSING",
        severity: "warning",
        place: { file: "environments/clusters/home.ts" },
        message:
          "nothing on `home` brings cert-manager.io: its API server refuses what is of it (Certificate, ClusterIssuer)",
        found: "Certificate, ClusterIssuer of cert-manager.io, as in sonarr of prod",
        fix: 'npm run new-service cert-manager -- --environment prod; where the cluster has it already, add to its file: apiVersionsServed: ["cert-manager.io/v1"]',
      }),
    ]);
    expect(missingOperators([app(), app({ clusterName: "lab" })])).toHaveLength(2);
  });
  test("is to be said where its chart runs and does not say it", () => {
    expect(fixes(app(), chart("cert-manager"))).toEqual([
      expect.stringContaining(
        `say brings: ["cert-manager.io"] beside the chart's version in charts/services/cert-manager/values.ts`,
      ),
    ]);
  });
  test("asks for any chart where nobody in the catalogue has it", () => {
    expect(fixes(rendered([object("example.com/v1", "Thing", "one")], { cluster: none }))).toEqual([
      expect.stringContaining("run a chart that installs its definitions"),
    ]);
  });
});

describe("an API group is there", () => {
  test("where a chart of the same cluster says so, in whichever environment", () => {
    expect(
      fixes(app(), chart("any", ["cert-manager.io"], { environment: "staging", prefix: "s" })),
    ).toEqual([]);
    expect(fixes(app(), chart("any", ["cert-manager.io"], { clusterName: "lab" }))).toHaveLength(1);
    expect(fixes(app(), chart("any", ["acme.cert-manager.io"]))).toHaveLength(1);
  });
  test("where its definition is in the tree", () => {
    const definition = object(
      "apiextensions.k8s.io/v1",
      "CustomResourceDefinition",
      "certificates.cert-manager.io",
    );
    expect(fixes(app(), rendered([definition], { name: "any", cluster: none }))).toEqual([]);
  });
  test("where the cluster says so, in any version, and where it is Kubernetes' own", () => {
    expect(fixes(app({ cluster: { apiVersionsServed: ["cert-manager.io/v2"] } }))).toEqual([]);
    expect(fixes(rendered([object("apps/v1", "Deployment", "web")], { cluster: none }))).toEqual(
      [],
    );
  });
});

test("is brought by those services of the catalogue that say so", async () => {
  const folder = path.join(projectRoot, "generator/catalogue");
  const files = readdirSync(folder).map((name) => `generator/catalogue/${name}/values.ts`);
  const { values } = await evaluateFiles(projectRoot, files);
  const said = [...values].flatMap(([file, value]) => {
    const { chart: { brings = [] } = {} } = (value as { spec: { chart?: { brings?: string[] } } })
      .spec;
    return brings.map((group) => [group, path.basename(path.dirname(file))] as const);
  });
  for (const [group, service] of Object.entries(bringers))
    expect(said).toContainEqual([group, service]);
});
