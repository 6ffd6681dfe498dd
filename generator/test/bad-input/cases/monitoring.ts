/** Exporters that cannot ask, metrics that cannot be read as it is said, and what nobody watches. */
import { home, immich, postgres, recyclarr, sonarr } from "../change.ts";
import type { Cases } from "../change.ts";

const health = '  health: { http: "/ping" },\n';
const key = 'metrics: { exporter: "exportarr", key: secret("api-key") }';

export const monitoring: Cases = {
  "exporter-without-its-key": { in: sonarr, replace: health, by: `${health}  metrics: { exporter: "exportarr" },\n` },
  "exporter-of-an-unknown-program": [
    { in: sonarr, replace: "ghcr.io/home-operations/sonarr:", by: "ghcr.io/home-operations/sonar:" },
    { in: sonarr, replace: health, by: `${health}  ${key},\n` },
  ],
  "exporter-that-finds-no-port": { in: immich, replace: 'metrics: { port: "metrics" }', by: 'metrics: { exporter: "valkey" }' },
  "exporter-on-a-port-of-the-component": [
    { in: sonarr, replace: "ports: { http: 8989 }", by: "ports: { http: 8989, debug: 9707 }" },
    { in: sonarr, replace: health, by: `  health: { http: "/ping" },\n  ${key},\n` },
  ],
  "exporter-of-a-database-cluster": { in: postgres, replace: 'metrics: { port: "metrics" }', by: 'metrics: { exporter: "postgres", user: "app" }' },
  "exporter-of-a-job": { in: recyclarr, replace: "  files:", by: '  metrics: { exporter: "exportarr" },\n  files:' },
  "exporter-misspelt": { in: sonarr, replace: health, by: `${health}  metrics: { exporter: "exportar" },\n` },
  "metrics-read-too-seldom": { in: immich, replace: 'metrics: { port: "metrics" }', by: 'metrics: { port: "metrics", every: "2m1s" }' },
  "metrics-over-tls-without-a-name": { in: immich, replace: 'metrics: { port: "metrics" }', by: 'metrics: { port: "metrics", https: true }' },
  "metrics-over-tls-unverified-without-reason": { in: immich, replace: 'metrics: { port: "metrics" }', by: 'metrics: { port: "metrics", https: "unverified" }' },
  "metrics-of-a-wildcard": { in: immich, replace: 'metrics: { port: "metrics" }', by: 'metrics: { port: "metrics", https: { host: "*.example.com" } }' },
  "cluster-without-a-prober": { in: home, replace: '  prober: { namespace: "observability-blackbox-exporter", podLabels: { app: "prober" }, service: "blackbox-exporter", port: 9115 },\n', by: "" },
  "cluster-without-a-scraper": { in: home, replace: '  scraper: { namespace: "observability-prometheus", podLabels: { "app.kubernetes.io/name": "prometheus" } },\n', by: "" },
  "exporter-named-as-a-sidecar": [
    { in: sonarr, replace: health, by: `${health}  ${key},\n  sidecars: { exporter: { image: "docker.io/library/busybox:1.37.0", health: { exec: ["true"] } } },\n` },
  ],
};
