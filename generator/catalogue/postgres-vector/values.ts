import { database, defineService, postgresCluster } from "#rzp";

export default defineService({
  tier: "data",
  about: "PostgreSQL with VectorChord, for services that search by meaning",
  image: "ghcr.io/tensorchord/cloudnative-vectorchord:18.6-1.1.1",
  runs: postgresCluster({
    instances: 1,
    // A quarter of the memory limit, what the system may keep of files beside it, and room to build an index.
    settings: {
      shared_buffers: "1GB",
      effective_cache_size: "3GB",
      maintenance_work_mem: "512MB",
    },
    preload: ["vchord.so"],
    // Before each extension stands what it needs: CloudNativePG creates them in this order.
    extensions: ["vector", "vchord", "cube", "earthdistance", "pg_trgm", "unaccent", "uuid-ossp"],
  }),
  size: "large",
  ports: { postgres: 5432, metrics: 9187 },
  metrics: { port: "metrics" },
  // postgres-dump dumps it; beside that its volume is backed up, which the operator takes over again when it is restored.
  storage: { data: database({ size: "20Gi", class: "database" }) },
  offers: {
    login: { port: "postgres", gives: ["host", "port", "database", "user", "password", "url"] },
  },
});
