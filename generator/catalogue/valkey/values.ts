import { because, database, defineService, secret, statefulSet } from "#rzp";

export default defineService({
  tier: "data",
  about: "Key-value store and queue in memory, compatible with Redis",
  image: "docker.io/valkey/valkey:9.1.1",
  runs: statefulSet(),
  // Queues must not lose entries: when memory is full, writes fail instead.
  args: [
    "valkey-server",
    "--requirepass",
    "$(VALKEY_PASSWORD)",
    "--dir",
    "/data",
    "--appendonly",
    "yes",
    "--maxmemory",
    "384mb",
    "--maxmemory-policy",
    "noeviction",
  ],
  size: "small",
  ports: { redis: 6379 },
  health: {
    exec: ["sh", "-c", 'VALKEYCLI_AUTH="$VALKEY_PASSWORD" valkey-cli ping | grep -q PONG'],
  },
  metrics: { exporter: "valkey", key: secret("password") },
  storage: {
    data: database({
      at: "/data",
      size: "2Gi",
      backup: {
        whole: because(true, "its append-only file is whole but for its end, which it cuts off"),
      },
      restored: { files: { atLeast: 2 } },
    }),
  },
  env: { VALKEY_PASSWORD: secret("password") },
  runAs: { user: 999 },
  secrets: {
    password: { generate: "password", about: "Of its one user: everyone logs in with it" },
  },
  offers: { password: secret("password") },
});
