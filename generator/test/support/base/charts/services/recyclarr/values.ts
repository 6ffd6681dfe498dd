import { defineService, file, from, schedule, scratch } from "#rzp";

export default defineService({
  tier: "media",
  about: "Keeps quality profiles in step with the TRaSH guides",
  image: "ghcr.io/recyclarr/recyclarr:8.7.1",
  runs: schedule("0 4 * * *", { endsWithin: "15m" }),
  args: ["sync"],
  files: { "/config/recyclarr.yml": file("config/recyclarr.yml") },
  storage: { work: scratch({ at: "/tmp" }) },
  env: { SONARR_API_KEY: from("sonarr", "api-key") },
  consumes: { sonarr: "http" },
  needs: ["sonarr"],
  reaches: { internet: ["https"] },
});
