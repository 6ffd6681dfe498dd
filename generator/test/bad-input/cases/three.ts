/** Three mistakes at once: all are told, and nothing else. */
import { blocky, certManager, dev, devSonarr, home, immich, postgres, prod, prowlarr, recyclarr, sonarr, tiers, vector } from "../change.ts";
import type { Cases } from "../change.ts";

export const three: Cases = {
  "in-one-file-of-the-model": [
    { in: sonarr, replace: "image:", by: "imgae:" },
    { in: sonarr, replace: 'size: "small"', by: 'size: "smal"' },
    { in: sonarr, replace: "http: 8989", by: 'http: "8989"' },
  ],
  "in-one-file-of-references": [
    { in: sonarr, replace: 'to: "http"', by: 'to: "web"' },
    { in: sonarr, replace: 'share("media"', by: 'share("movies"' },
    { in: sonarr, replace: 'from("postgres", "host")', by: 'from("postgres", "hots")' },
  ],
  "one-in-each-of-three-services": [
    { in: sonarr, replace: 'size: "5Gi"', by: 'size: "5gb"' },
    { in: prowlarr, replace: 'every: "15s"', by: 'every: "15 seconds"' },
    { in: vector, replace: 'port: "api" }', by: 'port: "app" }' },
  ],
  "a-broken-file-hides-no-other": [
    { in: postgres, replace: "instances: 2 }),", by: "instances: 2 })" },
    { in: prowlarr, replace: 'from("sonarr", "api-key")', by: 'from("sonarr", "apikey")' },
    { in: recyclarr, replace: 'needs: ["sonarr"]', by: 'needs: ["sonar"]' },
  ],
  "in-tiers-cluster-and-environment": [
    { in: tiers, replace: 'layer: "controllers"', by: 'layer: "controller"' },
    { in: home, replace: '"10.244.0.0/16"', by: '"10.244.0.0"' },
    { in: dev, replace: "requests: 0.25", by: "requests: 2" },
  ],
  "in-service-overlay-and-environment": [
    { in: immich, replace: 'class: "bulk"', by: 'class: "bulky"' },
    { in: devSonarr, replace: '"storage.media"', by: '"storage.medai"' },
    { in: prod, replace: '"vector"]', by: '"vector", "vecto"]' },
  ],
  "between-services": [
    { in: prowlarr, replace: 'host: "prowlarr"', by: 'host: "sonarr"' },
    { in: recyclarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "web" }' },
    { in: postgres, replace: "  size:", by: '  needs: ["sonarr"],\n  size:' },
  ],
  "in-one-volume-and-beside-it": [
    { in: immich, replace: 'models: cache({ size: "10Gi" })', by: 'models: cache({ at: "/models", size: "10Gi" })' },
    { in: immich, replace: 'mounts: { library: "/data" }', by: 'mounts: { libary: "/data" }' },
    { in: immich, replace: 'health: { http: "/ping", port: "ml" }', by: 'health: { http: "/ping", port: "http" }' },
  ],
  "what-does-not-fit-together": [
    { in: immich, replace: 'resources: { cpu: "500m"', by: 'size: "large",\n      resources: { cpu: "500m"' },
    { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  update: "rolling",' },
    { in: vector, replace: "metrics: 9090 }", by: "metrics: 8686 }" },
  ],
  "values-of-one-file-that-are-no-data": [
    { in: prowlarr, replace: 'secret("api-key"), SONARR_KEY', by: 'secret("api-key"), BUILT: new Date(0), NAME: () => "prowlarr", SONARR_KEY' },
    { in: prowlarr, replace: 'internet: ["https"]', by: 'internet: ["https", Symbol("dns")]' },
  ],
  "an-edge-and-what-reads-by-it": [
    { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: { login: "prowlarr" } }' },
    { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api_key"), SONARR_URL: from("sonarr", "address")' },
  ],
  "three-kinds-of-files-that-do-not-load": [
    { in: blocky, replace: "replicas: 2", by: "replicas: two" },
    { in: certManager, replace: "clusterIssuer({ selfSigned: true })", by: "clusterIssuer" },
    { in: devSonarr, replace: "export default", by: "export const sonarr =" },
  ],
};
