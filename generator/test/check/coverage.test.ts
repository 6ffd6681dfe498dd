/** Whether everything that runs is watched, and what is said where it is not. */
import { expect, test } from "vitest";
import { checkCoverage } from "../../src/check/coverage.ts";
import { readTree } from "../../src/load/tree.ts";
import type { Release } from "../../src/model/platform.ts";
import { coverageOf } from "../../src/release/monitoring/coverage.ts";
import { listCoverage } from "../../src/scaffold/listings/coverage.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { component, sceneWith, service } from "../model-leaves/scene.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

const database: Fragment = {
  image: "ghcr.io/cloudnative-pg/postgresql:18.6",
  runs: { as: "postgresCluster", instances: 1 },
  health: undefined,
  ports: { sql: 5432 },
  storage: { data: { holds: "database", size: "1Gi" } },
};
const tree = readTree(projectRoot);
const releases = await releasesOf(tree);

const onClusters = (
  change: (cluster: Release["facts"]["cluster"]) => Release["facts"]["cluster"],
) => {
  const facts = new Map(
    [...new Set(releases.map((release) => release.facts))].map((one) => [
      one,
      { ...one, cluster: change(one.cluster) },
    ]),
  );
  return releases.map((release) => ({
    ...release,
    facts: facts.get(release.facts) ?? release.facts,
  }));
};
type Cluster = Release["facts"]["cluster"];
function withoutProber(cluster: Cluster): Cluster {
  const { prober: _, ...rest } = cluster;
  return rest;
}
function withoutScraper(cluster: Cluster): Cluster {
  const { scraper: _, ...rest } = cluster;
  return rest;
}
const found = (among: readonly Release[]) =>
  checkCoverage(among).map(({ code, place, message }) => `${code} ${place.file}: ${message}`);

test("every component of every environment here is watched", () => {
  expect(releases.length).toBeGreaterThan(0);
  for (const { watched, of } of coverageOf(releases)) expect(watched).toBe(of);
  expect(found(releases)).toEqual([]);
});

test("those that only the state of their pods tells of are counted apart, where there are any", () => {
  expect(listCoverage(releases, "prod").sums).toEqual([
    expect.stringMatching(/ \(100 %\), \d+ of them by the state of their pods alone$/),
  ]);
  expect(listCoverage(releases, "staging").sums).toEqual([
    expect.stringMatching(/ are watched \(100 %\)$/),
  ]);
});

test("without a prober those without metrics are named, a cluster once", () => {
  const blind = onClusters(withoutProber);
  expect(found(blind)).toEqual([
    "COVERAGE_INCOMPLETE environments/clusters/lab.ts: `lab` has no prober, so nobody watches home-assistant, immich/learning, mosquitto and 2 more",
    "COVERAGE_INCOMPLETE environments/clusters/home.ts: `home` has no prober, so nobody watches home-assistant, immich/learning, mosquitto and 2 more",
  ]);
});

test("without a scraper nobody watches anything", () => {
  const blind = onClusters(withoutScraper);
  for (const { watched } of coverageOf(blind)) expect(watched).toBe(0);
  expect(found(blind)).toHaveLength(2);
});

/** Prometheus with other values of its chart. */
const withValues = (more: object) =>
  releases.map((release): Release => {
    const { service } = release;
    if (service.name !== "prometheus" || service.kind !== "chart") return release;
    const chart = { ...service.spec.chart, values: { ...service.spec.chart.values, ...more } };
    return { ...release, service: { ...service, spec: { ...service.spec, chart } } };
  });
const collecting = (...collectors: readonly string[]) =>
  withValues({ "kube-state-metrics": { collectors } });

test("a scraper of ours without kube-state-metrics does not know the state of pods", () => {
  expect(found(withValues({ kubeStateMetrics: { enabled: false } }))[0]).toContain(
    "has no kube-state-metrics, so nobody watches argo-cd/argocd-redis",
  );
});

test("nor of jobs or pods where it does not read them", () => {
  const withoutJobs = collecting("pods", "cronjobs");
  expect(found(withoutJobs)[0]).toMatch(
    /has no collector of jobs, so nobody watches [^/]*\brestore-drill\b/,
  );
  expect(checkCoverage(withoutJobs)[0]?.fix).toContain('add "jobs" to collectors');
  expect(found(collecting("jobs"))[0]).toContain(
    "has no collector of pods, so nobody watches argo-cd/argocd-redis",
  );
});

test("it reads its usual kinds where it is told of none", () => {
  expect(found(collecting())).toEqual([]);
  expect(found(collecting("jobs", "pods"))).toEqual([]);
});

test("of a scraper that is none of our services it is taken for granted", () => {
  expect(found(releases.filter(({ service }) => service.name !== "prometheus"))).toEqual([]);
});

test("a stopped service lacks nothing, and counts as nothing", () => {
  const stopped = onClusters(withoutProber).map((release): Release => {
    const { service } = release;
    return service.kind === "service"
      ? { ...release, service: { ...service, spec: { ...service.spec, stopped: true } } }
      : release;
  });
  expect(found(stopped).join()).not.toContain("qbittorrent");
});

test.for<[string, Fragment, string | undefined]>([
  ["without metrics", {}, 'metrics: { exporter: "valkey" }'],
  ["with metrics of its own", { ports: { http: 8080 }, metrics: { port: "http" } }, undefined],
  [
    "that ends",
    { runs: { as: "job", endsWithin: "1h" }, health: undefined, ports: undefined },
    undefined,
  ],
  ["that is a database cluster", database, undefined],
])("a known exporter is told of for a program %s", ([, more, could]) => {
  const spec = { ...component, image: "docker.io/valkey/valkey:9.1.1", ...more };
  const built = build(sceneWith({ services: { app: service(spec) } }));
  expect(built.problems).toEqual([]);
  expect(listCoverage(built.releases, "prod").rows[0]?.could).toBe(could);
});
