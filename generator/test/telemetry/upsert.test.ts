/** The program that keeps dashboards, run as its pod runs it, against a store like OpenObserve. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import type { Content } from "../../src/model/dashboards.ts";
import { projectRoot } from "../support/repository.ts";
import type { FakeStore } from "./fake-store.ts";
import { access, startStore } from "./fake-store.ts";

const program = join(projectRoot, "charts/services/dashboards/config/upsert.mts");
const content: Content = {
  folder: "RZP",
  streams: [
    { name: "media", days: 14 },
    { name: "cluster", days: 30 },
  ],
  panels: {
    up: {
      title: "Up",
      type: "line",
      queries: [{ metric: "up", promql: 'up{namespace="$namespace"}', legend: "{job}" }],
    },
    lines: {
      title: "Lines",
      type: "bar",
      queries: [{ sql: 'SELECT 1 FROM "$stream"', stream: "$stream", x: ["a"], y: ["b"] }],
    },
  },
  dashboards: [
    {
      title: "Service sonarr",
      about: "Television",
      panels: ["up", "lines"],
      names: { namespace: "media-sonarr", stream: "media" },
    },
    { title: "Platform", about: "All", panels: ["lines"], names: { stream: "cluster" } },
  ],
};

async function run(store: Pick<FakeStore, "url">, what: unknown, over: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), "rzp-upsert-"));
  try {
    const file = join(folder, "content.json");
    await writeFile(file, typeof what === "string" ? what : JSON.stringify(what));
    const { exitCode, stdout, stderr } = await execa(process.execPath, [program], {
      reject: false,
      env: {
        CONTENT: file,
        STORE_URL: store.url,
        STORE_USER: access.user,
        STORE_PASSWORD: access.password,
        ...over,
      },
    });
    return { exitCode, stdout, stderr };
  } finally {
    await rm(folder, { recursive: true });
  }
}
const titles = (store: FakeStore) => store.folders.get("RZP")?.map(({ title }) => title);

describe("the program", () => {
  test("creates what is not there, in a folder of its own", async () => {
    await using store = await startStore();
    store.folders.get("default")?.push({
      dashboard_id: "mine",
      title: "Service sonarr",
      description: "by hand",
      hash: "1",
      document: {},
    });
    const result = await run(store, content);
    expect(result).toEqual({
      exitCode: 0,
      stdout: "2 created, 0 changed, 0 removed, 0 kept, 0 streams",
      stderr: "",
    });
    expect(titles(store)).toEqual(["Service sonarr", "Platform"]);
    expect(store.folders.get("default"), "what people made stays").toHaveLength(1);
    expect(store.folders.get("RZP")?.[0]?.document).toMatchObject({
      version: 8,
      tabs: [
        {
          panels: [
            {
              queryType: "promql",
              queries: [
                {
                  query: 'up{namespace="media-sonarr"}',
                  fields: { stream: "up", stream_type: "metrics" },
                },
              ],
              layout: { x: 0, y: 0 },
            },
            {
              queryType: "sql",
              queries: [
                {
                  query: 'SELECT 1 FROM "media"',
                  fields: { stream: "media", stream_type: "logs" },
                },
              ],
              layout: { x: 96, y: 0 },
            },
          ],
        },
      ],
    });
  });

  test("touches nothing the second time", async () => {
    await using store = await startStore();
    await run(store, content);
    store.calls.length = 0;
    const { stdout } = await run(store, content);
    expect(stdout).toBe("0 created, 0 changed, 0 removed, 2 kept, 0 streams");
    expect(store.calls.filter((call) => !call.startsWith("GET"))).toEqual([]);
  });

  test("changes what differs, removes what is no longer said, of its folder", async () => {
    await using store = await startStore();
    await run(store, content);
    const [sonarr] = content.dashboards;
    const { stdout } = await run(store, {
      ...content,
      dashboards: [{ ...sonarr, panels: ["up"] }],
    });
    expect(stdout).toBe("0 created, 1 changed, 1 removed, 0 kept, 0 streams");
    expect(titles(store)).toEqual(["Service sonarr"]);
  });

  test("changes a dashboard whose panel has another query", async () => {
    await using store = await startStore();
    await run(store, content);
    const up = { ...content.panels["up"], title: "Alive" };
    const { stdout } = await run(store, { ...content, panels: { ...content.panels, up } });
    expect(stdout).toBe("0 created, 1 changed, 0 removed, 1 kept, 0 streams");
  });

  test("sets how long streams are kept, where they are there and it is another time", async () => {
    await using store = await startStore();
    store.days.set("media", 3650).set("other", 3650);
    expect((await run(store, content)).stdout).toContain("1 streams");
    expect([...store.days]).toEqual([
      ["media", 14],
      ["other", 3650],
    ]);
    expect((await run(store, content)).stdout).toContain("0 streams");
  });

  test("goes on after a refusal, tells it, and ends with 1", async () => {
    await using store = await startStore();
    store.refuses.add("Service sonarr");
    const { exitCode, stdout, stderr } = await run(store, content);
    expect(exitCode).toBe(1);
    expect(stdout).toBe("1 created, 0 changed, 0 removed, 0 kept, 0 streams");
    expect(stderr).toContain("500");
    expect(stderr).toContain("will not have Service sonarr");
    expect(titles(store)).toEqual(["Platform"]);
  });

  test.for([
    ["a wrong password", { STORE_PASSWORD: "wrong" }, "401"],
    ["no password", { STORE_PASSWORD: "" }, "STORE_PASSWORD is not set"],
    ["a store that is away", { STORE_URL: "http://127.0.0.1:9" }, "fetch failed"],
  ] as const)("fails with %s, and says so", async ([, over, said]) => {
    await using store = await startStore();
    const { exitCode, stderr } = await run(store, content, over);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(said);
    expect(stderr, "no secret in it").not.toContain(Buffer.from("wrong").toString("base64"));
  });

  test("fails on content that is cut off, and removes nothing", async () => {
    await using store = await startStore();
    await run(store, content);
    expect((await run(store, JSON.stringify(content).slice(0, -20))).exitCode).toBe(1);
    expect((await run(store, { ...content, panels: {} })).exitCode).toBe(1);
    expect(titles(store)).toHaveLength(2);
  });
});
