/** Metrics that rules among a service's own objects ask for, and nobody makes. */
import { expect, test } from "vitest";
import { metricsUnmade } from "../../src/check/brought-metrics.ts";
import { broughtRules } from "../../src/check/brought-rules.ts";
import { checkedObjects } from "../../src/check/objects.ts";
import { readTree } from "../../src/load/tree.ts";
import type { Release } from "../../src/model/platform.ts";
import type { CheckableRelease } from "../../src/model/rendered.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";
import { object, rendered } from "./builder.ts";

const releases = await releasesOf(readTree(projectRoot));

/** Sonarr of prod with a PrometheusRule of its own, or of a chart, among all others. */
function found(
  rules: readonly object[],
  { among = releases, vendored }: { among?: readonly Release[]; vendored?: true } = {},
) {
  const rule = object("monitoring.coreos.com/v1", "PrometheusRule", "mine", {
    spec: { groups: [{ name: "x", rules: [{ alert: "Mine", expr: "up == 0" }, ...rules] }] },
  });
  const { manifests } = rendered([rule], vendored === undefined ? {} : { vendored });
  const objects = { mine: { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule" } };
  const all = among.map((release): CheckableRelease => {
    const none = { release, manifests: [], metrics: [], wantsSecrets: false };
    const { service, facts } = release;
    if (service.name !== "sonarr" || facts.name !== "prod" || service.kind === "chart") return none;
    const spec = { ...service.spec, ...(vendored === undefined ? { objects } : {}) };
    return { ...none, release: { ...release, service: { ...service, spec } as never }, manifests };
  });
  return metricsUnmade(broughtRules(checkedObjects(all), all), all);
}

const asking = (expr: string) => [{ alert: "Asks", expr }];
const without = (name: string) => releases.filter(({ service }) => service.name !== name);

test("a name that is nearly one is told at the rule, with the right one", () => {
  expect(found(asking("sum(kube_pod_inf{namespace='media-sonarr'}) > 1"))).toMatchObject([
    {
      code: "METRIC_WITHOUT_PRODUCER",
      severity: "warning",
      found: "kube_pod_inf",
      fix: "write kube_pod_info",
      place: { file: "charts/services/sonarr/values.ts" },
      keys: ["objects", "mine", "spec", "groups", 0, "rules", 1, "expr"],
    },
  ]);
});

test.for([
  ["a letter too many", "kube_pod_infoo", "kube_pod_info"],
  ["swapped neighbours", "kube_pod_onwer", "kube_pod_owner"],
  ["a separator left out", "kube_podinfo", "kube_pod_info"],
  ["another case", "node_memory_memtotal_bytes", "node_memory_MemTotal_bytes"],
])("a slip is %s", ([, metric = "", right]) => {
  expect(found(asking(metric))).toMatchObject([{ found: metric, fix: `write ${right}` }]);
});

/** Each is real and none is in our lists; the names beside are. */
test.for([
  ["kube_pod_created", "kube_job_created"],
  ["container_cpu_user_seconds_total", "container_cpu_usage_seconds_total"],
  ["kube_node_labels", "kube_pod_labels"],
  ["kube_node_created", "kube_job_created"],
  ["kube_pod_ips", "kube_pod_info"],
  ["kube_job_labels", "kube_pod_labels"],
  [
    "kube_horizontalpodautoscaler_spec_min_replicas",
    "kube_horizontalpodautoscaler_spec_max_replicas",
  ],
  ["node_network_receive_drop_total", "node_network_receive_errs_total"],
  ["node_memory_Mapped_bytes", "node_memory_Cached_bytes"],
])("%s is no slip of %s", ([metric, like]) => {
  expect(found([...asking(metric ?? ""), ...asking(like ?? "")])).toEqual([]);
});

test("a word that metrics have is meant, though one letter makes it another", () => {
  expect(found(asking("kube_job_owners"))).toMatchObject([{ fix: "write kube_job_owner" }]);
  expect(found([{ record: "own:owners", expr: "up" }, ...asking("kube_job_owners")])).toEqual([]);
});

test("a metric is told of once what makes it runs no more", () => {
  const asks = asking("redis_up == 0");
  expect(found(asks)).toEqual([]);
  expect(found(asks, { among: without("valkey") })).toMatchObject([
    { found: "redis_up", fix: "let what makes it run here, or take out what asks for it" },
  ]);
});

/** Kube-state-metrics of prod reads no more than these kinds. */
const reading = (...collectors: readonly string[]) =>
  releases.map((release): Release => {
    const { service, facts } = release;
    if (service.name !== "prometheus" || service.kind !== "chart" || facts.name !== "prod")
      return release;
    const values = { ...service.spec.chart.values, "kube-state-metrics": { collectors } };
    const spec = { ...service.spec, chart: { ...service.spec.chart, values } };
    return { ...release, service: { ...service, spec } };
  });

test("a kind that kube-state-metrics does not read is told with its collector", () => {
  const asks = asking("kube_resourcequota_created > 1");
  expect(found(asks, { among: reading("pods", "resourcequotas") })).toEqual([]);
  const fixOf = (among: readonly Release[]) => found(asks, { among })[0]?.fix;
  expect(fixOf(reading("pods"))).toMatch(
    /^add "resourcequotas" to collectors of kube-state-metrics .*, or take out what asks for it$/,
  );
});

test.for([
  ["what a service measures of itself", "sonarr_own_measure > 1"],
  ["another metric of a program whose metrics are not all known", "kube_pod_status_ready_time"],
  ["what RZP records", "slo:service_available:ratio < rzp:volume_left:ratio"],
  ["a comment", "up # instead of kube_pod_inf"],
  ["no expression at all", "sum((("],
])("nothing is said of %s", ([, expr]) => {
  expect(found(asking(expr ?? ""))).toEqual([]);
});

test("nothing is said of what many programs make, whichever of them run", () => {
  const among = releases.filter(({ service }) => ["prometheus", "sonarr"].includes(service.name));
  expect(found(asking("workqueue_depth > 1 and kube_pod_info"), { among })).toEqual([]);
});

test("nothing is said of what a rule of the cluster records", () => {
  expect(found([...asking("kube_pod_infos"), { record: "kube_pod_infos", expr: "up" }])).toEqual(
    [],
  );
});

test("nothing is said of rules of a chart, and where Prometheus is somebody else's", () => {
  expect(found(asking("kube_pod_inf"), { vendored: true })).toEqual([]);
  const asks = asking("kube_pod_info");
  expect(found(asks, { among: without("prometheus") })).toEqual([]);
});
