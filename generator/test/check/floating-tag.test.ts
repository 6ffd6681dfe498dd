import { expect, test } from "vitest";
import { container, deployment, findings, messages, object, podSpec, rendered } from "./builder.ts";

const code = "MANIFEST_FLOATING_TAG";
const running = (image: string) =>
  rendered([deployment(podSpec({ containers: [container({ image })] }))]);
const digest = `sha256:${"0".repeat(64)}`;

test.for([
  "sonarr",
  "example.com/sonarr",
  "localhost:5000/sonarr",
  "sonarr:latest",
  "example.com:5000/sonarr:latest",
  "sonarr:Stable",
  "sonarr:main",
  "sonarr:edge",
  "sonarr:nightly",
  "sonarr:master",
  "sonarr:develop",
  "sonarr:latest-py310",
  "sonarr:latest-avx512",
  "sonarr:latest-3",
  "sonarr:lts-22",
  "sonarr:release-v2",
  "sonarr:main-7-slim",
])("%s moves", (image) => {
  const [problem] = findings(code, running(image));
  expect(problem).toMatchObject({
    found: image,
    keys: ["image"],
    message: "Deployment sonarr: what runs changes by itself, as its image's tag moves",
  });
});

test("init containers and database clusters run images too", () => {
  const pod = podSpec({ initContainers: [container({ name: "wait", image: "busybox" })] });
  const cluster = object("postgresql.cnpg.io/v1", "Cluster", "db", {
    spec: { imageName: "example.com/postgresql:latest" },
  });
  expect(messages(findings(code, rendered([deployment(pod), cluster])))).toEqual([
    expect.stringContaining("Deployment sonarr"),
    expect.stringContaining("Cluster db"),
  ]);
});

test("the files of an image that are mounted move as it does", () => {
  const mounting = (reference: string) =>
    rendered([deployment(podSpec({ volumes: [{ name: "models", image: { reference } }] }))]);
  expect(messages(findings(code, mounting("example.com/models:latest")))).toHaveLength(1);
  expect(findings(code, mounting("example.com/models:1.0"))).toEqual([]);
});

test.for([
  "sonarr:1.2.3",
  "sonarr:4",
  "example.com:5000/sonarr:v1",
  `sonarr@${digest}`,
  `sonarr:latest@${digest}`,
  "sonarr:latest-1.2",
  "sonarr:1.2-edge",
  "sonarr:mainline",
  "sonarr:version-4.0",
  "sonarr:2026.11.1",
  "localhost:5000/sonarr:1",
  "sonarr:stable-20261101",
  "sonarr:nightly-20260114T0300",
  "sonarr:release-42",
  "sonarr:dev-12",
  "sonarr:Main_7",
  "sonarr:nightly-ls99",
  "sonarr:edge-b1234",
])("%s stays", (image) => {
  expect(findings(code, running(image))).toEqual([]);
});

test("a database cluster without an image takes its operator's, which is pinned there", () => {
  expect(
    findings(code, rendered([object("postgresql.cnpg.io/v1", "Cluster", "db", { spec: {} })])),
  ).toEqual([]);
});
