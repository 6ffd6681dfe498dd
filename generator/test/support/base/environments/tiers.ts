import { defineTiers } from "#rzp";

export default defineTiers({
  platform: { about: "What runs the cluster itself", layer: "controllers", priority: 900_000, objective: 99.5 },
  network: { about: "Ways in and names", layer: "platform", priority: 800_000, objective: 99.5 },
  data: { about: "Databases other services keep their data in", layer: "databases", priority: 700_000, objective: 99.5 },
  observability: { about: "Metrics, logs, alerts", layer: "platform", priority: 600_000, objective: 99 },
  media: { about: "Films, series and photos", layer: "applications", priority: 300_000, objective: 99, podSecurity: "restricted" },
  apps: { about: "Everything else people use", layer: "applications", priority: 200_000, objective: 99 },
});
