/** Every query of every panel, as the cluster's program fills it in, is PromQL: promtool reads it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { documents } from "../../../../catalogue/dashboards/config/document.mts";
import { panels } from "../../../../src/model/panels.ts";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";

const slow = { timeout: 1_800_000 };

/** All panels there are, whether or not somebody makes their metrics today. */
const queries = documents({
  folder: "RZP",
  streams: [],
  panels,
  dashboards: [
    {
      title: "All",
      about: "All panels",
      panels: Object.keys(panels),
      names: {
        namespace: "media-sonarr",
        namespaces: "media-sonarr|media-radarr",
        service: "sonarr",
        stream: "media",
      },
    },
  ],
}).flatMap(({ tabs }) =>
  tabs.flatMap((tab) =>
    (tab.panels as { queryType: string; queries: { query: string }[] }[])
      .filter(({ queryType }) => queryType === "promql")
      .flatMap((panel) => panel.queries.map(({ query }) => query)),
  ),
);

async function check(expressions: readonly string[]): Promise<{ exitCode: number; said: string }> {
  const promtool = await ensureTool("promtool");
  if (typeof promtool !== "string") throw new Error(promtool.message);
  const folder = await mkdtemp(join(tmpdir(), "rzp-promql-"));
  try {
    const file = join(folder, "rules.yaml");
    const rules = expressions.map((expr, index) => ({ record: `query:${index}`, expr }));
    await writeFile(file, JSON.stringify({ groups: [{ name: "panels", rules }] }));
    const { exitCode, all } = await execa(promtool, ["check", "rules", file], {
      reject: false,
      all: true,
    });
    return { exitCode: exitCode ?? 70, said: all };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("promtool reads the queries of all panels", slow, async () => {
  const { exitCode, said } = await check(queries);
  expect(said).toContain(`${queries.length} rules found`);
  expect(exitCode).toBe(0);
  expect(queries.length).toBeGreaterThan(25);
});

test.for(['sum by (pod) (up{namespace="x"}', "rate(up)", "up{namespace=x}", "nothing_known(up)"])(
  "promtool refuses `%s`",
  slow,
  async (wrong) => {
    expect((await check([wrong])).exitCode).not.toBe(0);
  },
);
