import { cache, cluster, defineService, file, from, scratch, state } from "#rzp";

const image = "ghcr.io/home-operations/home-assistant:2026.8.3";

// In the pod network nothing on the LAN finds it (mDNS, SSDP), and it reaches nothing there. Devices come by MQTT, or by
// address: name one in `hosts` of the cluster file, and in `reaches` here: lan: { <host>: ["80/tcp"] }.
export default defineService({
  tier: "home",
  about: "Automates the house",
  image,
  resources: { cpu: "100m", memory: "512Mi", memoryLimit: "2Gi" },
  files: { "/config/configuration.yaml": file("config/configuration.yaml") },
  // What its editors write, and configuration.yaml includes.
  init: {
    files: {
      image,
      command: [
        "sh",
        "-ec",
        "for name in automations scenes scripts; do touch /config/$name.yaml; done",
      ],
      size: "tiny",
      mounts: { config: "/config" },
    },
  },
  env: {
    TZ: cluster("timeZone"),
    TRUSTED_PROXY: cluster("podNetwork"),
    RECORDER_DB_URL: from("postgres", "url"),
  },
  ports: { http: 8123 },
  health: { http: "/manifest.json", startsWithin: "10m" },
  storage: {
    config: state({
      at: "/config",
      size: "10Gi",
      restored: { files: { atLeast: 10 }, newest: { path: ".storage", within: "6h" } },
    }),
    // Python packages of integrations.
    packages: cache({ at: "/config/.venv", size: "2Gi" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  consumes: { postgres: { login: "home_assistant" }, mosquitto: "mqtt" },
  reaches: { internet: ["https"] },
  routes: { web: { host: "home", to: "http", audience: "internal", signIn: "own" } },
});
