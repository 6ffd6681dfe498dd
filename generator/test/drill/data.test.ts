/** Data of a restored volume that is not what it should be. */
import { createHash } from "node:crypto";
import { rmSync, truncateSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { DrillCheck } from "../../src/model/drill-plan.ts";
import { start } from "./here.ts";
import { fails, resultOf } from "./outcome.ts";
import {
  addBackup,
  anyFiles,
  app,
  fresh,
  hour,
  put,
  putDatabase,
  sonarr,
  volume,
  withChecks,
} from "./scenario.ts";
import type { Scenario } from "./scenario.ts";
import { appPod, standIn } from "./stand-in.ts";

describe("Data that is not what it should be", () => {
  test("an empty volume", async () => {
    const here = await start();
    addBackup(here, "state-1");
    await fails(here, "DataWrong", /volume config: the volume is empty/);
  });

  test("an empty volume that Velero has put its mark into", async () => {
    const here = await start([
      { ...sonarr, volumes: [volume("config", [fresh], { throughPods: app })] },
    ]);
    here.cluster.rules = standIn;
    addBackup(here, "state-1", { throughPod: true, objects: { pods: [appPod] } });
    await fails(
      here,
      "DataWrong",
      /the volume is empty; volume config: no file from before the backup/,
    );
  });

  test("yesterday's data in today's backup", async () => {
    const here = await start([withChecks(anyFiles, fresh)]);
    put(here, "config.xml", "<Config></Config>", 26 * hour);
    put(here, "logs/sonarr.txt", "it ran", 25 * hour);
    addBackup(here, "state-1");
    await fails(
      here,
      "DataWrong",
      /newest file of the volume is of 2026-11-19T01:00:00.000Z, 90000 s before the backup/,
    );
  });

  test("yesterday's data beside a file that is younger than the backup", async () => {
    const here = await start([withChecks(fresh)]);
    put(here, "config.xml", "<Config></Config>", 26 * hour);
    put(here, "made-anew", "x", -2 * hour);
    addBackup(here, "state-1");
    await fails(here, "DataWrong", /93600 s before the backup/);
  });

  test("yesterday's rows in a file of today", async () => {
    const here = await start([
      withChecks({
        is: "newest-row",
        path: "app.db",
        table: "events",
        column: "at",
        within: 6 * 3600,
      }),
    ]);
    putDatabase(here, "app.db", [
      "CREATE TABLE events (at TEXT)",
      "INSERT INTO events VALUES ('2026-11-19 01:00:00')",
    ]);
    addBackup(here, "state-1");
    await fails(here, "DataWrong", /newest row of table events of app.db .*90000 s before/);
  });

  const rows: DrillCheck = { is: "rows", path: "app.db", atLeast: { series: 3 } };
  const tables = [
    "CREATE TABLE series (id INTEGER)",
    "INSERT INTO series VALUES (1), (2), (3)",
    "CREATE TABLE tags (id INTEGER)",
    "INSERT INTO tags VALUES (1)",
  ];

  test("a deleted table of those that are named", async () => {
    const here = await start([withChecks(rows)]);
    putDatabase(here, "app.db", [...tables, "DROP TABLE series"]);
    addBackup(here, "state-1");
    await fails(here, "DataWrong", /app.db has no table series/);
  });

  test("too few rows", async () => {
    const here = await start([withChecks(rows)]);
    putDatabase(here, "app.db", [...tables, "DELETE FROM series WHERE id > 1"]);
    addBackup(here, "state-1");
    await fails(here, "DataWrong", /table series of app.db has 1 rows; at least 3/);
  });

  test("a deleted table that nobody named: it was there at the drill before", async () => {
    const here = await start([withChecks(rows)]);
    const file = putDatabase(here, "app.db", tables);
    addBackup(here, "state-1");
    expect(await here.run("restore-drill-1")).toBe(true);
    rmSync(file);
    putDatabase(here, "app.db", [...tables, "DROP TABLE tags"]);
    expect(await here.run("restore-drill-2")).toBe(false);
    expect(await resultOf(here)).toMatchObject({
      reason: "DataWrong",
      inventory: { config: { tables: { "app.db/tags": 1 } } },
    });
    expect((await resultOf(here))?.message).toMatch(
      /volume config: table app.db\/tags is gone; 1 rows were in it/,
    );
  });

  describe("of more tables than a pod has room to name", () => {
    const all = Array.from({ length: 160 }, (_, index) => `table_of_some_length_${index}`);
    const fill = (table: string, rows: number) =>
      `INSERT INTO ${table} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT i FROM n`;
    const known = async (here: Scenario) =>
      Object.keys((await resultOf(here))?.inventory?.["config"]?.tables ?? {}).map((table) =>
        table.replace("app.db/", ""),
      );
    const drilled = async () => {
      const here = await start([withChecks({ is: "rows", path: "app.db", atLeast: {} })]);
      const made = all.map((table) => `CREATE TABLE ${table} (id INTEGER)`);
      putDatabase(here, "app.db", [...made, ...all.map((table, index) => fill(table, index + 1))]);
      addBackup(here, "state-1");
      expect(await here.run("restore-drill-1")).toBe(true);
      return here;
    };

    test("none is missed that others have outgrown", async () => {
      const here = await drilled();
      const before = await known(here);
      const unnamed = all.filter((table) => !before.includes(table));
      expect(unnamed.length).toBeGreaterThan(10);
      putDatabase(
        here,
        "app.db",
        unnamed.map((table) => fill(table, 1000)),
      );
      expect(await here.run("restore-drill-2")).toBe(true);
      const after = await known(here);
      expect(before.filter((table) => !after.includes(table)).length).toBeGreaterThan(10);
    });

    test("each that was named is missed", async () => {
      const here = await drilled();
      const last = (await known(here)).at(-1) ?? "";
      putDatabase(here, "app.db", [`DROP TABLE ${last}`]);
      expect(await here.run("restore-drill-2")).toBe(false);
      expect((await resultOf(here))?.message).toMatch(new RegExp(`${last} is gone`));
      expect((await resultOf(here))?.message.match(/is gone/g)).toHaveLength(1);
    });
  });

  test("a table that is called like a variable of the pod is not missed", async () => {
    const here = await start([withChecks(rows)]);
    const odd = ["CREATE TABLE [b$$c] (id INTEGER)", "CREATE TABLE [$(RESTORED)] (id INTEGER)"];
    putDatabase(here, "app.db", [...tables, ...odd]);
    addBackup(here, "state-1");
    expect(await here.run("restore-drill-1")).toBe(true);
    expect(await here.run("restore-drill-2")).toBe(true);
    expect(Object.keys((await resultOf(here))?.inventory?.["config"]?.tables ?? {})).toEqual(
      expect.arrayContaining(["app.db/b$$c", "app.db/$(RESTORED)"]),
    );
  });

  test("tables of a database that is not looked into any more are not missed", async () => {
    const here = await start([withChecks(rows)]);
    putDatabase(here, "app.db", tables);
    put(here, "old/notes", "");
    putDatabase(here, "old/app.db", tables);
    addBackup(here, "state-1");
    expect(await here.run("restore-drill-1")).toBe(true);
    const [target] = here.plan.targets;
    Object.assign(target?.volumes[0] ?? {}, {
      checks: [{ is: "rows", path: "old/app.db", atLeast: {} }],
    });
    expect(await here.run("restore-drill-2")).toBe(true);
    expect(Object.keys((await resultOf(here))?.inventory?.["config"]?.tables ?? {})).toEqual([
      "old/app.db/series",
      "old/app.db/tags",
    ]);
  });

  test("most of the files of the drill before are gone", async () => {
    const here = await start();
    const files = ["a", "b", "c"].map((name) => put(here, name, name));
    addBackup(here, "state-1");
    expect(await here.run("restore-drill-1")).toBe(true);
    for (const file of files.slice(1)) rmSync(file);
    expect(await here.run("restore-drill-2")).toBe(false);
    expect((await resultOf(here))?.message).toMatch(/volume config: it has 1 files; 3 were there/);
  });

  describe("a list of sums", () => {
    const sums: DrillCheck = { is: "checksums", path: "backups/SHA256SUMS" };
    const sum = createHash("sha256").update("dump").digest("hex");
    const list = (here: Scenario, ...lines: string[]) =>
      put(here, "backups/SHA256SUMS", lines.join("\n"));
    const backedUp = async () => {
      const here = await start([withChecks(sums)]);
      put(here, "backups/a.sql", "dump");
      addBackup(here, "state-1");
      return here;
    };

    test("of files that are as it says", async () => {
      const here = await backedUp();
      list(here, `${sum}  a.sql`, `${sum} *../backups/a.sql`, "");
      expect(await here.run()).toBe(true);
    });

    test("of one that is changed, one that is gone, and a line that is no sum", async () => {
      const here = await backedUp();
      put(here, "backups/b.sql", "dum");
      list(here, `${sum}  b.sql`, `${sum}  c.sql`, sum, `${sum}  a.sql`);
      await fails(
        here,
        "DataWrong",
        /: b.sql is not what backups\/SHA256SUMS says; .*c.sql is in .*, and not there; .* no SHA-256 sum$/,
      );
    });

    test("that names nothing, or is not there", async () => {
      const here = await backedUp();
      list(here, "", "");
      await fails(here, "DataWrong", /SHA256SUMS names no file/);
      rmSync(path.join(here.data, "backups/SHA256SUMS"));
      expect(await here.run("restore-drill-2")).toBe(false);
      expect((await resultOf(here))?.message).toMatch(/SHA256SUMS is not there/);
    });

    test("that is wrong throughout is not told line by line", async () => {
      const here = await backedUp();
      list(here, ...Array.from({ length: 50_000 }, (_, index) => `${sum}  gone-${index}`));
      await fails(here, "DataWrong", /gone-0 is in .*gone-19 is in .*not there$/);
    });
  });

  test("the newest file of a folder and of one file, not of what is called alike", async () => {
    const newest = (at: string): DrillCheck => ({ is: "newest", path: at, within: 3600 });
    const here = await start([withChecks(newest("logs/"), newest("a.txt"), newest("gone"))]);
    put(here, "logs/deep/old.txt", "x", 9 * hour);
    put(here, "logs/deep/er/older.txt", "x", 10 * hour);
    put(here, "logs-2/new.txt", "x");
    put(here, "a.txt", "x");
    put(here, "a.txt.old", "x", 9 * hour);
    addBackup(here, "state-1");
    await fails(
      here,
      "DataWrong",
      /^volume config: the newest file of logs\/ is of .*, 32400 s before the backup; at most 3600 s were expected; volume config: no file from before the backup is in gone$/,
    );
  });

  test("a truncated file", async () => {
    const here = await start([withChecks({ is: "whole", path: "config.xml" })]);
    truncateSync(put(here, "config.xml", "<Config><Port>8989</Port></Config>"), 20);
    addBackup(here, "state-1");
    await fails(here, "DataWrong", /config.xml is not whole: it does not end with <\/Config>/);
  });

  test("a truncated database", async () => {
    const here = await start([withChecks(rows)]);
    const many = Array.from({ length: 400 }, (_, id) => `(${id})`).join(",");
    const file = putDatabase(here, "app.db", [...tables, `INSERT INTO series VALUES ${many}`]);
    truncateSync(file, 4096);
    addBackup(here, "state-1");
    await fails(here, "DataWrong", /app.db is not whole/);
  });
});
