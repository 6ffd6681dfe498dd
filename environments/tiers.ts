import { defineTiers } from "#rzp";

export default defineTiers({
  platform: {
    about: "What runs the cluster itself: certificates, secrets, network, deployment",
    layer: "controllers",
    priority: 900_000,
    objective: 99.5,
    once: true,
  },
  network: {
    about: "Ways in and names: gateways, load balancers, DNS",
    layer: "platform",
    priority: 800_000,
    objective: 99.5,
    once: true,
  },
  storage: {
    about: "Backups, and what keeps data safe",
    layer: "platform",
    priority: 750_000,
    objective: 99,
    once: true,
  },
  data: {
    about: "Databases and queues other services keep their data in",
    layer: "databases",
    priority: 700_000,
    objective: 99.5,
  },
  observability: {
    about: "Metrics, logs, alerts",
    layer: "platform",
    priority: 600_000,
    objective: 99,
    once: true,
  },
  home: {
    about: "Home automation: what the house needs to work",
    layer: "applications",
    priority: 500_000,
    objective: 99.5,
  },
  media: {
    about: "Films, series, photos and what fetches them",
    layer: "applications",
    priority: 300_000,
    objective: 99,
  },
  apps: {
    about: "Everything else people use",
    layer: "applications",
    priority: 200_000,
    objective: 99,
  },
});
