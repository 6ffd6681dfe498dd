import { expect, test } from "vitest";
import { unknownServiceFile } from "./unknown-service.ts";

const made = (image: string) =>
  unknownServiceFile({ name: "my-app", tier: "apps", port: 8080, signsIn: false, image });
const fileOf = (image: string) => made(image).text;

test.each([
  ["registry.lan:5000/me/my-app:1.2.3", "registry.lan:5000/me/my-app"],
  ["registry.lan:5000/me/my-app", "registry.lan:5000/me/my-app"],
  [`ghcr.io/me/my-app:1.2.3@sha256:${"0".repeat(64)}`, "ghcr.io/me/my-app"],
  ["my-app:1.2.3", "my-app"],
])("%s is told of without its tag and digest", (image, repository) => {
  expect(fileOf(image)).toContain(`about: "my-app, from the image ${repository}",`);
});

test.each([
  [
    "ghcr.io/home-operations/lidarr:3.1.3",
    '  health: { http: "/ping" },\n  metrics: { exporter: "exportarr", key: secret("api-key") },\n',
  ],
  [
    `lscr.io/linuxserver/bazarr:1.6.0@sha256:${"0".repeat(64)}`,
    '  health: { http: "/api/system/ping" },\n  metrics: { exporter: "exportarr", key: secret("api-key") },\n',
  ],
  [
    "docker.io/library/postgres:18",
    '  health: { tcp: true },\n  metrics: { exporter: "postgres", key: secret("password") },\n',
  ],
  [
    "docker.io/valkey/valkey:9.1.1",
    '  health: { tcp: true },\n  metrics: { exporter: "valkey" },\n',
  ],
])("%s is asked by the exporter that knows its program", (image, lines) => {
  expect(fileOf(image)).toContain(lines);
});

test.each([
  ["docker.io/library/redis:8.2", "redis"],
  ["docker.io/valkey/valkey:9.1.1", "redis"],
  ["docker.io/library/postgres:18", "postgres"],
  ["docker.io/library/eclipse-mosquitto:2.0.22", "mqtt"],
] as const)(
  "%s is no web server: its port is called %s, and no gateway leads to it",
  (image, port) => {
    const file = fileOf(image);
    expect(file).toContain(`  ports: { ${port}: 8080 },\n`);
    expect(file).not.toContain("routes");
  },
);

test.each(["ghcr.io/me/my-app:1.2.3", "ghcr.io/home-operations/lidarr:3.1.3"])(
  "%s may be one, and has a route",
  (image) => {
    expect(fileOf(image)).toContain("  ports: { http: 8080 },\n");
    expect(fileOf(image)).toContain('routes: { web: { host: "my-app", to: "http"');
  },
);

test.each([
  ["docker.io/library/redis:8.2", "/data"],
  ["docker.io/redis:8.2", "/data"],
  ["redis:8.2", "/data"],
  ["registry.lan:5000/mirror/library/redis:8.2", "/data"],
  ["docker.io/valkey/valkey:9.1.1", "/data"],
  ["docker.io/redis/redis-stack-server:7.4.0-v6", "/data"],
  ["docker.io/eqalpha/keydb:x86_64_v6.3.4", "/data"],
  ["ghcr.io/dragonflydb/dragonfly:v1.40.1", "/data"],
  ["docker.io/bitnami/redis:8.2.1", "/bitnami/redis/data"],
  ["docker.io/bitnamilegacy/valkey:8.1.3", "/bitnami/valkey/data"],
  ["docker.io/library/eclipse-mosquitto:2.0.22", "/mosquitto/data"],
])("%s keeps what it writes to its disk, in %s", (image, folder) => {
  const { text, losesData } = made(image);
  expect(text).toMatch(/^import \{ defineService, scratch, (secret, )?state \} from "#rzp";$/m);
  expect(text).toContain(`    data: state({ at: "${folder}", size: "1Gi"`);
  expect(losesData).toBe(false);
});

test.each([
  ["docker.io/library/postgres:17.6", "/var/lib/postgresql/data"],
  ["postgres:9.6-alpine", "/var/lib/postgresql/data"],
  ["postgres:18.1-alpine", "/var/lib/postgresql"],
  ["docker.io/postgis/postgis:17-3.5", "/var/lib/postgresql/data"],
  ["docker.io/postgis/postgis:18-3.6-alpine", "/var/lib/postgresql"],
  ["docker.io/pgvector/pgvector:0.8.1-pg17-trixie", "/var/lib/postgresql/data"],
  ["docker.io/pgvector/pgvector:pg18", "/var/lib/postgresql"],
  ["docker.io/timescale/timescaledb:2.22.1-pg17", "/var/lib/postgresql/data"],
  ["docker.io/timescale/timescaledb-ha:pg18.1-ts2.23.0", "/home/postgres/pgdata"],
])("%s is a PostgreSQL, whose files are a database's, in %s", (image, folder) => {
  const { text, hasRoute } = made(image);
  expect(hasRoute).toBe(false);
  expect(text).toContain('import { database, defineService, scratch, secret } from "#rzp";');
  expect(text).toContain(`    data: database({ at: "${folder}", size: "1Gi"`);
  expect(text).toContain('POSTGRES_PASSWORD: secret("password")');
  expect(text).not.toContain("Give my-app");
  // A volume of its own may have a lost+found, in which initdb makes no database.
  expect(text.includes("PGDATA: ")).toBe(folder === "/var/lib/postgresql/data");
  expect(text.includes("/var/run/postgresql")).toBe(!folder.startsWith("/home"));
});

test.each([
  ["docker.io/library/mysql:8.4.7", "mysql", "/var/lib/mysql", "MYSQL_ROOT_PASSWORD"],
  ["mariadb:11.8.3", "mysql", "/var/lib/mysql", "MARIADB_ROOT_PASSWORD"],
  ["docker.io/library/mongo:8.0.15", "mongodb", "/data/db", "MONGO_INITDB_ROOT_PASSWORD"],
])("%s is a database that no exporter knows: port %s, files in %s", (image, port, at, variable) => {
  const { text, hasRoute, losesData, isProgramKnown } = made(image);
  expect([hasRoute, losesData, isProgramKnown]).toEqual([false, false, true]);
  expect(text).toContain('import { database, defineService, scratch, secret } from "#rzp";');
  expect(text).toContain(`  ports: { ${port}: 8080 },`);
  expect(text).toContain(`    data: database({ at: "${at}", size: "1Gi"`);
  expect(text).toContain(`${variable}: secret("password")`);
  expect(text).toContain('"password": { generate: "hex", about: "Of its first user" }');
  expect(text).not.toContain("metrics");
  // A volume of its own may have a lost+found, in which MySQL makes no database.
  expect(text.includes('args: ["--datadir=/var/lib/mysql/data"]')).toBe(port === "mysql");
  expect(text.includes("run/mysqld")).toBe(port === "mysql");
});

test.each([
  "ghcr.io/me/redis:8.2",
  "docker.io/library/postgres:trixie",
  `docker.io/library/postgres@sha256:${"0".repeat(64)}`,
  "docker.io/timescale/timescaledb:2.22.1",
  "docker.io/bitnami/postgresql:17.6.0",
])("where %s keeps its data is not known, which is said", (image) => {
  const { text, losesData } = made(image);
  expect(losesData).toBe(true);
  expect(text).toContain("    // Nobody knows where this image keeps its data");
  expect(text).toContain("it cannot write any: the root file system is read-only");
  expect(text).not.toMatch(/^ {4}data:/m);
});

test.each([
  ["docker.io/library/postgres:trixie", "database", true],
  // Known by its exporter alone.
  ["docker.io/bitnami/postgresql:17.6.0", "database", false],
  ["ghcr.io/me/redis:8.2", "state", false],
] as const)(
  "of %s what is known is written all the same: its files are a %s's, and its socket",
  (image, holder, hasSocket) => {
    const { text } = made(image);
    expect(text).toContain(
      `Add one: data: ${holder}({ at: "/…", size: "1Gi", restored: { files: { atLeast: 1 } } }).`,
    );
    expect(text.includes('    socket: scratch({ at: "/var/run/postgresql" }),\n')).toBe(hasSocket);
  },
);

test.each(["ghcr.io/me/my-app:1.2.3", "ghcr.io/home-operations/lidarr:3.1.3", "constructor:1.2.3"])(
  "of %s nobody knows whether it keeps any",
  (image) => {
    const { text, losesData } = made(image);
    expect(losesData).toBe(false);
    expect(text).toContain('  storage: { temporary: scratch({ at: "/tmp" }) },\n');
  },
);

test("the key of an exporter is made, and only where it needs one", () => {
  const lidarr = fileOf("ghcr.io/home-operations/lidarr:3.1.3");
  expect(lidarr).toContain('import { defineService, scratch, secret } from "#rzp";');
  expect(lidarr).toContain('secrets: { "api-key": { generate: "hex"');
  expect(fileOf("docker.io/valkey/valkey:9.1.1")).not.toContain("secret");
});

test.each(["ghcr.io/me/my-app:1.2.3", "ghcr.io/sonarr/other:1.2.3", "constructor:1.2.3"])(
  "%s has no known exporter",
  (image) => {
    expect(fileOf(image)).toContain("  health: { tcp: true },\n  storage:");
    expect(fileOf(image)).not.toContain("metrics");
  },
);

test.each([
  ["docker.io/library/redis:8.2", { hasRoute: false, isProgramKnown: true }],
  ["ghcr.io/home-operations/lidarr:3.1.3", { hasRoute: true, isProgramKnown: true }],
  ["ghcr.io/me/my-app:1.2.3", { hasRoute: true, isProgramKnown: false }],
])("%s: whether it has a route, and whether its program is known", (image, facts) => {
  expect(made(image)).toMatchObject(facts);
});

test("one without an exporter that knows it has none", () => {
  const file = fileOf("ghcr.io/dragonflydb/dragonfly:v1.40.1");
  expect(file).toContain("  ports: { redis: 8080 },\n  health: { tcp: true },\n  storage:");
});
