/** Which metrics there are, asked of the services of this repository. */
import { expect, test } from "vitest";
import { readTree } from "../../load/tree.ts";
import type { Release } from "../../model/platform.ts";
import { releasesOf } from "../../../test/support/releases.ts";
import { projectRoot } from "../../../test/support/repository.ts";
import { producedMetrics } from "./producers.ts";

const tree = readTree(projectRoot);
const releases = await releasesOf(tree);

function produced(environment: string, among: readonly Release[] = releases) {
  const facts = among.find((release) => release.facts.name === environment)?.facts;
  if (facts === undefined) throw new Error(`nothing runs in ${environment}`);
  return producedMetrics(facts, among);
}

const without = (...services: readonly string[]) =>
  releases.filter(({ service }) => !services.includes(service.name));

test.each([
  ["kube_pod_status_ready", "kube-state-metrics"],
  ["kubelet_volume_stats_available_bytes", "kubelet"],
  ["container_cpu_cfs_throttled_periods_total", "kubelet"],
  ["node_memory_MemAvailable_bytes", "node-exporter"],
  ["probe_success", "blackbox-exporter"],
  ["velero_backup_last_successful_timestamp", "velero"],
  ["certmanager_certificate_expiration_timestamp_seconds", "cert-manager"],
  ["argocd_app_info", "argo-cd"],
  ["cnpg_collector_up", "postgres"],
  ["redis_up", "valkey of valkey"],
  ["sonarr_episode_missing_total", "exportarr of sonarr"],
  ["broker_clients_connected", "mosquitto of mosquitto"],
  ["envoy_cluster_upstream_rq_time_bucket", "envoy-gateway"],
  ["vector_component_sent_events_total", "vector"],
  ["up", "every target"],
])("%s comes from %s", (metric, producer) => {
  expect(produced("prod").get(metric)).toBe(producer);
});

test.each(["sonar_episode_missing_total", "pg_up", "kube_secret_info", "apiserver_request_total"])(
  "nobody makes %s",
  (metric) => {
    expect(produced("prod").has(metric)).toBe(false);
  },
);

test("an environment has what its cluster carries for all, and of others' services nothing", () => {
  expect(produced("staging").get("kube_pod_status_ready")).toBe("kube-state-metrics");
  expect(produced("staging").has("broker_clients_connected"), "runs in dev only").toBe(false);
  expect(produced("dev").has("broker_clients_connected")).toBe(true);
});

test("what goes takes its metrics along", () => {
  expect(produced("prod", without("velero")).has("velero_backup_total")).toBe(false);
  expect(produced("prod", without("blackbox-exporter")).has("probe_success")).toBe(false);
  expect(produced("prod", without("prometheus")).has("kube_pod_status_ready")).toBe(false);
});

/** Prometheus with other values of its chart. */
const withValues = (more: object) =>
  releases.map((release): Release => {
    const { service } = release;
    if (service.name !== "prometheus" || service.kind !== "chart") return release;
    const chart = { ...service.spec.chart, values: { ...service.spec.chart.values, ...more } };
    return { ...release, service: { ...service, spec: { ...service.spec, chart } } };
  });

test.each([
  ["kube_cronjob_info", "cronjobs"],
  ["kube_resourcequota", "resourcequotas"],
  ["kube_persistentvolumeclaim_info", "persistentvolumeclaims"],
  ["kube_pod_init_container_status_ready", "pods"],
])("%s is there while kube-state-metrics reads %s", (metric, collector) => {
  const made = (...collectors: readonly string[]) =>
    produced("prod", withValues({ "kube-state-metrics": { collectors } }));
  expect(made(collector).has(metric)).toBe(true);
  expect(made("persistentvolumes").has(metric)).toBe(false);
  expect(made("persistentvolumes").has("kube_state_metrics_build_info")).toBe(true);
});

test("a part of the chart that is off makes nothing", () => {
  const off = withValues({ nodeExporter: { enabled: false } });
  expect(produced("prod", off).has("node_load1")).toBe(false);
  expect(produced("prod", off).has("kube_pod_info")).toBe(true);
});

test("without a scraper there are no metrics", () => {
  const unread = releases.map((release): Release => {
    const { scraper: _, ...cluster } = release.facts.cluster;
    return { ...release, facts: { ...release.facts, cluster } };
  });
  expect(produced("prod", unread).size).toBe(0);
});
