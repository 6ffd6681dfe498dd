import { database, defineService, postgresCluster } from "#rzp";

export default defineService({
  tier: "data",
  about: "PostgreSQL for services that need no special extension",
  image: "ghcr.io/cloudnative-pg/postgresql:18.1",
  runs: postgresCluster({ instances: 2 }),
  size: "medium",
  ports: { postgres: 5432, metrics: 9187 },
  metrics: { port: "metrics" },
  storage: { data: database({ size: "20Gi" }) },
  offers: { login: { port: "postgres", gives: ["host", "port", "database", "user", "password", "url"] } },
});
