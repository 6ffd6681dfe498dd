import { database, defineService, postgresCluster } from "#rzp";

export default defineService({
  tier: "data",
  about: "PostgreSQL for services that need no special extension",
  image: "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie",
  runs: postgresCluster({
    instances: 1,
    // A quarter of the memory limit, and what the system may keep of files beside it.
    settings: { shared_buffers: "256MB", effective_cache_size: "768MB" },
  }),
  size: "medium",
  ports: { postgres: 5432, metrics: 9187 },
  metrics: { port: "metrics" },
  // postgres-dump dumps it; beside that its volume is backed up, which the operator takes over again when it is restored.
  storage: { data: database({ size: "20Gi", class: "database" }) },
  offers: {
    login: { port: "postgres", gives: ["host", "port", "database", "user", "password", "url"] },
  },
});
