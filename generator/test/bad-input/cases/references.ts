/** Names that lead nowhere: of ports, volumes, files, services and of what the cluster has. */
import { blocky, cabin, certManager, dev, devSonarr, home, immich, postgres, prod, prowlarr, recyclarr, sonarr, tiers, vector } from "../change.ts";
import type { Cases, Change } from "../change.ts";

/** A gateway in the namespace the cluster names. */
const gateway: Change = {
  in: "charts/services/envoy-gateway/values.ts",
  text: `import { defineChart } from "#rzp";

export default defineChart({
  tier: "network",
  about: "Ways in by name",
  chart: { from: "oci://docker.io/envoyproxy/gateway-helm", version: "1.9.0" },
  components: { proxy: { pods: { app: "proxy" }, ports: { http: 10080, https: 10443 }, gatewayPorts: ["http", "https"] } },
});
`,
};

/** In values of a chart. */
const chartReads = (call: string) => [
  { in: certManager, replace: "import { clusterIssuer,", by: `import { clusterIssuer, ${call.slice(0, call.indexOf("("))},` },
  { in: certManager, replace: "crds: { enabled: true }", by: `crds: { enabled: true }, own: ${call}` },
];
/** In an object. */
const objectReads = (call: string, imports = "") => [
  { in: prowlarr, replace: "import { defineService,", by: `import { customObject, defineService,${imports}` },
  { in: prowlarr, replace: "  reaches:", by: `  objects: { store: customObject({ apiVersion: "velero.io/v1", kind: "BackupStorageLocation", spec: { of: [${call}] } }) },\n  reaches:` },
];

const asksImmich = (read: string): Change[] => [
  { in: blocky, replace: "import { defineService", by: "import { defineService, from" },
  { in: blocky, replace: "replicas: 2,", by: `replicas: 2,\n  consumes: { immich: "server/http" },\n  env: { PHOTOS: ${read} },` },
];

export const references: Cases = {
  "variable-inside-a-text-misspelt": { in: sonarr, replace: 'SONARR__LOG__LEVEL: "info"', by: 'LOG_LEVEL: "info",\n    SONARR__LOG__LEVEL: "$(LOG_LEVLE)"' },
  "variable-that-names-itself": { in: sonarr, replace: 'SONARR__LOG__LEVEL: "info"', by: 'PATH: "/opt:$(PATH)"' },
  "variables-in-a-circle": { in: sonarr, replace: 'SONARR__LOG__LEVEL: "info"', by: 'FOLDER: "$(NAME)/data",\n    NAME: "of $(FOLDER)"' },
  "variable-without-a-shell": { in: sonarr, replace: 'health: { http: "/ping" }', by: 'health: { exec: ["curl", "--fail", "http://$HOSTNAME:8989/ping"] }' },
  "variable-in-braces": { in: sonarr, replace: 'SONARR__LOG__LEVEL: "info"', by: 'LOG_LEVEL: "info",\n    SONARR__LOG__LEVEL: "${LOG_LEVEL}"' },
  "login-of-the-superuser": { in: sonarr, replace: 'login: "sonarr"', by: 'login: "postgres"' },
  "login-that-begins-as-the-operators": { in: sonarr, replace: 'login: "sonarr"', by: 'login: "cnpg_sonarr"' },
  "login-with-the-name-of-a-template": { in: sonarr, replace: 'login: "sonarr"', by: 'login: "template1"' },
  "login-that-owns-the-first-database": { in: sonarr, replace: 'login: "sonarr"', by: 'login: "app"' },
  "login-of-a-service-that-is-called-so": [
    { in: "charts/services/app/values.ts", text: 'import { defineService } from "#rzp";\n\nexport default defineService({\n  tier: "media",\n  about: "Asks a database",\n  image: "ghcr.io/example/app:1.2.3",\n  ports: { http: 8080 },\n  health: { http: "/" },\n  consumes: { postgres: { login: "app" } },\n});\n' },
    { in: dev, replace: '"prowlarr", "sonarr"', by: '"prowlarr", "sonarr", "app"' },
  ],
  "argument-with-unknown-variable": { in: recyclarr, replace: '["sync"]', by: '["sync", "--app-data=$(FOLDER)"]' },
  // --- files RZP writes
  "log-pipeline-to-what-is-not-consumed": [
    { in: vector, replace: "hostPath, pod }", by: "hostPath, logPipeline, pod, secret }" },
    { in: vector, replace: 'files: { "/etc/vector/vector.yaml": file("config/vector.yaml") }', by: 'files: {\n    "/etc/vector/vector.yaml": file("config/vector.yaml"),\n    "/etc/vector/password": secret("password"),\n    "/etc/vector/vector.json": logPipeline({ store: "sonarr", user: "admin@example.com", password: "/etc/vector/password", data: "/tmp" }),\n  }' },
  ],
  "log-pipeline-without-its-password": [
    { in: vector, replace: "hostPath, pod }", by: "hostPath, logPipeline, pod, secret }" },
    { in: vector, replace: "  reaches:", by: '  consumes: { sonarr: "http" },\n  reaches:' },
    { in: vector, replace: 'files: { "/etc/vector/vector.yaml": file("config/vector.yaml") }', by: 'files: {\n    "/etc/vector/vector.yaml": file("config/vector.yaml"),\n    "/etc/vector/password": secret("password"),\n    "/etc/vector/vector.json": logPipeline({ store: "sonarr", user: "admin@example.com", password: "/etc/vector/pasword", data: "/tmp" }),\n  }' },
  ],
  // --- other services
  "consumes-unknown-service": { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", flaresolver: "http" }' },
  "consumes-misspelt-service": { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", postgress: "postgres" }' },
  "consumes-of-a-component-service-not-enabled-here": [
    { in: immich, replace: "consumes: { postgres:", by: 'consumes: { vector: "api", postgres:' },
    { in: dev, replace: '"postgres", ', by: '"immich", "postgres", ' },
  ],
  "consumes-of-all-components-misspelt-service": { in: immich, replace: "  routes:", by: '  consumes: { postgress: "postgres" },\n  routes:' },
  "consumes-of-all-components-service-not-enabled-here": [
    { in: immich, replace: "  routes:", by: '  consumes: { vector: "api" },\n  routes:' },
    { in: dev, replace: '"postgres", ', by: '"immich", "postgres", ' },
  ],
  "consumes-unknown-port": { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "web" }' },
  "consumes-unknown-port-of-chart": { in: recyclarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", "cert-manager": "admission" }' },
  "consumes-port-of-chart-by-another-component": { in: recyclarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", "cert-manager": "admission/https" }' },
  "metrics-at-another-port-than-the-only-one": { in: sonarr, replace: "  health:", by: '  metrics: { port: "metrcs" },\n  health:' },
  "consumes-unknown-port-in-list": { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: ["http", "metrics"] }' },
  "consumes-port-of-composed-without-component": { in: recyclarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", immich: "http" }' },
  "consumes-service-not-enabled-here": { in: dev, replace: '"prowlarr", ', by: "" },
  "consumes-service-that-another-environment-carries": [
    { in: tiers, replace: 'about: "Ways in and names",', by: 'about: "Ways in and names", once: true,' },
    { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", blocky: "http" }' },
    { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), DNS: from("blocky", "http-url")' },
  ],
  "overlay-consumes-service-that-another-environment-carries": [
    { in: tiers, replace: 'about: "Ways in and names",', by: 'about: "Ways in and names", once: true,' },
    { in: "environments/dev/prowlarr.ts", text: `import { from, overlay } from "#rzp";\n\nexport default overlay("prowlarr", {\n  consumes: { blocky: "http" },\n  env: { DNS: from("blocky", "http-url") },\n});\n` },
  ],
  "consumes-service-not-enabled-in-two-environments": [
    { in: dev, replace: '"prowlarr", ', by: "" },
    { in: "environments/test/environment.ts", text: `import { defineEnvironment } from "#rzp";\n\nexport default defineEnvironment({ cluster: "home", prefix: "test", domain: "test.example.com", revision: "main", secrets: { backend: "fake" }, extends: "dev" });\n` },
  ],
  "consumes-service-that-variables-read-not-enabled-here": [
    { in: sonarr, replace: ', prowlarr: "http" }', by: " }" },
    { in: dev, replace: '"prowlarr", "sonarr"', by: '"prowlarr"' },
    { in: devSonarr, removed: true },
  ],
  "consumes-service-left-out-here": { in: "environments/test/environment.ts", text: `import { defineEnvironment } from "#rzp";\n\nexport default defineEnvironment({ cluster: "home", prefix: "test", domain: "test.example.com", revision: "main", secrets: { backend: "fake" }, extends: "dev", without: ["prowlarr"] });\n` },
  "login-of-no-database": [
    { in: prowlarr, replace: 'offers: { "api-key": secret("api-key") }', by: 'offers: { "api-key": secret("api-key"), login: { port: "http", gives: ["user", "password"] } }' },
    { in: sonarr, replace: 'prowlarr: "http"', by: 'prowlarr: { login: "app" }' },
    { in: sonarr, replace: 'SONARR__LOG__LEVEL: "info"', by: 'PROWLARR_PASSWORD: from("prowlarr", "password")' },
  ],
  "login-of-no-database-of-a-chart": { in: certManager, replace: "  objects:", by: '  offers: { login: { port: "webhook/https", gives: ["password"] } },\n  objects:' },
  "login-nobody-offers-of-a-database": [
    { in: postgres, replace: 'offers: { login: { port: "postgres", gives: ["host", "port", "database", "user", "password", "url"] } },', by: "" },
    { in: immich, replace: 'consumes: { postgres: { login: "immich" }, "./learning": "ml" }', by: 'consumes: { "./learning": "ml" }' },
    { in: immich, replace: 'DB_URL: from("postgres", "url"),', by: "" },
  ],
  "login-nobody-offers": { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: { login: "prowlarr" } }' },
  "login-to-a-peer": { in: immich, replace: '"./learning": "ml"', by: '"./learning": { login: "immich" }' },
  "consumes-itself-as-a-component": { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", "./main": "http" }' },
  "consumes-another-service-as-a-component": { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", "./postgres": "postgres" }' },
  "consumes-a-component-where-there-is-one": { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", "./worker": "http" }' },
  "from-itself-as-a-component": { in: prowlarr, replace: 'secret("api-key"), SONARR_KEY', by: 'secret("api-key"), OWN_URL: from("./main", "url"), SONARR_KEY' },
  "from-itself-as-a-component-that-consumes-itself": [
    { in: prowlarr, replace: 'secret("api-key"), SONARR_KEY', by: 'secret("api-key"), OWN_URL: from("./main", "url"), SONARR_KEY' },
    { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", prowlarr: "http" }' },
  ],
  "consumes-unknown-peer": { in: immich, replace: '"./learning": "ml"', by: '"./learnin": "ml"' },
  "consumes-unknown-port-of-peer": { in: immich, replace: '"./learning": "ml"', by: '"./learning": "http"' },
  "consumes-unknown-port-in-a-list-of-peer": { in: immich, replace: '"./learning": "ml"', by: '"./learning": ["ml", "http"]' },
  "from-without-consumes": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), DATABASE: from("postgres", "host")' },
  "consumes-misspelt-what-from-reads": { in: immich, replace: 'consumes: { postgres:', by: 'consumes: { postgrs:' },
  "from-misspelt-service": { in: sonarr, replace: 'from("postgres", "host")', by: 'from("postgress", "host")' },
  "from-another-service-of-a-like-name": [
    { in: "charts/services/postgres-vector/values.ts", text: `import { defineService, secret } from "#rzp";\n\nexport default defineService({\n  tier: "media",\n  about: "Vectors beside the databases",\n  image: "ghcr.io/example/vectors:1.0.0",\n  ports: { http: 8080 },\n  health: { http: "/" },\n  offers: { "api-key": secret("api-key") },\n});\n` },
    { in: prod, replace: "services: [", by: 'services: ["postgres-vector", ' },
    { in: dev, replace: "services: [", by: 'services: ["postgres-vector", ' },
    { in: prowlarr, replace: 'from("sonarr", "api-key")', by: 'from("postgres", "url")' },
    { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { "postgres-vector": "http" }' },
  ],
  "from-misspelt-service-of-all-components": [
    { in: immich, replace: '  routes:', by: '  env: { DATABASE_HOST: from("postgress", "host") },\n  consumes: { postgres: { login: "immich" } },\n  routes:' },
    { in: immich, replace: 'consumes: { postgres: { login: "immich" }, "./learning": "ml" }', by: 'consumes: { "./learning": "ml" }' },
  ],
  "from-misspelt-service-that-is-not-consumed": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), DATABASE: from("postgress", "host")' },
  "from-unknown-service": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), CATALOGUE: from("flaresolver", "url")' },
  "from-itself": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), OWN_URL: from("prowlarr", "url")' },
  "from-itself-a-secret": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), OWN_KEY: from("prowlarr", "api-key")' },
  "from-itself-of-several-components": { in: immich, replace: "ports: { ml: 3003 },", by: 'ports: { ml: 3003 },\n      env: { PHOTOS: from("immich", "url") },' },
  "from-peer-of-a-like-name-without-consumes": [
    { in: immich, replace: 'from("./learning", "url")', by: 'from("./learning2", "url")' },
    { in: immich, replace: "    learning: {", by: '    learning2: { image: "ghcr.io/example/learning:1.0.0", ports: { http: 8080 }, health: { http: "/" } },\n    learning: {' },
  ],
  "secrets-of-a-misspelt-key-beside-the-right-one": { in: sonarr, replace: "  offers:", by: '  secrets: { "api-key": { generate: "hex" }, "apii-key": { generate: "hex" } },\n  offers:' },
  "secrets-of-a-key-that-is-nearly-read": { in: sonarr, replace: "  offers:", by: '  secrets: { "ap-ikey": { generate: "hex" } },\n  offers:' },
  "secrets-of-a-key-nothing-is-near": { in: sonarr, replace: "  offers:", by: '  secrets: { licence: { generate: "hex" } },\n  offers:' },
  "secrets-of-a-key-no-overlay-reads": {
    in: "environments/prod/sonarr.ts",
    text: `import { overlay } from "#rzp";\n\nexport default overlay("sonarr", {\n  secrets: { offsite: { about: "Key of another house" } },\n});\n`,
  },
  "secrets-of-a-key-nobody-reads": { in: sonarr, replace: "  offers:", by: '  secrets: { apikey: { generate: "hex" } },\n  offers:' },
  "from-password-of-a-service-without-login": { in: prowlarr, replace: 'from("sonarr", "api-key")', by: 'from("sonarr", "password")' },
  "from-unknown-offer": { in: prowlarr, replace: 'from("sonarr", "api-key")', by: 'from("sonarr", "apikey")' },
  "from-a-key-without-its-component": asksImmich('from("immich", "http-url")'),
  "from-a-key-without-component-and-port": asksImmich('from("immich", "url")'),
  "from-a-short-key-where-another-port-is-consumed": [
    ...asksImmich('from("immich", "url")').slice(0, 1),
    { in: blocky, replace: "replicas: 2,", by: 'replicas: 2,\n  consumes: { immich: "server/metrics" },\n  env: { PHOTOS: from("immich", "url") },' },
  ],
  "from-short-key-of-a-peer-whose-last-port-is-consumed": [
    { in: immich, replace: "ports: { ml: 3003 }", by: "ports: { admin: 3004, ml: 3003 }" },
  ],
  "from-unknown-key-of-peer": { in: immich, replace: 'from("./learning", "url")', by: 'from("./learning", "address")' },
  "from-short-key-of-a-peer-with-several-ports": { in: immich, replace: "ports: { ml: 3003 }", by: "ports: { ml: 3003, admin: 3004 }" },
  "from-a-protocol-of-a-port-with-one-number": [
    { in: immich, replace: '"./learning": "ml" }', by: '"./learning": "ml", blocky: "dns" }' },
    { in: immich, replace: 'from("./learning", "url")', by: 'from("./learning", "url"), DNS: from("blocky", "dns-udp-host")' },
  ],
  "from-a-port-with-two-numbers": [
    { in: blocky, replace: "dns: { udp: 1053, tcp: 1053 }", by: "dns: { udp: 1053, tcp: 1054 }, dot: 1853" },
    { in: immich, replace: '"./learning": "ml" }', by: '"./learning": "ml", blocky: "dns" }' },
    { in: immich, replace: 'from("./learning", "url")', by: 'from("./learning", "url"), DNS: from("blocky", "dns-host")' },
  ],
  "from-unknown-peer": { in: immich, replace: 'from("./learning", "url")', by: 'from("./learner", "url")' },
  "address-without-consumes": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), PHOTOS: "http://immich-server.media-immich.svc.cluster.local:2283/api"' },
  "address-by-a-bare-name": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), DATABASE: "postgres://sonarr:it@postgres/prowlarr?image=sonarr:4.0.19&by=/postgres/postgres:17"' },
  "address-by-a-bare-name-and-port": { in: blocky, replace: "replicas: 2,", by: 'replicas: 2,\n  args: ["--series", "sonarr:8989"],' },
  "address-by-a-bare-name-of-what-is-consumed": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), SERIES: "http://sonarr:8989/api"' },
  "host-of-a-route-without-a-way-to-the-gateway": [
    gateway,
    { in: prod, replace: '"blocky", ', by: '"blocky", "envoy-gateway", ' },
    { in: blocky, replace: "replicas: 2,", by: 'replicas: 2,\n  env: { ISSUER: "https://sonarr.example.com/realms/home" },' },
  ],
  "host-of-a-route-and-the-gateway-elsewhere": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), SELF_API: "https://prowlarr.example.com", LINK: "https://sonarr.example.com", SERIES_API: "https://sonarr.example.com", PHOTOS: "https://photos.example.com/api"' },
  "name-of-the-cluster-and-name-servers-outside": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key") },', by: 'SONARR_KEY: from("sonarr", "api-key"), SERIES: from("sonarr", "url") },\n  network: { nameservers: ["127.0.0.1", "9.9.9.9"] },' },
  "name-that-is-waited-for-and-name-servers-outside": [
    { in: prowlarr, replace: '  consumes: {', by: '  needs: ["sonarr"],\n  network: { nameservers: ["9.9.9.9"] },\n  consumes: {' },
  ],
  "address-of-a-host-that-is-not-reached": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), STORE: "http://key:it@10.0.10.5:9000/bucket"' },
  "address-nobody-in-the-house-has": { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), COORDINATOR: "10.0.10.77:6638"' },
  "address-of-a-host-in-another-house": { in: blocky, replace: "replicas: 2,", by: 'replicas: 2,\n  env: { UPSTREAM: "tcp://192.168.1.1:53" },' },
  "address-of-a-load-balancer": { in: recyclarr, replace: "env: {", by: 'env: { RESOLVER: "tcp://10.0.10.202:53",' },
  "address-of-a-load-balancer-of-another-environment": { in: devSonarr, replace: "env: {", by: 'env: { RESOLVER: "tcp://10.0.10.202:53",' },
  "address-of-the-gateway": [
    { in: home, replace: 'internal: {', by: 'internal: { address: "10.0.10.201",' },
    gateway,
    { in: prod, replace: '"blocky", ', by: '"blocky", "envoy-gateway", ' },
    { in: recyclarr, replace: "env: {", by: 'env: { PAGES: "https://10.0.10.201/",' },
  ],
  "address-of-a-gateway-elsewhere": [
    { in: home, replace: 'internal: {', by: 'internal: { address: "10.0.10.201",' },
    { in: recyclarr, replace: "env: {", by: 'env: { PAGES: "https://10.0.10.201/",' },
  ],
  "host-that-is-a-load-balancer": [
    { in: home, replace: "hosts: {", by: 'hosts: { resolver: "10.0.10.202",' },
    { in: recyclarr, replace: "reaches: {", by: 'reaches: { lan: { resolver: ["53/udp"] },' },
  ],
  "host-that-is-a-load-balancer-of-nobody-here": [
    { in: home, replace: "hosts: {", by: 'hosts: { broker: "10.0.10.203",' },
    { in: recyclarr, replace: "reaches: {", by: 'reaches: { lan: { broker: ["mqtt"] },' },
  ],
  "host-that-is-a-pod": [
    { in: home, replace: "hosts: {", by: 'hosts: { old: "10.244.3.3",' },
    { in: recyclarr, replace: "reaches: {", by: 'reaches: { lan: { old: ["https"] },' },
  ],
  "host-that-is-a-service": [
    { in: home, replace: "hosts: {", by: 'hosts: { old: "10.96.3.3",' },
    { in: recyclarr, replace: "reaches: {", by: 'reaches: { lan: { old: ["https"] },' },
  ],
  "nameserver-that-is-a-load-balancer": { in: recyclarr, replace: "  needs:", by: '  network: { nameservers: ["10.0.10.1", "10.0.10.202"] },\n  needs:' },
  "host-of-a-route-that-is-not-there": [
    ...chartReads('routeHost("wbe")'),
    { in: certManager, replace: "  objects: {", by: '  routes: { web: { host: "certificates", to: "webhook/https", audience: "internal", signIn: "own" } },\n  objects: {' },
  ],
  "host-of-a-route-in-a-variable": [
    { in: prowlarr, replace: "import { defineService, from,", by: "import { defineService, from, routeHost," },
    { in: prowlarr, replace: 'SONARR_KEY: from("sonarr", "api-key")', by: 'SONARR_KEY: from("sonarr", "api-key"), HOST: routeHost("wbe"), BASE_URL: "https://$(HOST)"' },
  ],
  "host-of-a-route-without-one": [
    ...chartReads('routeHost("raw")'),
    { in: certManager, replace: "  objects: {", by: '  routes: { raw: { kind: "tcp", to: "webhook/https", audience: "internal", listener: 8883 } },\n  objects: {' },
  ],
  "host-of-a-route-in-an-object": [
    { in: certManager, replace: "import { clusterIssuer,", by: "import { clusterIssuer, customObject, routeHost," },
    { in: certManager, replace: "objects: {", by: 'objects: { own: customObject({ apiVersion: "cert-manager.io/v1", kind: "Certificate", spec: { secretName: "own", dnsNames: [routeHost("web")], issuerRef: { name: "trial", kind: "ClusterIssuer" } } }),' },
  ],
  "from-in-values-of-a-chart-without-consumes": chartReads('from("sonarr", "api-key")'),
  "from-in-an-object-without-consumes": objectReads('from("postgres", "host")'),
  "from-in-an-object-of-an-unknown-key": objectReads('from("sonarr", "apikey")'),
  "from-in-an-object-of-an-unknown-component": objectReads('from("./man", "url")'),
  "from-in-an-object-of-its-own-unknown-key": objectReads('from("prowlarr", "web-url")'),
  "from-in-an-object-of-an-unknown-component-of-several": [
    { in: immich, replace: "import { ", by: "import { customObject, " },
    { in: immich, replace: "  routes:", by: '  objects: { store: customObject({ apiVersion: "velero.io/v1", kind: "BackupStorageLocation", spec: { of: from("./learnin", "url") } }) },\n  routes:' },
  ],
  "from-in-an-object-without-a-login": [
    ...objectReads('from("postgres", "password")'),
    { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", postgres: "postgres" }' },
  ],
  "unknown-lan-host-in-values-of-a-chart": chartReads('lan("nsa")'),
  "field-of-a-pod-in-values-of-a-chart": chartReads('pod("spec.nodeName")'),
  "file-in-values-of-a-chart": [
    ...chartReads('file("config/cert-manager.yaml")'),
    { in: "charts/services/cert-manager/config/cert-manager.yaml", text: "own: true\n" },
  ],
  "listeners-in-values-of-a-chart": chartReads('gatewayListeners("internal")'),
  "written-file-in-an-object": objectReads("dashboards()", " dashboards,"),
  "consumes-service-that-an-object-reads-not-enabled-here": [
    ...objectReads('from("blocky", "http-url")'),
    { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", blocky: "http" }' },
  ],
  "address-in-values-of-a-chart": { in: certManager, replace: "crds: { enabled: true }", by: 'crds: { enabled: true }, extraArgs: ["--server=https://10.0.99.5/acme"]' },
  "object-with-a-fact-the-cluster-leaves-out": [
    { in: certManager, replace: "import { clusterIssuer,", by: "import { cluster, clusterIssuer, customObject," },
    { in: certManager, replace: "objects: {", by: 'objects: { pool: customObject({ apiVersion: "metallb.io/v1beta1", kind: "IPAddressPool", spec: { addresses: [cluster("gatewayAddress")] } }),' },
  ],
  "address-in-an-argument": { in: blocky, replace: "replicas: 2,", by: 'replicas: 2,\n  args: ["--series", "sonarr.media-sonarr:8989"],' },
  "from-peer-without-consumes": { in: immich, replace: ', "./learning": "ml" }', by: " }" },
  "from-login-without-login": [
    { in: sonarr, replace: 'consumes: { postgres: { login: "sonarr" }', by: 'consumes: { postgres: "postgres"' },
    { in: sonarr, replace: '    SONARR__POSTGRES__HOST: from("postgres", "host"),\n', by: "" },
  ],
  "consumes-stopped-service": { in: "environments/prod/prowlarr.ts", text: `import { overlay } from "#rzp";\n\nexport default overlay("prowlarr", { stopped: true });\n` },
  "consumes-stopped-service-by-a-chart": [
    { in: "environments/prod/blocky.ts", text: `import { overlay } from "#rzp";\n\nexport default overlay("blocky", { stopped: true });\n` },
    { in: certManager, replace: 'metrics: { port: "metrics" },', by: 'metrics: { port: "metrics" }, consumes: { blocky: "http" },' },
  ],
  "needs-stopped-service": [
    { in: "environments/prod/blocky.ts", text: `import { overlay } from "#rzp";\n\nexport default overlay("blocky", { stopped: true });\n` },
    { in: immich, replace: "  storage:", by: '  needs: ["blocky"],\n  storage:' },
  ],
  "needs-unknown-service": { in: recyclarr, replace: 'needs: ["sonarr"]', by: 'needs: ["sonar"]' },
  "needs-service-not-enabled-here": { in: prowlarr, replace: "  reaches:", by: '  needs: ["vector"],\n  reaches:' },
  "needs-later-layer": { in: postgres, replace: "  size:", by: '  needs: ["sonarr"],\n  size:' },
  "login-at-what-starts-later": { in: vector, replace: "  account:", by: '  consumes: { postgres: { login: "vector" } },\n  account:' },
  "needs-itself": { in: recyclarr, replace: 'needs: ["sonarr"]', by: 'needs: ["recyclarr"]' },
  "needs-each-other": [
    { in: sonarr, replace: "  reaches:", by: '  needs: ["prowlarr"],\n  reaches:' },
    { in: prowlarr, replace: "  reaches:", by: '  needs: ["recyclarr"],\n  reaches:' },
    { in: dev, replace: '"postgres", "prowlarr", "sonarr"', by: '"postgres"' },
    { in: "environments/dev/sonarr.ts", removed: true },
  ],
  // --- own ports
  "route-to-unknown-port": { in: sonarr, replace: 'to: "http"', by: 'to: "web"' },
  "route-to-a-number": { in: sonarr, replace: 'to: "http"', by: 'to: "8989"' },
  "route-to-a-number-without-quotes": { in: sonarr, replace: 'to: "http"', by: 'to: 8989' },
  "route-to-a-number-nobody-listens-on": { in: sonarr, replace: 'to: "http"', by: 'to: "80"' },
  "route-to-a-number-of-a-component": { in: immich, replace: 'to: "server/http"', by: 'to: "server/8081"' },
  "route-to-a-number-without-its-component": { in: immich, replace: 'to: "server/http"', by: 'to: "2283"' },
  "route-to-component-without-its-name": { in: immich, replace: 'to: "server/http"', by: 'to: "http"' },
  "exposes-unknown-port": { in: blocky, replace: '{ 53: "dns" }', by: '{ 53: "domain" }' },
  "offers-login-at-unknown-port": { in: postgres, replace: 'port: "postgres", gives', by: 'port: "postgresql", gives' },
  "metrics-at-unknown-port": { in: vector, replace: 'metrics: { port: "metrics" }', by: 'metrics: { port: "metric" }' },
  "metrics-at-unknown-port-of-chart": { in: certManager, replace: 'metrics: { port: "metrics" }', by: 'metrics: { port: "metric" }' },
  "called-by-the-api-server-at-unknown-port": { in: certManager, replace: 'calledBy: ["apiserver"]', by: 'calledBy: { apiserver: ["http"] }' },
  "called-by-nodes-at-unknown-port": { in: sonarr, replace: "  health:", by: '  calledBy: { nodes: ["web"] },\n  health:' },
  "called-without-a-port": { in: certManager, replace: 'ports: { https: 10250 }, calledBy', by: "calledBy" },
  "proxies-of-no-gateway": { in: certManager, replace: 'calledBy: ["apiserver"] }', by: 'calledBy: ["apiserver"], gatewayPorts: ["https"] }' },
  "gateway-at-unknown-port": [
    { in: home, replace: 'podNamespace: "network-envoy-gateway"', by: 'podNamespace: "platform-cert-manager"' },
    { in: certManager, replace: 'calledBy: ["apiserver"] }', by: 'calledBy: ["apiserver"], gatewayPorts: ["http"] }' },
  ],
  "service-with-unknown-port": { in: vector, replace: "  account:", by: '  services: { admin: { ports: ["admin"] } },\n  account:' },
  "health-at-unknown-port": { in: vector, replace: 'port: "api" }', by: 'port: "app" }' },
  "health-at-one-of-several-ports": { in: vector, replace: ', port: "api" }', by: " }" },
  "health-missing": { in: sonarr, replace: '  health: { http: "/ping" },\n', by: "" },
  "health-missing-with-several-ports": { in: vector, replace: '  health: { http: "/health", port: "api" },\n', by: "" },
  "health-missing-in-sidecar": { in: vector, replace: "  account:", by: '  sidecars: { shipper: { image: "docker.io/library/busybox:1.37.0" } },\n  account:' },
  "health-of-two-kinds": { in: sonarr, replace: '{ http: "/ping" }', by: '{ http: "/ping", tcp: true }' },
  "health-of-no-kind": { in: sonarr, replace: '{ http: "/ping" }', by: '{ every: "15s" }' },
  "two-ports-with-one-number": { in: vector, replace: "metrics: 9090 }", by: "metrics: 8686 }" },
  // --- own volumes and files
  "mounts-unknown-volume": { in: immich, replace: 'mounts: { models: "/cache" }', by: 'mounts: { models: "/cache", librari: "/data" }' },
  "volume-mounted-nowhere": { in: sonarr, replace: 'scratch({ at: "/tmp", size: "1Gi" })', by: 'scratch({ size: "1Gi" })' },
  "volume-of-composed-mounted-nowhere": { in: immich, replace: 'models: cache({ size: "10Gi" })', by: 'models: cache({ size: "10Gi" }), "small-thumbs": cache({ size: "10Gi" })' },
  "volume-of-composed-with-path": { in: immich, replace: 'state({ size: "500Gi"', by: 'state({ at: "/photos", size: "500Gi"' },
  "volume-twice-at-one-path": { in: immich, replace: 'mounts: { library: "/data" }', by: 'mounts: { library: ["/data", { mountPath: "/data", subPath: "upload" }] }' },
  "volume-twice-at-one-path-without-other-components": { in: sonarr, replace: 'at: "/config"', by: 'at: ["/config", "/config"]' },
  "file-where-a-volume-is-for-the-second-time": { in: immich, replace: 'mounts: { library: "/data" }', by: 'mounts: { library: ["/data", "/more"] }, files: { "/more": "x" }' },
  "device-where-a-volume-is": [
    { in: immich, replace: "import { cache,", by: "import { because, cache," },
    { in: immich, replace: '      mounts: { models: "/cache" },', by: '      mounts: { models: "/dev/video0" },\n      security: because({ privileged: true, devices: ["/dev/net/tun", "/dev/video0"] }, "a stick for the radio"),' },
  ],
  "device-where-a-file-is": [
    { in: immich, replace: "import { cache,", by: "import { because, cache," },
    { in: immich, replace: '      mounts: { models: "/cache" },', by: '      mounts: { models: "/cache" }, files: { "/dev/video0": "x" },\n      security: because({ privileged: true, devices: ["/dev/video0"] }, "a stick for the radio"),' },
  ],
  "device-that-is-closed": [
    { in: immich, replace: "import { cache,", by: "import { because, cache," },
    { in: immich, replace: '      mounts: { models: "/cache" },', by: '      mounts: { models: "/cache" },\n      security: because({ devices: ["/dev/net/tun", "/dev/video0"] }, "a stick for the radio"),' },
  ],
  "device-that-is-closed-beside-one-that-the-runtime-opens": [
    { in: home, replace: "  shares:", by: '  openDevices: ["/dev/video0"],\n  shares:' },
    { in: immich, replace: "import { cache,", by: "import { because, cache," },
    { in: immich, replace: '      mounts: { models: "/cache" },', by: '      mounts: { models: "/cache" },\n      security: because({ devices: ["/dev/video0", "/dev/video1"] }, "a stick for the radio"),' },
  ],
  "device-twice": [
    { in: immich, replace: "import { cache,", by: "import { because, cache," },
    { in: immich, replace: '      mounts: { models: "/cache" },', by: '      mounts: { models: "/cache" },\n      security: because({ privileged: true, devices: ["/dev/video0", "/dev/video0"] }, "a stick for the radio"),' },
  ],
  "two-volumes-at-one-path": { in: sonarr, replace: 'scratch({ at: "/tmp", size: "1Gi" })', by: 'scratch({ at: "/config", size: "1Gi" })' },
  "file-is-missing-where-there-is-none": { in: prowlarr, replace: "  reaches:", by: '  files: { "/etc/prowlarr.yaml": { file: "config/prowlarr.yaml" } },\n  reaches:' },
  "file-is-missing": { in: vector, replace: '"config/vector.yaml"', by: '"config/vectr.yaml"' },
  "file-that-is-a-picture": [
    { in: "charts/services/vector/config/logo.png", text: Buffer.from("89504e470d0a1a0a", "hex") },
    { in: vector, replace: 'files: {', by: 'files: { "/etc/vector/logo.png": file("config/logo.png"),' },
  ],
  "file-larger-than-a-config-map": [
    { in: "charts/services/vector/config/hosts.txt", text: "a".repeat(2 ** 20 - 48) },
    { in: vector, replace: 'files: {', by: 'files: { "/etc/vector/more.txt": "ä", "/etc/vector/hosts.txt": file("config/hosts.txt"),' },
  ],
  // --- what the cluster has
  "unknown-share": { in: sonarr, replace: 'share("media"', by: 'share("movies"' },
  "unknown-storage-class": { in: immich, replace: 'class: "bulk"', by: 'class: "bulky"' },
  "unknown-tier": { in: sonarr, replace: 'tier: "media"', by: 'tier: "meida"' },
  "variable-with-a-fact-the-cluster-leaves-out": [
    { in: sonarr, replace: "import {", by: "import { cluster," },
    { in: sonarr, replace: "  env: {", by: '  env: { GATEWAY: cluster("gatewayAddress"),' },
  ],
  "variable-with-an-unknown-lan-host": [
    { in: sonarr, replace: "import {", by: "import { lan," },
    { in: sonarr, replace: "  env: {", by: '  env: { NAS: lan("nsa"),' },
  ],
  "variable-of-all-components-with-an-unknown-lan-host": [
    { in: immich, replace: "import {", by: "import { lan," },
    { in: immich, replace: "  routes:", by: '  env: { NAS: lan("nsa") },\n  routes:' },
  ],
  "file-of-all-components-is-missing": { in: immich, replace: "  routes:", by: '  files: { "/etc/photos.yaml": { file: "config/photos.yaml" } },\n  routes:' },
  "unknown-lan-host": { in: blocky, replace: "lan: { router:", by: "lan: { ruoter:" },
  "no-public-gateway": { in: sonarr, replace: 'audience: "internal"', by: 'audience: "public"' },
  "unknown-address-on-two-clusters": [
    { in: blocky, replace: 'address: "dns"', by: 'address: "dnss"' },
    { in: dev, replace: "services: [", by: 'services: ["blocky", ' },
    ...cabin('  hosts: { router: "10.1.10.1" },\n  addressPool: ["10.1.20.200-10.1.20.210"],\n  gateways: { internal: { name: "internal", namespace: "network-envoy-gateway", podNamespace: "network-envoy-gateway", podLabels: { gateway: "internal" } } },\n', { domain: "cabin.example.com", service: "blocky" }),
  ],
  "unknown-share-on-two-clusters": [
    { in: sonarr, replace: 'share("media"', by: 'share("medai"' },
    ...cabin('  shares: { films: { server: "10.1.10.5", path: "/films", size: "1Ti" } },\n  gateways: { internal: { name: "internal", namespace: "network-envoy-gateway", podNamespace: "network-envoy-gateway", podLabels: { gateway: "internal" } } },\n', { domain: "cabin.example.com", service: 'postgres", "prowlarr", "sonarr' }),
  ],
  "unknown-address": { in: blocky, replace: 'address: "dns"', by: 'address: "dnss"' },
  "together-with-two-components": [
    { in: immich, replace: '      mounts: { models: "/cache" },', by: '      mounts: { models: "/cache" },\n      placement: { together: ["server", "third"] },' },
    { in: immich, replace: "  components: {", by: '  components: {\n    third: { image: "ghcr.io/example/third:1.0.0", ports: { http: 8080 }, health: { http: "/" } },' },
  ],
  "unknown-component-to-stay-apart-from": { in: immich, replace: '      mounts: { models: "/cache" },', by: '      mounts: { models: "/cache" },\n      placement: { apartFrom: ["sever"] },' },
};
