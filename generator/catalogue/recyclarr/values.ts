import { cluster, defineService, file, from, schedule, scratch, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Keeps quality profiles in step with the TRaSH guides",
  image: "ghcr.io/recyclarr/recyclarr:8.7.1",
  runs: schedule("0 4 * * *", { endsWithin: "15m" }),
  args: ["sync"],
  size: "small",
  storage: {
    // What it made in Sonarr and Radarr, so that it changes that and nothing else.
    config: state({ at: "/config", size: "1Gi", restored: { files: { atLeast: 1 } } }),
    guides: scratch({ at: "/data", size: "1Gi" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  files: { "/config/recyclarr.yml": file("config/recyclarr.yml") },
  env: {
    TZ: cluster("timeZone"),
    RECYCLARR_CONFIG_DIR: "/config",
    RECYCLARR_DATA_DIR: "/data",
    SONARR_URL: from("sonarr", "url"),
    SONARR_API_KEY: from("sonarr", "api-key"),
    RADARR_URL: from("radarr", "url"),
    RADARR_API_KEY: from("radarr", "api-key"),
  },
  consumes: { sonarr: "http", radarr: "http" },
  reaches: { internet: ["https"] },
});
