import { dashboards, defineService, file, from, schedule } from "#rzp";

export default defineService({
  tier: "observability",
  about: "Keeps OpenObserve's dashboards and retention as this repository says",
  image: "docker.io/library/node:26.10.0-slim",
  // On a schedule and not once for each change: a job that fails would hold back all later layers.
  runs: schedule("*/5 * * * *", { endsWithin: "4m", retries: 0 }),
  command: ["node", "/app/upsert.mts"],
  size: "small",
  files: {
    "/app/upsert.mts": file("config/upsert.mts"),
    "/app/document.mts": file("config/document.mts"),
    "/app/store.mts": file("config/store.mts"),
    "/app/content.json": dashboards(),
  },
  env: {
    CONTENT: "/app/content.json",
    STORE_URL: from("openobserve", "url"),
    STORE_USER: "admin@example.com",
    STORE_PASSWORD: from("openobserve", "password"),
  },
  consumes: { openobserve: "http" },
});
