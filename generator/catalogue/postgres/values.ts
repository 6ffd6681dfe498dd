import { database, defineService, postgresCluster } from "#rzp";

export default defineService({
  tier: "data",
  about: "PostgreSQL for services that need no special extension",
  image: "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie",
  runs: postgresCluster({ instances: 1 }),
  size: "medium",
  ports: { postgres: 5432, metrics: 9187 },
  metrics: { port: "metrics" },
  storage: { data: database({ size: "20Gi", class: "database" }) },
  offers: {
    login: { port: "postgres", gives: ["host", "port", "database", "user", "password", "url"] },
  },
});
