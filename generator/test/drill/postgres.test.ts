/** A PostgreSQL cluster whose backup is restored: one server is asked what is in it. */
import { describe, expect, test } from "vitest";
import type { DrillCheck, DrillTarget } from "../../src/model/drill-plan.ts";
import { start } from "./here.ts";
import { fails, resultOf } from "./outcome.ts";
import { addBackup, backupTime, namespace, put, sonarr, volume } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

describe("A PostgreSQL cluster", () => {
  const labels = { "cnpg.io/cluster": "postgres", "cnpg.io/pvcRole": "PG_DATA" };
  const at: DrillCheck = {
    is: "newest-row",
    path: "sonarr",
    table: "public.Events",
    column: "at",
    within: 6 * 3600,
  };
  const target = (...checks: DrillCheck[]): DrillTarget => ({
    ...sonarr,
    volumes: [
      volume("postgres-data", [{ is: "databases", names: ["radarr", "sonarr"] }, ...checks], {
        found: labels,
        postgres: { image: "postgresql:18", preload: [] },
        user: 26,
        group: 26,
      }),
    ],
  });
  const said = {
    databases: "app\nradarr\nsonarr\n",
    rows: "radarr\tpublic.Movies\t4\nsonarr\tpublic.Series\t7\nsonarr\tpublic.Events\t9\n",
    newest: `sonarr\tpublic.Events\tat\t${backupTime / 1000 - 60}.5\n`,
    done: "",
  };
  const backUp = (here: Scenario, answers: Readonly<Record<string, string>>) => {
    put(here, "pgdata/PG_VERSION", "18");
    addBackup(here, "state-1", { claims: ["postgres-3"], labels, answers });
  };

  test("is found by its labels and asked by a server of its own image", async () => {
    const here = await start([
      target(at, { is: "rows", path: "sonarr", atLeast: { "public.Series": 5 } }),
    ]);
    backUp(here, said);
    let pod: unknown;
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      pod ??= here.api.store.get(`/api/v1/namespaces/${namespace}/pods/check-postgres-data`);
      tick();
    };
    expect(await here.run()).toBe(true);
    expect(pod).toMatchObject({
      spec: {
        securityContext: { runAsUser: 26 },
        initContainers: [{ name: "database", image: "postgresql:18" }],
        volumes: expect.arrayContaining([
          { name: "restored", persistentVolumeClaim: { claimName: "postgres-3" } },
        ]),
      },
    });
    expect((await resultOf(here))?.inventory).toMatchObject({
      "postgres-data": { tables: { "sonarr/public.Series": 7, "radarr/public.Movies": 4 } },
    });
  });

  test("on which no server starts", async () => {
    const here = await start([target(at)]);
    backUp(here, {
      failed: "PostgreSQL does not start on it\nPANIC:  could not locate a valid checkpoint\n",
    });
    await fails(
      here,
      "DataWrong",
      /does not start on it; PANIC: {2}could not locate a valid checkpoint/,
    );
  });

  test("whose server was not asked to its end", async () => {
    const here = await start([target()]);
    const { done: _, ...half } = said;
    backUp(here, half);
    await fails(here, "DataWrong", /nobody asked PostgreSQL to its end/);
  });

  test("without the database of a consumer, and with an empty one", async () => {
    const here = await start([target()]);
    backUp(here, { ...said, databases: "app\nradarr\n", rows: "radarr\tpublic.Movies\t0\n" });
    await fails(
      here,
      "DataWrong",
      /no table of database radarr has a row; .*database sonarr is not there/,
    );
  });

  test("with one table deleted: named, and by what was there at the drill before", async () => {
    const here = await start([
      target({ is: "rows", path: "sonarr", atLeast: { "public.Series": 5 } }),
    ]);
    backUp(here, said);
    expect(await here.run("restore-drill-1")).toBe(true);
    addBackup(here, "state-2", {
      at: backupTime + 60_000,
      claims: ["postgres-3"],
      labels,
      answers: { ...said, rows: "radarr\tpublic.Movies\t4\nsonarr\tpublic.Tags\t1\n" },
    });
    expect(await here.run("restore-drill-2")).toBe(false);
    expect((await resultOf(here))?.message).toMatch(/sonarr has no table public.Series/);
    expect((await resultOf(here))?.message).toMatch(
      /volume postgres-data: .*table sonarr\/public.Events is gone; 9 rows/,
    );
  });

  test("with a database deleted that no consumer has", async () => {
    const here = await start([target()]);
    backUp(here, {
      ...said,
      databases: `${said.databases}notes\n`,
      rows: `${said.rows}notes\tpublic.n\t2\n`,
    });
    expect(await here.run("restore-drill-1")).toBe(true);
    addBackup(here, "state-2", {
      at: backupTime + 60_000,
      claims: ["postgres-3"],
      labels,
      answers: said,
    });
    expect(await here.run("restore-drill-2")).toBe(false);
    expect((await resultOf(here))?.message).toMatch(/table notes\/public.n is gone; 2 rows/);
  });

  test("whose server did not answer to its end: what it did not say is not missed", async () => {
    const here = await start([target()]);
    backUp(here, said);
    expect(await here.run("restore-drill-1")).toBe(true);
    addBackup(here, "state-2", {
      at: backupTime + 60_000,
      claims: ["postgres-3"],
      labels,
      answers: { databases: said.databases, rows: "", failed: "the tables cannot be read\n" },
    });
    expect(await here.run("restore-drill-2")).toBe(false);
    expect((await resultOf(here))?.message).toBe("volume postgres-data: the tables cannot be read");
  });

  test("with rows of yesterday", async () => {
    const here = await start([target(at)]);
    backUp(here, { ...said, newest: `sonarr\tpublic.Events\tat\t${backupTime / 1000 - 90_000}\n` });
    await fails(here, "DataWrong", /newest row of table public.Events of sonarr .* 90000 s before/);
  });
});
