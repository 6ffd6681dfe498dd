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

test.each(["docker.io/library/redis:8.2", "docker.io/valkey/valkey:9.1.1"])(
  "%s keeps what it writes to its disk",
  (image) => {
    expect(fileOf(image)).toContain('import { defineService, scratch, state } from "#rzp";');
    expect(fileOf(image)).toContain('    data: state({ at: "/data", size: "1Gi"');
  },
);

test.each(["ghcr.io/me/my-app:1.2.3", "docker.io/library/eclipse-mosquitto:2.0.22"])(
  "of %s nobody knows where its data is",
  (image) => {
    expect(fileOf(image)).toContain('  storage: { temporary: scratch({ at: "/tmp" }) },\n');
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
