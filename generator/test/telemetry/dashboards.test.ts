/** What dashboards say: only panels whose metrics are made, only streams that are there, a dashboard for everything. */
import { beforeAll, describe, expect, test } from "vitest";
import { documents } from "../../catalogue/dashboards/config/document.mts";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import { asTree } from "../../src/model/data.ts";
import type { Content } from "../../src/model/dashboards.ts";
import { panels } from "../../src/model/panels.ts";
import type { Release } from "../../src/model/platform.ts";
import { buildAsFarAsPossible } from "../../src/pipeline.ts";
import { ofProber } from "../../src/release/monitoring/metric-names.ts";
import { producedMetrics, producersIn } from "../../src/release/monitoring/producers.ts";
import { watchesOf } from "../../src/release/monitoring/watch.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";
import { metricsOf } from "./promql.ts";

let releases: readonly Release[] = [];
beforeAll(async () => {
  releases = await releasesOf(readTree(projectRoot));
});
const carriers = ["dev", "prod"] as const;
const find = (environment: string, service: string) => {
  const found = releases.find(
    ({ facts, service: { name } }) => facts.name === environment && name === service,
  );
  if (found === undefined) throw new Error(`${service} does not run in ${environment}`);
  return found;
};
const contentOf = (environment: string): Content => {
  const { configMaps } = toHelmValues(find(environment, "dashboards")).service;
  const value = configMaps["dashboards-files"]?.["app.content.json"];
  return JSON.parse(value !== undefined && "text" in value ? value.text : "") as Content;
};
const queriesOf = (content: Content) =>
  Object.values(content.panels).flatMap(({ queries }) => queries);

describe.for(carriers)("dashboards of the cluster that %s carries", (environment) => {
  test("are one a service and one a tier of each environment, and one of the platform", () => {
    const { clusterName } = find(environment, "vector").facts;
    const mine = releases.filter(({ facts }) => facts.clusterName === clusterName);
    const of = ({ facts }: Release, title: string) =>
      facts.environment.prefix === undefined ? title : `${title} (${facts.environment.prefix})`;
    const expected = new Set([
      ...mine.map((release) => of(release, `Service ${release.service.name}`)),
      ...mine.map((release) => of(release, `Tier ${release.service.tier}`)),
      "Platform",
    ]);
    const titles = contentOf(environment).dashboards.map(({ title }) => title);
    expect(titles).toEqual([...expected].toSorted());
  });

  test("name no metric that nobody makes", () => {
    const { facts } = find(environment, "vector");
    const made = producedMetrics(facts, releases);
    const read = queriesOf(contentOf(environment)).flatMap((query) =>
      "promql" in query ? metricsOf(query.promql) : [],
    );
    expect(read.filter((metric) => !made.has(metric))).toEqual([]);
    expect(read.length).toBeGreaterThan(0);
  });

  test("read no stream that Vector does not write", () => {
    const streams = new Set(find(environment, "vector").telemetry?.streams.map(({ name }) => name));
    const read = documents(contentOf(environment)).flatMap(({ tabs }) =>
      tabs.flatMap(({ panels: shown }) =>
        (shown as { queries: { query: string }[] }[]).flatMap(({ queries }) =>
          queries.flatMap(({ query }) => /FROM "([^"]+)"/.exec(query)?.[1] ?? []),
        ),
      ),
    );
    expect(read.filter((stream) => !streams.has(stream))).toEqual([]);
    expect(new Set(read)).toEqual(streams);
  });

  test("leave no name unfilled, and no two panels in one place", () => {
    for (const { title, tabs } of documents(contentOf(environment))) {
      expect(JSON.stringify(tabs), title).not.toMatch(/\$[a-z]/);
      const places = tabs[0]?.panels.map((panel) => (panel as { layout: { x: number } }).layout);
      expect(new Set(places?.map((place) => JSON.stringify(place))).size).toBe(places?.length);
    }
  });

  test("fit into a ConfigMap, ten times over", () => {
    // 1 MiB is the most one may hold (Kubernetes, ConfigMaps).
    expect(JSON.stringify(contentOf(environment)).length * 10).toBeLessThan(2 ** 20);
  });
});

/** What these say is about every service, of the prober about those it asks; all else a service says itself. */
const aboutAll = ["kube-state-metrics", "kubelet"];

/** In: a release. Out: the metrics there are about it, of which its dashboard may show any. */
function metricsAbout(release: Release): Set<string> {
  const isAsked = watchesOf(release).some(({ alive }) => alive?.metric === "probe_success");
  return new Set([
    ...producersIn(release.facts, [release]).flatMap(({ metrics }) => metrics),
    ...producersIn(release.facts, releases)
      .filter(({ name }) => aboutAll.includes(name))
      .flatMap(({ metrics }) => metrics),
    ...(isAsked ? ofProber : []),
  ]);
}

describe("the dashboard of a service", () => {
  test("reads no metric that only others make", () => {
    const strange = releases.flatMap((release) => {
      const made = metricsAbout(release);
      return (release.dashboard?.panels ?? []).flatMap((panel) =>
        (panels[panel]?.reads ?? [])
          .filter((metric) => !made.has(metric))
          .map((metric) => `${release.facts.name}/${release.service.name}: ${panel}: ${metric}`),
      );
    });
    expect(strange).toEqual([]);
  });

  test.for([
    ["redis_up", "valkey", "sonarr"],
    ["sonarr_queue_total", "sonarr", "valkey"],
    ["probe_success", "home-assistant", "vector"],
    ["node_load1", "prometheus", "sonarr"],
  ] as const)("may read %s of %s, not of %s", ([metric, service, other]) => {
    expect(metricsAbout(find("prod", service))).toContain(metric);
    expect(metricsAbout(find("prod", other))).not.toContain(metric);
  });
});

test.for(Object.entries(panels))("panel %s says which metrics it reads", ([, panel]) => {
  const read = panel.queries.flatMap((query) => ("promql" in query ? metricsOf(query.promql) : []));
  expect([...panel.reads].toSorted()).toEqual([...new Set(read)].toSorted());
  for (const query of panel.queries)
    if ("promql" in query) expect(metricsOf(query.promql)).toContain(query.metric);
});

test("a panel goes with who makes its metrics", async () => {
  const tree = readTree(projectRoot);
  const evaluation = await evaluateFiles(tree.root, authoredFiles(tree));
  const file = "environments/prod/environment.ts";
  const exported = asTree(evaluation.values.get(file));
  const spec = asTree(exported["spec"]);
  const platformPanels = async (leftOut: string) => {
    const services = (spec["services"] as string[]).filter((name) => name !== leftOut);
    const changed = { ...exported, spec: { ...spec, services } };
    const values = new Map([...evaluation.values, [file, changed]]);
    const { platform } = await buildAsFarAsPossible(tree, { values, problems: [] });
    const shower = platform.releases.find(
      ({ facts, service: { name } }) => facts.name === "prod" && name === "dashboards",
    );
    return shower?.telemetry?.dashboards?.find(({ title }) => title === "Platform")?.panels;
  };
  const all = await platformPanels("nothing");
  expect(all).toContain("backups-age");
  expect(await platformPanels("velero")).toEqual(all?.filter((panel) => panel !== "backups-age"));
});

describe("a dashboard of a service", () => {
  const panelsOf = (environment: string, service: string) =>
    find(environment, service).dashboard?.panels;

  test("shows its scrape where it has metrics, and none where it has not", () => {
    expect(panelsOf("prod", "vector")).toContain("scraped");
    expect(panelsOf("prod", "recyclarr")).not.toContain("scraped");
  });

  test("shows lines of the stream of its own environment", () => {
    const dashboard = contentOf("dev").dashboards.find(
      ({ title }) => title === "Service sonarr (staging)",
    );
    expect(dashboard?.names).toMatchObject({
      stream: "staging_media",
      namespace: "staging-media-sonarr",
    });
  });
});
