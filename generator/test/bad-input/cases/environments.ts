/** Environments, clusters and overlays. */
import { dev, devSonarr, home, prod, prowlarr, sonarr, tiers } from "../change.ts";
import type { Cases } from "../change.ts";
import { butOf, rack } from "./machines.ts";

const overlayOf = (service: string, spec: string) => `import { overlay } from "#rzp";

export default overlay("${service}", ${spec});
`;
const test = (more: string) => `import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  prefix: "test",
  domain: "test.example.com",
  revision: "refs/heads/test",
  secrets: { backend: "fake" },
${more}
});
`;

export const environments: Cases = {
  "unknown-service-in-environment": { in: dev, replace: '"postgres", ', by: '"postgres", "prowlar", ' },
  "unknown-cluster": { in: dev, replace: 'cluster: "home"', by: 'cluster: "hom"' },
  "extends-unknown-environment": { in: "environments/test/environment.ts", text: test('  extends: "deev",') },
  "extends-unknown-environment-without-some-of-its-services": [
    { in: "environments/test/environment.ts", text: test('  extends: "deev",\n  without: ["prowlarr"],') },
    { in: "environments/test/sonarr.ts", text: overlayOf("sonarr", '{ size: "small" }') },
  ],
  "extends-itself-without-some-of-its-services": { in: "environments/test/environment.ts", text: test('  extends: "test",\n  without: ["prowlarr"],') },
  "extends-itself": { in: "environments/test/environment.ts", text: test('  extends: "test",') },
  "extends-in-a-circle": [
    { in: "environments/test/environment.ts", text: test('  extends: "dev",') },
    { in: dev, replace: '  prefix: "dev",', by: '  prefix: "dev",\n  extends: "test",' },
  ],
  "without-unknown-service": { in: "environments/test/environment.ts", text: test('  extends: "dev",\n  without: ["sonar"],') },
  "without-service-that-does-not-run-anyway": { in: "environments/test/environment.ts", text: test('  extends: "dev",\n  without: ["vector"],') },
  "misspelt-service-of-no-other-environment": { in: prod, replace: '"vector"', by: '"vectr"' },
  "misspelt-service-that-others-consume": { in: dev, replace: '"prowlarr"', by: '"prowlar"' },
  "extends-an-environment-with-a-mistake": [
    { in: "environments/test/environment.ts", text: test('  extends: "dev",\n  without: ["prowlarr"],') },
    { in: "environments/test/sonarr.ts", text: overlayOf("sonarr", '{ size: "small" }') },
    { in: dev, replace: "requests: 0.25", by: "requests: 2" },
  ],
  "service-listed-and-left-out": { in: dev, replace: '  requests:', by: '  without: ["prowlarr"],\n  requests:' },
  "service-listed-twice": { in: dev, replace: '"postgres", ', by: '"postgres", "postgres", ' },
  "shared-cluster-without-prefix": { in: dev, replace: '  prefix: "dev",\n', by: "" },
  "two-environments-with-one-prefix": { in: "environments/test/environment.ts", text: test('  services: ["postgres"],').replace('"test",\n  domain', '"dev",\n  domain') },
  "prefix-is-a-tier": { in: dev, replace: 'prefix: "dev"', by: 'prefix: "media"' },
  "unknown-carrier": { in: home, replace: 'carrier: "prod"', by: 'carrier: "production"' },
  "unknown-carrier-where-nothing-runs": [
    { in: "environments/clusters/rack.ts", text: rack.replace('carrier: "rack"', 'carrier: "attic"') },
  ],
  "carrier-on-another-cluster": { in: "environments/clusters/rack.ts", text: rack.replace('carrier: "rack"', 'carrier: "prod"') },
  "carrier-that-is-not-the-one-on-the-cluster": butOf(rack)(['carrier: "rack"', 'carrier: "prod"']),
  "service-in-no-environment": { in: prod, replace: '"vector"', by: "" },
  "no-standard-storage-class": { in: home, replace: 'standard: "longhorn", ', by: "" },
  "tier-with-a-reserved-name": { in: tiers, replace: "  apps:", by: "  environment:" },
  "tier-whose-namespaces-would-be-those-of-kubernetes": { in: tiers, replace: "  apps:", by: "  kube:" },
  "prefix-whose-namespaces-would-be-those-of-kubernetes": { in: dev, replace: 'prefix: "dev"', by: 'prefix: "kube"' },
  "environment-whose-project-is-the-one-of-argocd": { in: "environments/default/environment.ts", text: test('  services: ["postgres"],') },
  "environment-whose-project-is-that-of-a-tier": { in: "environments/prod-data/environment.ts", text: test('  services: ["postgres"],') },
  "no-tiers": { in: tiers, text: 'import { defineTiers } from "#rzp";\n\nexport default defineTiers({});\n' },
  "telemetry-of-unknown-tier": { in: dev, replace: "  requests:", by: "  telemetry: { tiers: { medai: 14 } },\n  requests:" },
  "telemetry-shorter-than-the-store-keeps": { in: dev, replace: "  requests:", by: "  telemetry: { logs: 2 },\n  requests:" },
  "telemetry-outage-longer-than-logs-are-kept": { in: dev, replace: "  requests:", by: '  telemetry: { tiers: { media: 3 }, outage: "80h" },\n  requests:' },
  // --- overlays
  "overlay-for-unknown-service": { in: "environments/dev/sonar.ts", text: overlayOf("sonar", "{ replicas: 1 }") },
  "overlay-for-service-not-enabled": { in: "environments/dev/recyclarr.ts", text: overlayOf("recyclarr", '{ size: "tiny" }') },
  "overlay-of-another-service": { in: devSonarr, replace: 'overlay("sonarr"', by: 'overlay("prowlarr"' },
  "overlay-with-null-for-a-variable": { in: devSonarr, replace: '"debug"', by: "null" },
  "overlay-with-null-for-a-route": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  routes: { web: null },' },
  "overlay-with-null-in-a-list": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  args: [null],' },
  "overlay-with-null-for-the-tier": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  tier: null,' },
  "overlay-beyond-replicas": [
    { in: prod, replace: "  secrets:", by: "  replicas: 1,\n  secrets:" },
    { in: "environments/prod/blocky.ts", text: overlayOf("blocky", "{ replicas: 3 }") },
  ],
  "overlay-that-scales-beyond-replicas": [
    { in: prod, replace: "  secrets:", by: "  replicas: 2,\n  secrets:" },
    { in: "environments/prod/immich.ts", text: overlayOf("immich", '{ components: { learning: { scale: { min: 1, max: 3, cpu: 80 } } }, remove: ["components.learning.mounts", "storage.models"] }') },
  ],
  "overlay-with-instances-beyond-replicas": { in: "environments/dev/postgres.ts", text: overlayOf("postgres", '{ runs: { instances: 2 } }') },
  "overlay-changes-tier": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  tier: "network",' },
  "overlay-changes-ports": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  ports: { http: 80 },' },
  "overlay-changes-ports-of-component": { in: "environments/prod/immich.ts", text: overlayOf("immich", "{ components: { server: { ports: { http: 80 } } } }") },
  "overlay-changes-kind-of-route": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  routes: { web: { kind: "grpc" } },' },
  "overlay-repeats-identity": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  about: "Finds, downloads and renames television series",' },
  "overlay-with-workload-of-no-kind": { in: "environments/prod/recyclarr.ts", text: overlayOf("recyclarr", '{ runs: { kind: "schedule" } }') },
  "revision-that-git-refuses": { in: prod, replace: '"refs/heads/prod"', by: '"prod branch"' },
  "revision-of-two-commits": { in: prod, replace: '"refs/heads/prod"', by: '"main..prod"' },
  "overlay-changes-kind-of-volume": { in: devSonarr, replace: "config: { size: \"1Gi\" }", by: 'config: { holds: "cache", size: "1Gi" }' },
  "overlay-with-a-mistake-keeps-two-hosts-apart": [
    { in: sonarr, replace: 'host: "sonarr"', by: 'host: "prowlarr"' },
    { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  routes: { web: { host: "sonarr" } },' },
    { in: "environments/prod/sonarr.ts", text: overlayOf("sonarr", '{ size: "tini", routes: { web: { host: "sonarr" } } }') },
  ],
  "overlay-of-misspelt-volume": { in: devSonarr, replace: 'config: { size: "1Gi" }', by: 'confg: { size: "1Gi" }' },
  "overlay-of-misspelt-route": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  routes: { wbe: { host: "series" } },' },
  "overlay-removes-an-edge-that-variables-read": { in: devSonarr, replace: '"storage.media"', by: '"storage.media", "consumes.postgres"' },
  "overlay-consumes-without-the-login": [
    { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  consumes: { postgres: "postgres" },' },
    { in: devSonarr, replace: '"storage.media"', by: '"storage.media", "env.SONARR__POSTGRES__HOST"' },
  ],
  "overlay-removes-an-edge-that-an-object-reads": [
    { in: prowlarr, replace: "import { defineService,", by: "import { customObject, defineService," },
    { in: prowlarr, replace: "  reaches:", by: '  objects: { store: customObject({ apiVersion: "velero.io/v1", kind: "BackupStorageLocation", spec: { at: from("sonarr", "url") } }) },\n  reaches:' },
    { in: "environments/dev/prowlarr.ts", text: overlayOf("prowlarr", '{ remove: ["consumes.sonarr", "env.SONARR_KEY"] }') },
  ],
  "overlay-removes-a-volume-that-is-mounted": { in: "environments/prod/immich.ts", text: overlayOf("immich", '{ remove: ["storage.models"] }') },
  "overlay-removes-a-route-whose-host-is-read": [
    { in: sonarr, replace: "import {", by: "import { routeHost," },
    { in: sonarr, replace: "env: {", by: 'env: { HOST: routeHost("web"),' },
    { in: devSonarr, replace: '"storage.media"', by: '"storage.media", "routes.web"' },
  ],
  "overlay-removes-health": { in: devSonarr, replace: '"storage.media"', by: '"storage.media", "health"' },
  "overlay-with-resources-over-a-size": { in: devSonarr, replace: 'size: "tiny",', by: 'resources: { cpu: "10m", memory: "64Mi" },' },
  "overlay-with-a-size-over-resources": { in: "environments/prod/immich.ts", text: overlayOf("immich", '{ components: { learning: { size: "small" } } }') },
  "overlay-with-scale-over-replicas": { in: "environments/prod/blocky.ts", text: overlayOf("blocky", '{ scale: { min: 2, max: 4, cpu: 80 } }') },
  "overlay-removes-nothing": { in: devSonarr, replace: '"storage.media"', by: '"storage.medai"' },
  "overlay-removes-below-nothing": { in: devSonarr, replace: '"storage.media"', by: '"storage.medai.at"' },
  "overlay-removes-a-field-that-is-not-there": { in: devSonarr, replace: '"storage.media"', by: '"replicas"' },
  "overlay-for-misspelt-service": [{ in: "environments/dev/sonar.ts", text: overlayOf("sonar", "{ replicas: 1 }") }, { in: devSonarr, removed: true }],
  "overlay-removes-what-is-required": { in: devSonarr, replace: '"storage.media"', by: '"image"' },
  "overlay-removes-identity": { in: devSonarr, replace: '"storage.media"', by: '"offers.api-key"' },
  "overlay-adds-unfinished-volume": { in: devSonarr, replace: 'config: { size: "1Gi" }', by: 'config: { size: "1Gi" }, extra: { at: "/extra" }' },
  "overlay-sizes-a-composed-service": { in: "environments/prod/immich.ts", text: overlayOf("immich", '{ size: "small" }') },
  "overlay-adds-unfinished-component": { in: "environments/prod/immich.ts", text: overlayOf("immich", '{ components: { sever: { size: "small" } } }') },
  "overlay-breaks-a-rule": { in: devSonarr, replace: 'size: "tiny",', by: 'size: "tiny",\n  health: { tcp: true },' },
  "overlay-is-a-service": { in: devSonarr, text: `import { defineService } from "#rzp";

export default defineService({ tier: "media", about: "Finds television series", image: "ghcr.io/home-operations/sonarr:4.0.19.3001" });
` },
  "stray-file-in-environment": { in: "environments/dev/notes.ts", text: "export const later = true;\n" },
  "environment-of-an-unfinished-service": { in: prod, replace: '"vector"', by: '"vector", "mine"' },
  "folder-with-bad-service-name": [
    { in: "charts/services/My_Sonarr/values.ts", text: 'import { defineService } from "#rzp";\n\nexport default defineService({\n  tier: "media",\n  about: "Finds television series, again",\n  image: "ghcr.io/home-operations/sonarr:4.0.19.3001",\n  health: { exec: ["true"] },\n});\n' },
  ],
  "overlay-removes-edge-that-is-not-there": { in: "environments/prod/recyclarr.ts", text: overlayOf("recyclarr", '{ remove: ["consumes.radarr"] }') },
  "overlay-needs-unknown-service": [{ in: "environments/prod/recyclarr.ts", text: overlayOf("recyclarr", '{ needs: ["radarr"] }') }],
  "one-mistake-in-two-environments": { in: sonarr, replace: 'prowlarr: "http"', by: 'prowlarr: "htp"' },
  "overlay-changes-kind-of-workload": { in: "environments/prod/recyclarr.ts", text: overlayOf("recyclarr", '{ runs: { as: "deployment" } }') },
};
