/** Who is watched how, asked of a small repository. */
import { expect, test } from "vitest";
import { readTree } from "../../load/tree.ts";
import { buildPlatform } from "../../pipeline.ts";
import {
  baseFile,
  createRepository,
  type RepositoryOptions,
} from "../../../test/support/repository.ts";
import { derivedAlerts } from "../../values/alerts/alerts.ts";
import { toHelmValues } from "../../values/helm-values.ts";
import { isProbed, watchesOf } from "./watch.ts";

type Files = NonNullable<RepositoryOptions["files"]>;

const clusterFile = "environments/clusters/home.ts";
const cluster = baseFile(clusterFile);
const prod = baseFile("environments/prod/environment.ts");
const withoutProber: Files = { [clusterFile]: cluster.replace(/prober: .*\n/, "") };
const withoutScraper: Files = { [clusterFile]: cluster.replace(/scraper: .*\n/, "") };
const sonarr = (text: string): Files => ({
  "environments/prod/sonarr.ts": `import { overlay, secret } from "#rzp";
export default overlay("sonarr", ${text});
`,
});
const withExporter = sonarr('{ metrics: { exporter: "exportarr", key: secret("api-key") } }');

async function releasesOf(files: Files = {}) {
  using repository = createRepository({ files });
  const { value, problems } = await buildPlatform(readTree(repository.root));
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  return value.releases.filter(({ facts }) => facts.name === "prod");
}

async function watched(service: string, files?: Files) {
  const releases = await releasesOf(files);
  const release = releases.find((one) => one.service.name === service);
  if (release === undefined) throw new Error(`${service} does not run`);
  return watchesOf(release).map(({ component, ...watch }) => ({
    ...watch,
    component: component.name,
  }));
}

test("an exporter says whether its component answers", async () => {
  expect(await watched("sonarr", withExporter)).toEqual([
    {
      component: "main",
      by: "exporter",
      alive: {
        metric: "up",
        namespace: "media-sonarr",
        job: "media-sonarr/sonarr",
      },
    },
  ]);
});

test("own metrics are read at the Service, or at the pods of a chart and of a database", async () => {
  expect(await watched("blocky")).toEqual([
    {
      component: "main",
      by: "metrics",
      alive: { metric: "up", namespace: "network-blocky", job: "blocky" },
    },
  ]);
  expect(await watched("postgres")).toEqual([
    {
      component: "main",
      by: "metrics",
      alive: {
        metric: "cnpg_collector_up",
        namespace: "data-postgres",
        job: "data-postgres/postgres",
      },
    },
  ]);
});

test.for([
  ["postgres", "pg_up", "docker.io/library/postgres:18"],
  ["valkey", "redis_up", "docker.io/valkey/valkey:9"],
] as const)("beside a dead component %s is up, and says %s", async ([exporter, metric, image]) => {
  const files = sonarr(
    `{ image: "${image}", metrics: { exporter: "${exporter}", key: secret("api-key") } }`,
  );
  expect(await watched("sonarr", files)).toMatchObject([{ by: "exporter", alive: { metric } }]);
});

const withSilentExporter = sonarr('{ metrics: { exporter: "mosquitto" } }');

test("of an exporter that goes on with what it heard last, the prober says whether its component answers", async () => {
  expect(await watched("sonarr", withSilentExporter)).toEqual([
    {
      component: "main",
      by: "exporter",
      alive: { metric: "probe_success", namespace: "media-sonarr", job: "sonarr-probe" },
    },
  ]);
  expect(await watched("sonarr", { ...withSilentExporter, ...withoutProber })).toEqual([
    { component: "main", by: "exporter", lacks: "prober" },
  ]);
});

test("it is read by the scraper and asked by the prober, and both are let in", async () => {
  const releases = await releasesOf(withSilentExporter);
  const release = releases.find(({ service }) => service.name === "sonarr");
  if (release === undefined) throw new Error("sonarr does not run");
  const { service } = toHelmValues(release);
  expect(Object.keys(service.podMonitors)).toEqual(["sonarr"]);
  expect(service.probes).toMatchObject({ "sonarr-probe": { component: "main" } });
  const alerts = Object.values(service.alertRules).flat();
  expect(JSON.stringify(alerts)).toContain("probe_success{namespace='media-sonarr'");
  expect(JSON.stringify(alerts)).not.toContain("(up{namespace='media-sonarr'");
});

test.for([
  ["yes, as its own metrics tell", 'metrics: { port: "http" },', true],
  ["no, as nothing else would tell", "", false],
] as const)(
  "are alerts of what is probed held back while the prober is away: %s",
  async ([, metrics, isHeldBack]) => {
    const releases = await releasesOf({
      [clusterFile]: cluster.replace(
        'podLabels: { app: "prober" }',
        'podLabels: { "app.kubernetes.io/name": "blackbox-exporter" }',
      ),
      "environments/prod/environment.ts": prod.replace('"blocky"', '"blackbox-exporter", "blocky"'),
      "charts/services/blackbox-exporter/values.ts": `import { defineService } from "#rzp";
export default defineService({
  tier: "observability",
  about: "Asks services that have no metrics whether they answer",
  image: "quay.io/prometheus/blackbox-exporter:v0.28.0",
  ports: { http: 9115 },
  health: { http: "/-/healthy" },
  ${metrics}
});
`,
    });
    const held = releases.flatMap((release) =>
      JSON.stringify(toHelmValues(release).service.alertRules).includes("unless on () rzp:prober")
        ? [release.service.name]
        : [],
    );
    expect(held).toEqual(isHeldBack ? ["immich", "prowlarr", "sonarr"] : []);
    const absences = releases
      .flatMap(derivedAlerts)
      .filter(({ value }) => value.kind === "ServiceAbsent" && isProbed(value.alive));
    expect(absences.length).toBeGreaterThan(0);
    for (const { causes } of absences)
      expect(causes, "and the fact that decides is told").toContainEqual({
        file: "charts/services/blackbox-exporter/values.ts",
        path: ["metrics"],
        ...(isHeldBack ? {} : { absent: true }),
      });
  },
);

test("what has no metrics is probed; a job is watched for its runs", async () => {
  expect(await watched("immich")).toContainEqual({
    component: "learning",
    by: "probe",
    alive: { metric: "probe_success", namespace: "media-immich", job: "learning-probe" },
  });
  expect(await watched("recyclarr")).toEqual([{ component: "main", by: "runs" }]);
});

const host = '{ because: "finds devices by broadcast", value: true }';

test("what is on the node's network is asked like any other, and told of when it is down", async () => {
  const files = sonarr(`{ network: { host: ${host} } }`);
  expect(await watched("sonarr", files)).toEqual(await watched("sonarr"));
  expect(await watched("sonarr", files)).toMatchObject([{ by: "probe" }]);
  const releases = await releasesOf(files);
  const release = releases.find(({ service }) => service.name === "sonarr");
  if (release === undefined) throw new Error("sonarr does not run");
  const alerts = JSON.stringify(toHelmValues(release).service.alertRules);
  expect(alerts).toContain("probe_success{namespace='media-sonarr'");
});

test("pods of a chart that say no metrics are watched by their state", async () => {
  const watches = await watched("cert-manager");
  expect(watches.filter(({ by }) => by === "metrics")).toHaveLength(1);
  expect(watches.filter(({ by }) => by === "state").length).toBe(watches.length - 1);
});

test("nobody watches where the cluster has no prober, or no scraper", async () => {
  expect(await watched("immich", withoutProber)).toContainEqual({
    component: "learning",
    by: "nobody",
    lacks: "prober",
  });
  expect(await watched("sonarr", withoutScraper)).toEqual([
    { component: "main", by: "nobody", lacks: "scraper" },
  ]);
});

test("a stopped service is watched by nobody, and lacks nothing", async () => {
  expect(await watched("sonarr", sonarr("{ stopped: true }"))).toEqual([
    { component: "main", by: "stopped" },
  ]);
});
