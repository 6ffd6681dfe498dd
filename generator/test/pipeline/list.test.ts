/** What `list` tells: rows for people, the same facts for programs, and what nobody found a source for. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const cells = (table: string) =>
  table
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));

async function listed(repository: Repository, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await repository.run(["list", ...args]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return stdout;
}

describe("the table", () => {
  test("has a row a service, in columns: components before their ports, UDP said, charts by the chart's version", async () => {
    using repository = createRepository();
    const rows = cells(await listed(repository));
    expect(rows[0]).toEqual(["SERVICE", "TIER", "ENVIRONMENTS", "VERSION", "PORTS", "CONSUMES"]);
    expect(rows.slice(1).map(([name]) => name)).toEqual([
      "blocky",
      "cert-manager",
      "immich",
      "postgres",
      "prowlarr",
      "recyclarr",
      "sonarr",
      "vector",
    ]);
    expect(rows).toContainEqual([
      "immich",
      "media",
      "prod",
      "v3.1.0",
      "server/http:2283 server/metrics:8081 learning/ml:3003",
      "postgres",
    ]);
    expect(rows).toContainEqual([
      "cert-manager",
      "platform",
      "prod",
      "v1.21.1",
      "controller/metrics:9402 webhook/https:10250",
    ]);
    expect(rows.find(([name]) => name === "blocky")?.[4]).toBe("http:4000 dns:1053 dns:1053/udp");
    expect(rows.find(([name]) => name === "sonarr")?.slice(2)).toEqual([
      "dev prod",
      "4.0.19.3001",
      "http:8989",
      "postgres prowlarr",
    ]);
  });

  test("--environment leaves out what does not run there", async () => {
    using repository = createRepository();
    const rows = cells(await listed(repository, "--environment", "dev"));
    expect(rows.slice(1).map(([name]) => name)).toEqual(["postgres", "prowlarr", "sonarr"]);
  });

  test("--format json has the same facts", async () => {
    using repository = createRepository();
    const services: unknown = JSON.parse(
      await listed(repository, "--environment", "dev", "--format", "json"),
    );
    expect(services).toContainEqual({
      name: "sonarr",
      tier: "media",
      environments: ["dev", "prod"],
      version: "4.0.19.3001",
      ports: ["http:8989"],
      consumes: ["postgres", "prowlarr"],
    });
  });
});

describe("--unconfirmed", () => {
  const sources = (service: string) => `charts/services/${service}/sources.yaml`;
  const confirmed = "image: { in: [https://example.com/releases] }\n";
  const all = (...services: string[]) =>
    Object.fromEntries(services.map((service) => [sources(service), confirmed]));
  const most = ["blocky", "cert-manager", "immich", "postgres", "prowlarr", "recyclarr", "sonarr"];

  test("names facts without a source, with what is known of them, and services that say nothing", async () => {
    using repository = createRepository({
      files: {
        ...all(...most),
        [sources("sonarr")]:
          `${confirmed}health: { in: [], note: read off the running one }\nport: { in: [] }\n`,
      },
    });
    expect((await listed(repository, "--unconfirmed")).split("\n")).toEqual([
      "sonarr  health  read off the running one",
      "sonarr  port",
      "vector  everything  no sources.yaml",
    ]);
    expect(
      JSON.parse(await listed(repository, "--unconfirmed", "--format", "json")),
    ).toContainEqual({ service: "sonarr", fact: "health", note: "read off the running one" });
  });

  test.each([
    ["is no YAML", `${confirmed}health: { in: [\n`, ":3:1", "Flow sequence"],
    [
      "says something else",
      `${confirmed}health:\n  in: running\n`,
      ":3:7",
      "something else at health.in",
    ],
    ["is a list", "- image\n", ":1:1", "no map"],
  ])("a sources.yaml that %s is a mistake with its line", async (_, text, line, found) => {
    using repository = createRepository({ files: { ...all(...most), [sources("sonarr")]: text } });
    const { exitCode, stdout, stderr } = await repository.run(["list", "--unconfirmed"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`${sources("sonarr")}${line}`);
    expect(stderr).toContain(found);
  });

  test("says so when there is none", async () => {
    using repository = createRepository({ files: all(...most, "vector") });
    expect(await listed(repository, "--unconfirmed")).toBe("everything was found in a source");
  });
});

describe("refuses", () => {
  test("an environment that is not there, with the one that was meant", async () => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.run(["list", "--environment", "pord"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("there is no environment `pord`");
    expect(stderr).toContain("write --environment prod");
  });

  test("to list what is written wrong: the mistake is told instead", async () => {
    using repository = createRepository({
      files: { "charts/services/sonarr/values.ts": "export default {}\n" },
    });
    const { exitCode, stdout } = await repository.run(["list", "--format", "json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ code: "FILE_WRONG_KIND" })]),
    });
  });
});

describe("--coverage", () => {
  test("says of each component who watches it, and counts them by environment", async () => {
    using repository = createRepository();
    const [table = "", sums = ""] = (
      await listed(repository, "--coverage", "--environment", "prod")
    ).split("\n\n");
    const rows = cells(table);
    expect(rows[0]).toEqual(["ENVIRONMENT", "COMPONENT", "WATCHED BY", "ALIVE"]);
    expect(rows).toContainEqual([
      "prod",
      "immich/learning",
      "probe",
      'probe_success{namespace="media-immich",job="learning-probe"}',
    ]);
    expect(rows).toContainEqual(["prod", "recyclarr", "runs"]);
    const state = rows.filter(([, , by]) => by === "state").length;
    expect(state).toBeGreaterThan(0);
    expect(sums).toMatch(
      new RegExp(
        `^prod: (\\d+) of \\1 components are watched \\(100 %\\), ${state} of them by the state of their pods alone$`,
      ),
    );
  });

  test("names the exporters that could stand beside components without metrics, and no others", async () => {
    using repository = createRepository();
    const told = async () =>
      (await listed(repository, "--coverage", "--environment", "prod"))
        .split("\n")
        .filter((line) => line.includes("can have an exporter"));
    const line = (service: string) =>
      `prod: ${service} can have an exporter beside it: metrics: { exporter: "exportarr", key: secret("api-key") }`;
    expect(await told()).toEqual([line("prowlarr"), line("sonarr")]);
    const file = "charts/services/sonarr/values.ts";
    const text = readFileSync(path.join(repository.root, file), "utf8");
    const health = '  health: { http: "/ping" },\n';
    const metrics = '  metrics: { exporter: "exportarr", key: secret("api-key") },\n';
    repository.write(file, text.replace(health, `${health}${metrics}`));
    expect(await told()).toEqual([line("prowlarr")]);
  });

  test("as JSON it is a list", async () => {
    using repository = createRepository();
    const rows = JSON.parse(await listed(repository, "--coverage", "--format", "json")) as object[];
    expect(rows).toContainEqual({
      environment: "prod",
      service: "blocky",
      component: "main",
      by: "metrics",
      alive: 'up{namespace="network-blocky",job="blocky"}',
    });
  });
});
