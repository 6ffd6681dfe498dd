/** A service that has every kind of alert about it. */
import { baseFile } from "../../../support/repository.ts";

const cluster = "environments/clusters/home.ts";
const base = baseFile(cluster);

export const everything: Readonly<Record<string, string | undefined>> = {
  [cluster]: base
    .replace(
      "  shares:",
      '  backup: { snapshots: { "driver.example.com": { of: ["standard"] } }, locations: { main: { speed: "500Mi" } }, rebuild: "5m" },\n  shares:',
    )
    .replace(
      "  scraper:",
      '  prober: { namespace: "observability-blackbox-exporter", podLabels: { "app.kubernetes.io/name": "blackbox-exporter" }, service: "blackbox-exporter", port: 9115 },\n  scraper:',
    ),
  "environments/prod/environment.ts": `import { because, defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  domain: "example.com",
  revision: "refs/heads/prod",
  services: ["argo-cd", "cert-manager", "everything", "external-secrets", "restore-drill", "vector", "velero"],
  secrets: { backend: "infisical", project: "home", environment: "prod" },
  backup: { offsite: because(false, "a test keeps nothing") },
});
`,
  "environments/dev": undefined,
  ...Object.fromEntries(
    ["blocky", "immich", "postgres", "prowlarr", "recyclarr", "sonarr"].map(
      (name) => [`charts/services/${name}`, undefined] as const,
    ),
  ),
  "charts/services/vector/values.ts": `import { daemonSet, defineService } from "#rzp";

export default defineService({
  tier: "observability",
  about: "Carries logs",
  image: "docker.io/timberio/vector:0.57.0-distroless-libc",
  runs: daemonSet(),
  ports: { metrics: 9090 },
  health: { tcp: true },
  metrics: { port: "metrics" },
});
`,
  ...Object.fromEntries(
    ["argo-cd", "external-secrets"].map(
      (name) =>
        [
          `charts/services/${name}/values.ts`,
          `import { defineChart } from "#rzp";

export default defineChart({
  tier: "platform",
  about: "Tells of what it does",
  chart: { from: "oci://registry.example.com/charts/${name}", version: "1.0.0" },
  components: { controller: { pods: { app: "${name}" }, ports: { metrics: 8080 }, metrics: { port: "metrics" } } },
});
`,
        ] as const,
    ),
  ),
  "charts/services/velero/values.ts": `import { customObject, defineChart } from "#rzp";

export default defineChart({
  tier: "platform",
  about: "Makes backups of namespaces and their volumes",
  chart: { from: "https://vmware-tanzu.github.io/helm-charts/velero", version: "12.1.0" },
  components: { server: { pods: { name: "velero" }, ports: { metrics: 8085 }, metrics: { port: "metrics" } } },
  objects: { main: customObject({ apiVersion: "velero.io/v1", kind: "BackupStorageLocation", spec: { provider: "aws", objectStorage: { bucket: "velero" } } }) },
});
`,
  "charts/services/restore-drill/values.ts": `import { defineService, restorePlan, schedule } from "#rzp";

export default defineService({
  tier: "apps",
  about: "Restores backups for trial and looks at the data",
  image: "docker.io/library/node:26.10.0-slim",
  runs: schedule("0 3 1 * *", { endsWithin: "23h" }),
  account: {},
  files: { "/app/drill.mjs": "program", "/app/plan.json": restorePlan() },
});
`,
  "charts/services/everything/values.ts": `import { customObject, defineComposedService, schedule, secret, state } from "#rzp";

export default defineComposedService({
  tier: "media",
  about: "Has every kind of alert about it",
  components: {
    main: {
      image: "ghcr.io/example/app:1.2.3",
      env: { TOKEN: secret("token") },
      resources: { cpu: "100m", memory: "64Mi", cpuLimit: "1" },
      ports: { http: 8080 },
      health: { http: "/" },
      mounts: { data: { mountPath: "/data" } },
    },
    nightly: {
      image: "ghcr.io/example/app:1.2.3",
      runs: schedule("0 4 * * *", { endsWithin: "1h" }),
    },
  },
  storage: { data: state({ size: "1Gi", restored: { files: { atLeast: 1 } } }) },
  quota: { pods: 20 },
  secrets: { token: { about: "Token of something" } },
  objects: {
    wildcard: customObject({
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      spec: { secretName: "wildcard", dnsNames: ["example.com"], issuerRef: { name: "letsencrypt" } },
    }),
  },
});
`,
};
