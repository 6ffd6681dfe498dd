import { defineService, file, from, schedule, scratch, state } from "#rzp";

export default defineService({
  tier: "data",
  about: "Dumps every PostgreSQL database to a volume, which is backed up",
  // Its pg_dump must be as new as the newest server.
  image: "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie",
  // A dump is at most as old as this and the time it takes: that is part of what can be lost.
  runs: schedule("*/30 * * * *", { endsWithin: "15m" }),
  command: ["sh", "/scripts/dump.sh"],
  size: "small",
  storage: {
    // Compressed, the last of each database and the one that is being written.
    dumps: state({
      at: "/dumps",
      size: "20Gi",
      restored: { files: { atLeast: 3 }, newest: { within: "2h" } },
    }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  files: { "/scripts/dump.sh": file("config/dump.sh") },
  env: {
    POSTGRES_HOST: from("postgres", "host"),
    POSTGRES_USER: from("postgres", "user"),
    POSTGRES_PASSWORD: from("postgres", "password"),
    POSTGRES_VECTOR_HOST: from("postgres-vector", "host"),
    POSTGRES_VECTOR_USER: from("postgres-vector", "user"),
    POSTGRES_VECTOR_PASSWORD: from("postgres-vector", "password"),
  },
  consumes: {
    postgres: { login: "dump", readsAll: true },
    "postgres-vector": { login: "dump", readsAll: true },
  },
});
