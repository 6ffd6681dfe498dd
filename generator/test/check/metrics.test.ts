/** Metrics that rules ask for and nothing makes. */
import { expect, test } from "vitest";
import { metricsWithoutProducer } from "../../src/check/metrics.ts";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import type { Release } from "../../src/model/platform.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { projectRoot } from "../support/repository.ts";

const tree = readTree(projectRoot);
const { value } = await buildPlatform(tree, evaluateFiles(tree.root, authoredFiles(tree)));
const releases = value?.releases ?? [];
const found = (among: readonly Release[]) =>
  metricsWithoutProducer(
    among.map((release) => ({ release, values: toHelmValues(release), manifests: [] })),
  );

test("everything our rules ask for is made, in every environment", () => {
  expect(releases.length).toBeGreaterThan(0);
  expect(found(releases)).toEqual([]);
});

test("without cert-manager nobody knows when certificates end, and the platform's rules say so", () => {
  const problems = found(
    releases.filter(
      ({ service, facts }) => facts.name !== "prod" || service.name !== "cert-manager",
    ),
  );
  expect(problems).toMatchObject([
    {
      code: "METRIC_WITHOUT_PRODUCER",
      place: { file: "environments/prod/environment.ts" },
      found: "certmanager_certificate_expiration_timestamp_seconds",
      environments: ["prod"],
    },
  ]);
});

test("a rule of a service that asks for what nobody makes is found in its file, with the nearest name", () => {
  const problems = metricsWithoutProducer(
    releases.map((release) => {
      const values = toHelmValues(release);
      if (release.service.name !== "sonarr" || release.facts.name !== "prod")
        return { release, values, manifests: [] };
      const rules = [{ record: "a:b:c", expr: "sum(kube_pod_inf{namespace='media-sonarr'})" }];
      const own = { runbooks: "", labels: {}, groups: { one: { rules } } };
      const changed = { service: { ...values.service, alertRules: { sonarr: own } } };
      return { release, values: changed, manifests: [] };
    }),
  );
  expect(problems).toMatchObject([
    { place: { file: "charts/services/sonarr/values.ts" }, found: "kube_pod_inf" },
  ]);
  expect(problems[0]?.fix).toContain("kube_pod_info");
});

test("where Prometheus is somebody else's, nothing is known of what it reads", () => {
  expect(found(releases.filter(({ service }) => service.name !== "prometheus"))).toEqual([]);
});
