/** The drill from its first call to its last, against a faithful API server, Velero and kubelet; the checks are the real program. */
import { createHash } from "node:crypto";
import { rmSync, truncateSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DrillCheck, DrillTarget } from "../../src/model/drill-plan.ts";
import {
  addBackup,
  backupTime,
  hour,
  leftovers,
  namespace,
  object,
  put,
  putDatabase,
  scenario,
  sonarr,
  velero,
  volume,
} from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

let here: Scenario;
afterEach(() => here.close());

const start = async (targets?: readonly DrillTarget[]) => (here = await scenario(targets));
const withChecks = (...checks: DrillCheck[]): DrillTarget => ({
  ...sonarr,
  volumes: [volume("config", checks)],
});
const result = async () => (await here.results())["prod.sonarr"];
const app = { "app.kubernetes.io/name": "sonarr", "app.kubernetes.io/component": "main" };
const anyFiles: DrillCheck = { is: "files", atLeast: 2, bytes: 10 };
const fresh: DrillCheck = { is: "newest", path: "", within: 6 * 3600 };

/** Runs, and expects that the service did not pass, for this reason, and that nothing is left. */
async function fails(reason: string, message: RegExp): Promise<void> {
  expect(await here.run()).toBe(false);
  expect(await result()).toMatchObject({ passed: false, reason });
  expect((await result())?.message).toMatch(message);
  expect(leftovers(here)).toEqual([]);
}

describe("A backup that is whole", () => {
  test("passes, is measured and told, and nothing is left", async () => {
    await start([withChecks(anyFiles, fresh, { is: "whole", path: "config.xml" })]);
    put(here, "config.xml", "<Config><Port>8989</Port></Config>\n");
    put(here, "logs/sonarr.txt", "it ran");
    addBackup(here, "state-1");
    expect(await here.run()).toBe(true);
    expect(await result()).toMatchObject({
      passed: true,
      run: "restore-drill-1",
      inventory: { config: { files: 2, bytes: 41 } },
    });
    const found = await result();
    expect(found?.seconds).toBeGreaterThan(0);
    expect(found?.backupAge).toBeGreaterThanOrEqual(3600);
    expect(leftovers(here)).toEqual([]);
    const events = here.api.store
      .of(`/api/v1/namespaces/${namespace}/events`)
      .map(([, event]) => event);
    expect(events).toMatchObject([
      { type: "Normal", reason: "RestoreDrillPassed", involvedObject: { name: "restore-drill" } },
    ]);
    expect(here.lines).toMatchObject([{ service: "sonarr", passed: true }]);
  });

  test("is drilled by a service of any name, which leaves its own pods alone", async () => {
    here = await scenario([sonarr], "proof");
    put(here, "a", "a");
    addBackup(here, "state-1");
    const pod = (name: string, app: string) => {
      const labels = { "app.kubernetes.io/name": app };
      here.api.store.add(`/api/v1/namespaces/${namespace}/pods`, {
        ...object("Pod", name, { containers: [], volumes: [] }),
        metadata: { name, namespace, uid: "", labels },
      });
    };
    pod("proof-1", "proof");
    pod("left", "restore-drill");
    expect(await here.run()).toBe(true);
    expect(leftovers(here).filter((where) => where.includes("/pods/"))).toEqual([
      `/api/v1/namespaces/${namespace}/pods/proof-1`,
    ]);
    expect(
      here.api.store.get(`/api/v1/namespaces/${namespace}/configmaps/proof-results`),
    ).toBeDefined();
    const [event] = here.api.store.of(`/api/v1/namespaces/${namespace}/events`);
    expect(event?.[1]).toMatchObject({ involvedObject: { name: "proof" } });
  });

  test("only what was asked for comes back, and under the drill's namespace", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    let restore: unknown;
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      restore ??= here.api.store.of(`/apis/velero.io/v1/namespaces/${velero}/restores`)[0]?.[1];
      tick();
    };
    await here.run();
    expect(restore).toMatchObject({
      spec: {
        backupName: "state-1",
        includedNamespaces: ["media-sonarr"],
        includedResources: ["persistentvolumeclaims", "persistentvolumes"],
        namespaceMapping: { "media-sonarr": namespace },
        existingResourcePolicy: "none",
        resourceModifier: { kind: "configmap", name: "restore-drill" },
      },
    });
  });

  test("a storage class that binds at first use holds nothing up", async () => {
    await start();
    put(here, "a", "a");
    here.cluster.behaviour.bindsAtFirstUse = true;
    addBackup(here, "state-1");
    expect(await here.run()).toBe(true);
  });

  test("an API server that restarts meanwhile is waited for", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.api.troubles.push(503, 500, 429, 0, 0);
    expect(await here.run()).toBe(true);
  });

  test("and so is one that has not read its roles yet, since it was away", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.api.troubles.push(0, 403, 403);
    expect(await here.run()).toBe(true);
  });

  test("and so is a quota that still counts pods that are gone", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.api.quota.gone = 7;
    const { now } = here.clock;
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      if (here.clock.now > now + 5 * 60_000) here.api.quota.gone = 0;
      tick();
    };
    expect(await here.run()).toBe(true);
    expect((await result())?.seconds).toBeGreaterThan(5 * 60);
  });
});

describe("No backup to restore", () => {
  test("none at all", async () => {
    await start();
    await fails(
      "NoBackup",
      /no completed backup holds namespace media-sonarr; there is no backup at all/,
    );
  });

  test("none that is completed", async () => {
    await start();
    addBackup(here, "state-1", { phase: "PartiallyFailed" });
    addBackup(here, "state-2", { phase: "InProgress" });
    await fails("NoBackup", /state-1 \(PartiallyFailed\), state-2 \(InProgress\)/);
  });

  test("none of this namespace, though of one that begins alike", async () => {
    await start();
    addBackup(here, "state-1", { namespaces: ["media-sonarr-2", "media-son", "*-radarr"] });
    await fails("NoBackup", /there are 1 backups/);
  });

  test("only an old one", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1", { at: backupTime - 24 * hour });
    addBackup(here, "state-2", { phase: "Failed" });
    await fails("BackupTooOld", /state-1, is 900\d\d s old; at most 14400 s/);
  });

  test("a namespace by a pattern, and the newest of several, is taken", async () => {
    await start([withChecks(fresh)]);
    addBackup(here, "state-1", { at: backupTime - hour });
    put(here, "a", "a");
    addBackup(here, "state-2", { namespaces: ["media-*"] });
    addBackup(here, "state-0", { at: backupTime - 2 * hour });
    const names: string[] = [];
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      for (const [, { spec }] of here.api.store.of(
        `/apis/velero.io/v1/namespaces/${velero}/restores`,
      ))
        names.push((spec as { backupName: string }).backupName);
      tick();
    };
    expect(await here.run()).toBe(true);
    expect(new Set(names)).toEqual(new Set(["state-2"]));
  });
});

describe("A restore that does not end well", () => {
  for (const [phase, reason] of [
    ["PartiallyFailed", "RestorePartiallyFailed"],
    ["Failed", "RestoreFailed"],
  ] as const)
    test(`${phase} counts as failed, although its volume looks right`, async () => {
      await start();
      put(here, "a", "a");
      addBackup(here, "state-1");
      here.cluster.behaviour.endsAs = phase;
      await fails(reason, new RegExp(`is ${phase}`));
    });

  test("one Velero refuses says why", async () => {
    await start();
    addBackup(here, "state-1");
    here.cluster.backups.clear();
    await fails("RestoreRefused", /backup state-1 not found/);
  });

  test("one that never ends is given up, and what holds the namespace is named", async () => {
    const other = (service: string) => ({ ...sonarr, service, namespace: `media-${service}` });
    await start([sonarr, other("radarr"), other("prowlarr")]);
    addBackup(here, "state-1");
    here.cluster.behaviour.hangs = true;
    expect(await here.run()).toBe(false);
    expect(await result()).toMatchObject({ reason: "TimedOut" });
    expect((await result())?.message).toMatch(
      /waiting for Restore .*: it is InProgress; .*InProgress/,
    );
    for (const service of ["radarr", "prowlarr"])
      expect((await here.results())[`prod.${service}`]).toMatchObject({
        passed: false,
        reason: "NotReached",
        message: expect.stringMatching(/^an earlier service is in the way: waiting for Restores/),
      });
  });

  describe("a claim that only a pod has which an autoscaler adds", () => {
    const added = volume("config-1", [], { mayBeMissing: true });
    const scaled = { ...sonarr, volumes: [volume("config"), added] };

    test("is not missed where none was ever made", async () => {
      await start([scaled]);
      put(here, "a", "a");
      addBackup(here, "state-1");
      expect(await here.run()).toBe(true);
      expect(Object.keys((await result())?.inventory ?? {})).toEqual(["config"]);
      expect(leftovers(here)).toEqual([]);
    });

    test("is looked at where it is there, and missed from then on", async () => {
      await start([scaled]);
      put(here, "a", "a");
      addBackup(here, "state-1", { claims: ["config", "config-1"] });
      expect(await here.run()).toBe(true);
      expect(Object.keys((await result())?.inventory ?? {})).toEqual(["config", "config-1"]);
      addBackup(here, "state-2", { at: backupTime + 60_000 });
      expect(await here.run("restore-drill-2")).toBe(false);
      expect((await result())?.message).toMatch(/claim config-1 is not in backup state-2/);
    });
  });

  test("a claim that is not in the backup", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1", { claims: ["other"] });
    await fails("DataWrong", /claim config is not in backup state-1/);
  });
});

describe("What is restored never gets ready", () => {
  test("a quota without room for a check, ever", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.api.quota.gone = 7;
    await fails(
      "NotReady",
      /waiting to look into volume config: .*exceeded quota: .* used: pods=7, limited: pods=7/,
    );
  });

  test("a check that Pod Security refuses is not tried again", async () => {
    await start([{ ...sonarr, volumes: [volume("config", [], { user: 0 })] }]);
    put(here, "a", "a");
    addBackup(here, "state-1");
    await fails("ApiServer", /violates PodSecurity "restricted:latest": runAsUser=0/);
    expect((await result())?.seconds).toBeLessThan(60);
  });

  test("an image that cannot be pulled", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.cluster.behaviour.pullsNothing = true;
    await fails(
      "NotReady",
      /pod check-config is Pending \(ImagePullBackOff Back-off pulling image\)/,
    );
  });
});

describe("Data that is not what it should be", () => {
  test("an empty volume", async () => {
    await start();
    addBackup(here, "state-1");
    await fails("DataWrong", /volume config: the volume is empty/);
  });

  test("an empty volume that Velero has put its mark into", async () => {
    await start([{ ...sonarr, volumes: [volume("config", [fresh], { throughPods: app })] }]);
    here.cluster.rules = standIn;
    addBackup(here, "state-1", { throughPod: true, objects: { pods: [appPod] } });
    await fails("DataWrong", /the volume is empty; volume config: no file from before the backup/);
  });

  test("yesterday's data in today's backup", async () => {
    await start([withChecks(anyFiles, fresh)]);
    put(here, "config.xml", "<Config></Config>", 26 * hour);
    put(here, "logs/sonarr.txt", "it ran", 25 * hour);
    addBackup(here, "state-1");
    await fails(
      "DataWrong",
      /newest file of the volume is of 2026-11-19T01:00:00.000Z, 90000 s before the backup/,
    );
  });

  test("yesterday's data beside a file that is younger than the backup", async () => {
    await start([withChecks(fresh)]);
    put(here, "config.xml", "<Config></Config>", 26 * hour);
    put(here, "made-anew", "x", -2 * hour);
    addBackup(here, "state-1");
    await fails("DataWrong", /93600 s before the backup/);
  });

  test("yesterday's rows in a file of today", async () => {
    await start([
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
    await fails("DataWrong", /newest row of table events of app.db .*90000 s before/);
  });

  const rows: DrillCheck = { is: "rows", path: "app.db", atLeast: { series: 3 } };
  const tables = [
    "CREATE TABLE series (id INTEGER)",
    "INSERT INTO series VALUES (1), (2), (3)",
    "CREATE TABLE tags (id INTEGER)",
    "INSERT INTO tags VALUES (1)",
  ];

  test("a deleted table of those that are named", async () => {
    await start([withChecks(rows)]);
    putDatabase(here, "app.db", [...tables, "DROP TABLE series"]);
    addBackup(here, "state-1");
    await fails("DataWrong", /app.db has no table series/);
  });

  test("too few rows", async () => {
    await start([withChecks(rows)]);
    putDatabase(here, "app.db", [...tables, "DELETE FROM series WHERE id > 1"]);
    addBackup(here, "state-1");
    await fails("DataWrong", /table series of app.db has 1 rows; at least 3/);
  });

  test("a deleted table that nobody named: it was there at the drill before", async () => {
    await start([withChecks(rows)]);
    const file = putDatabase(here, "app.db", tables);
    addBackup(here, "state-1");
    expect(await here.run("restore-drill-1")).toBe(true);
    rmSync(file);
    putDatabase(here, "app.db", [...tables, "DROP TABLE tags"]);
    expect(await here.run("restore-drill-2")).toBe(false);
    expect(await result()).toMatchObject({
      reason: "DataWrong",
      inventory: { config: { tables: { "app.db/tags": 1 } } },
    });
    expect((await result())?.message).toMatch(
      /volume config: table app.db\/tags is gone; 1 rows were in it/,
    );
  });

  describe("of more tables than a pod has room to name", () => {
    const all = Array.from({ length: 160 }, (_, index) => `table_of_some_length_${index}`);
    const fill = (table: string, rows: number) =>
      `INSERT INTO ${table} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT i FROM n`;
    const known = async () =>
      Object.keys((await result())?.inventory?.["config"]?.tables ?? {}).map((table) =>
        table.replace("app.db/", ""),
      );
    beforeEach(async () => {
      await start([withChecks({ is: "rows", path: "app.db", atLeast: {} })]);
      const made = all.map((table) => `CREATE TABLE ${table} (id INTEGER)`);
      putDatabase(here, "app.db", [...made, ...all.map((table, index) => fill(table, index + 1))]);
      addBackup(here, "state-1");
      expect(await here.run("restore-drill-1")).toBe(true);
    });

    test("none is missed that others have outgrown", async () => {
      const before = await known();
      const unnamed = all.filter((table) => !before.includes(table));
      expect(unnamed.length).toBeGreaterThan(10);
      putDatabase(
        here,
        "app.db",
        unnamed.map((table) => fill(table, 1000)),
      );
      expect(await here.run("restore-drill-2")).toBe(true);
      const after = await known();
      expect(before.filter((table) => !after.includes(table)).length).toBeGreaterThan(10);
    });

    test("each that was named is missed", async () => {
      const last = (await known()).at(-1) ?? "";
      putDatabase(here, "app.db", [`DROP TABLE ${last}`]);
      expect(await here.run("restore-drill-2")).toBe(false);
      expect((await result())?.message).toMatch(new RegExp(`${last} is gone`));
      expect((await result())?.message.match(/is gone/g)).toHaveLength(1);
    });
  });

  test("a table that is called like a variable of the pod is not missed", async () => {
    await start([withChecks(rows)]);
    const odd = ["CREATE TABLE [b$$c] (id INTEGER)", "CREATE TABLE [$(RESTORED)] (id INTEGER)"];
    putDatabase(here, "app.db", [...tables, ...odd]);
    addBackup(here, "state-1");
    expect(await here.run("restore-drill-1")).toBe(true);
    expect(await here.run("restore-drill-2")).toBe(true);
    expect(Object.keys((await result())?.inventory?.["config"]?.tables ?? {})).toEqual(
      expect.arrayContaining(["app.db/b$$c", "app.db/$(RESTORED)"]),
    );
  });

  test("tables of a database that is not looked into any more are not missed", async () => {
    await start([withChecks(rows)]);
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
    expect(Object.keys((await result())?.inventory?.["config"]?.tables ?? {})).toEqual([
      "old/app.db/series",
      "old/app.db/tags",
    ]);
  });

  test("most of the files of the drill before are gone", async () => {
    await start();
    const files = ["a", "b", "c"].map((name) => put(here, name, name));
    addBackup(here, "state-1");
    expect(await here.run("restore-drill-1")).toBe(true);
    for (const file of files.slice(1)) rmSync(file);
    expect(await here.run("restore-drill-2")).toBe(false);
    expect((await result())?.message).toMatch(/volume config: it has 1 files; 3 were there/);
  });

  describe("a list of sums", () => {
    const sums: DrillCheck = { is: "checksums", path: "backups/SHA256SUMS" };
    const sum = createHash("sha256").update("dump").digest("hex");
    const list = (...lines: string[]) => put(here, "backups/SHA256SUMS", lines.join("\n"));
    beforeEach(async () => {
      await start([withChecks(sums)]);
      put(here, "backups/a.sql", "dump");
      addBackup(here, "state-1");
    });

    test("of files that are as it says", async () => {
      list(`${sum}  a.sql`, `${sum} *../backups/a.sql`, "");
      expect(await here.run()).toBe(true);
    });

    test("of one that is changed, one that is gone, and a line that is no sum", async () => {
      put(here, "backups/b.sql", "dum");
      list(`${sum}  b.sql`, `${sum}  c.sql`, sum, `${sum}  a.sql`);
      await fails(
        "DataWrong",
        /: b.sql is not what backups\/SHA256SUMS says; .*c.sql is in .*, and not there; .* no SHA-256 sum$/,
      );
    });

    test("that names nothing, or is not there", async () => {
      list("", "");
      await fails("DataWrong", /SHA256SUMS names no file/);
      rmSync(path.join(here.data, "backups/SHA256SUMS"));
      expect(await here.run("restore-drill-2")).toBe(false);
      expect((await result())?.message).toMatch(/SHA256SUMS is not there/);
    });

    test("that is wrong throughout is not told line by line", async () => {
      list(...Array.from({ length: 50_000 }, (_, index) => `${sum}  gone-${index}`));
      await fails("DataWrong", /gone-0 is in .*gone-19 is in .*not there$/);
    });
  });

  test("the newest file of a folder and of one file, not of what is called alike", async () => {
    const newest = (at: string): DrillCheck => ({ is: "newest", path: at, within: 3600 });
    await start([withChecks(newest("logs/"), newest("a.txt"), newest("gone"))]);
    put(here, "logs/deep/old.txt", "x", 9 * hour);
    put(here, "logs/deep/er/older.txt", "x", 10 * hour);
    put(here, "logs-2/new.txt", "x");
    put(here, "a.txt", "x");
    put(here, "a.txt.old", "x", 9 * hour);
    addBackup(here, "state-1");
    await fails(
      "DataWrong",
      /^volume config: the newest file of logs\/ is of .*, 32400 s before the backup; at most 3600 s were expected; volume config: no file from before the backup is in gone$/,
    );
  });

  test("a truncated file", async () => {
    await start([withChecks({ is: "whole", path: "config.xml" })]);
    truncateSync(put(here, "config.xml", "<Config><Port>8989</Port></Config>"), 20);
    addBackup(here, "state-1");
    await fails("DataWrong", /config.xml is not whole: it does not end with <\/Config>/);
  });

  test("a truncated database", async () => {
    await start([withChecks(rows)]);
    const many = Array.from({ length: 400 }, (_, id) => `(${id})`).join(",");
    const file = putDatabase(here, "app.db", [...tables, `INSERT INTO series VALUES ${many}`]);
    truncateSync(file, 4096);
    addBackup(here, "state-1");
    await fails("DataWrong", /app.db is not whole/);
  });
});

/** A pod as the service had it: it waits for a database that is not there, and its first container is loosened. */
const appPod = object(
  "Pod",
  "sonarr-1",
  {
    hostNetwork: true,
    securityContext: { runAsUser: 0 },
    initContainers: [{ name: "wait-for-postgres", image: "busybox" }],
    containers: [{ name: "main", image: "sonarr", securityContext: { privileged: true } }],
    volumes: [
      { name: "config", persistentVolumeClaim: { claimName: "config" } },
      { name: "device", hostPath: { path: "/dev/net/tun" } },
    ],
  },
  app,
);
/** Of another component: it mounts nothing that is backed up, and would run. */
const otherPod = object(
  "Pod",
  "other-1",
  { containers: [{ name: "main", image: "other" }] },
  { ...app, "app.kubernetes.io/component": "other" },
);

/** As RZP renders it (release/drill/modifiers.ts is tested for it). */
const restricted = {
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};
const bare = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const standIn = [
  {
    conditions: { groupResource: "pods", namespaces: ["media-sonarr"] },
    strategicPatches: [
      {
        patchData: JSON.stringify({
          spec: {
            hostNetwork: null,
            securityContext: { $patch: "replace", ...restricted },
            initContainers: [
              { name: "wait-for-postgres", $patch: "delete" },
              { name: "restore-wait", securityContext: { $patch: "replace", ...bare } },
            ],
            containers: [
              { $patch: "replace" },
              { name: "stand-in", image: "node", securityContext: bare },
            ],
            volumes: [
              { $patch: "replace" },
              { name: "config", persistentVolumeClaim: { claimName: "config" } },
            ],
          },
        }),
      },
    ],
  },
];

describe("Two claims whose long names begin the same", () => {
  const claims = [0, 1].map((pod) => `data-${"a".repeat(52)}-${pod}`);
  const target = (...checks: DrillCheck[]): DrillTarget => ({
    ...sonarr,
    // The first is well, whatever is in it.
    volumes: [volume(claims[0] ?? ""), volume(claims[1] ?? "", checks)],
  });

  test("are looked into each by a pod of its own", async () => {
    await start([target(anyFiles)]);
    put(here, "a", "more than ten bytes");
    put(here, "b", "b");
    addBackup(here, "state-1", { claims });
    const asked = new Map<string, string>();
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      for (const [, { metadata, spec }] of here.api.store.of(
        `/api/v1/namespaces/${namespace}/pods`,
      ))
        asked.set(metadata.name, JSON.stringify(spec));
      tick();
    };
    expect(await here.run()).toBe(true);
    // A database may have to be copied, and is no larger than its volume.
    for (const text of asked.values()) expect(text).toContain('"emptyDir":{"sizeLimit":"5Gi"}');
    const names = [...asked.keys()];
    expect(names).toHaveLength(2);
    expect(names.every((name) => name.length <= 63)).toBe(true);
    expect([...asked.values()].map((text) => claims.filter((one) => text.includes(one)))).toEqual(
      claims.map((claim) => [claim]),
    );
    expect(leftovers(here)).toEqual([]);
  });

  test("are not taken for each other: what one lacks is told", async () => {
    await start([target({ is: "whole", path: "config.xml" })]);
    put(here, "a", "more than ten bytes");
    addBackup(here, "state-1", { claims });
    await fails("DataWrong", new RegExp(`volume ${claims[1]}: .*config.xml`));
  });
});

describe("A volume Velero fills through a pod", () => {
  const target = { ...sonarr, volumes: [volume("config", [fresh], { throughPods: app })] };

  test("is filled through a stand-in, however loosened the pod was", async () => {
    await start([target]);
    put(here, "a", "a");
    here.cluster.rules = standIn;
    addBackup(here, "state-1", { throughPod: true, objects: { pods: [appPod, otherPod] } });
    expect(await here.run()).toBe(true);
    expect(here.cluster.refused).toEqual([]);
    expect(leftovers(here)).toEqual([]);
  });

  test("without the stand-in it would be refused: the helper bears what the first container may", async () => {
    await start([target]);
    put(here, "a", "a");
    addBackup(here, "state-1", { throughPod: true, objects: { pods: [appPod] } });
    await fails("RestorePartiallyFailed", /1 errors/);
    expect(here.cluster.refused).toEqual(["pod sonarr-1: host namespaces"]);
  });
});

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
  const backUp = (answers: Readonly<Record<string, string>>) => {
    put(here, "pgdata/PG_VERSION", "18");
    addBackup(here, "state-1", { claims: ["postgres-3"], labels, answers });
  };

  test("is found by its labels and asked by a server of its own image", async () => {
    await start([target(at, { is: "rows", path: "sonarr", atLeast: { "public.Series": 5 } })]);
    backUp(said);
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
    expect((await result())?.inventory).toMatchObject({
      "postgres-data": { tables: { "sonarr/public.Series": 7, "radarr/public.Movies": 4 } },
    });
  });

  test("on which no server starts", async () => {
    await start([target(at)]);
    backUp({
      failed: "PostgreSQL does not start on it\nPANIC:  could not locate a valid checkpoint\n",
    });
    await fails("DataWrong", /does not start on it; PANIC: {2}could not locate a valid checkpoint/);
  });

  test("whose server was not asked to its end", async () => {
    await start([target()]);
    const { done: _, ...half } = said;
    backUp(half);
    await fails("DataWrong", /nobody asked PostgreSQL to its end/);
  });

  test("without the database of a consumer, and with an empty one", async () => {
    await start([target()]);
    backUp({ ...said, databases: "app\nradarr\n", rows: "radarr\tpublic.Movies\t0\n" });
    await fails(
      "DataWrong",
      /no table of database radarr has a row; .*database sonarr is not there/,
    );
  });

  test("with one table deleted: named, and by what was there at the drill before", async () => {
    await start([target({ is: "rows", path: "sonarr", atLeast: { "public.Series": 5 } })]);
    backUp(said);
    expect(await here.run("restore-drill-1")).toBe(true);
    addBackup(here, "state-2", {
      at: backupTime + 60_000,
      claims: ["postgres-3"],
      labels,
      answers: { ...said, rows: "radarr\tpublic.Movies\t4\nsonarr\tpublic.Tags\t1\n" },
    });
    expect(await here.run("restore-drill-2")).toBe(false);
    expect((await result())?.message).toMatch(/sonarr has no table public.Series/);
    expect((await result())?.message).toMatch(
      /volume postgres-data: .*table sonarr\/public.Events is gone; 9 rows/,
    );
  });

  test("with a database deleted that no consumer has", async () => {
    await start([target()]);
    backUp({
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
    expect((await result())?.message).toMatch(/table notes\/public.n is gone; 2 rows/);
  });

  test("whose server did not answer to its end: what it did not say is not missed", async () => {
    await start([target()]);
    backUp(said);
    expect(await here.run("restore-drill-1")).toBe(true);
    addBackup(here, "state-2", {
      at: backupTime + 60_000,
      claims: ["postgres-3"],
      labels,
      answers: { databases: said.databases, rows: "", failed: "the tables cannot be read\n" },
    });
    expect(await here.run("restore-drill-2")).toBe(false);
    expect((await result())?.message).toBe("volume postgres-data: the tables cannot be read");
  });

  test("with rows of yesterday", async () => {
    await start([target(at)]);
    backUp({ ...said, newest: `sonarr\tpublic.Events\tat\t${backupTime / 1000 - 90_000}\n` });
    await fails("DataWrong", /newest row of table public.Events of sonarr .* 90000 s before/);
  });
});

describe("A service that is started", () => {
  const deployment = object("Deployment", "sonarr", {
    replicas: 1,
    template: { metadata: { labels: app }, spec: { containers: [] } },
  });
  const target: DrillTarget = {
    ...sonarr,
    starts: {
      workloads: [{ resource: "deployments", name: "sonarr" }],
      http: { pods: app, port: 8989, path: "/ping" },
    },
  };
  const backUp = () => {
    put(here, "a", "a");
    addBackup(here, "state-1", { objects: { "deployments.apps": [deployment] } });
  };

  test("is ready and answers", async () => {
    await start([target]);
    backUp();
    expect(await here.run()).toBe(true);
    expect(here.http.asked).toEqual(["http://127.0.0.1:8989/ping"]);
    expect(leftovers(here)).toEqual([]);
  });

  test("is never ready", async () => {
    await start([target]);
    backUp();
    here.cluster.behaviour.neverReady = true;
    await fails("NotReady", /waiting for sonarr to be ready: 0 of 1 pods are ready/);
  });

  test("answers with an error", async () => {
    await start([target]);
    backUp();
    here.http.status = 500;
    await fails("NoAnswer", /the answer is 500/);
  });

  test("is not started on an empty volume, which it would fill", async () => {
    await start([target]);
    addBackup(here, "state-1", { objects: { "deployments.apps": [deployment] } });
    await fails("DataWrong", /empty/);
    expect(here.http.asked).toEqual([]);
  });
});

describe("Stopped, killed, stuck", () => {
  test("asked to stop: it cleans up and says so", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.cluster.behaviour.hangs = true;
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      tick();
      here.clock.stopped = true;
      here.cluster.behaviour.hangs = false;
    };
    await fails("Interrupted", /asked to stop while waiting for Restore/);
  });

  test("killed half way and started again: it cleans up what was left, and does again what was not done", async () => {
    const radarr = { ...sonarr, service: "radarr", namespace: "media-radarr" };
    await start([sonarr, radarr]);
    put(here, "a", "a");
    addBackup(here, "state-1");
    addBackup(here, "state-2", {
      namespaces: ["media-radarr"],
      objects: { persistentvolumeclaims: [inRadarr] },
    });
    const recorded = () => here.lines.length;
    const tick = here.cluster.tick.bind(here.cluster);
    let since = 0;
    here.cluster.tick = () => {
      tick();
      // In the middle of the second service.
      if (recorded() === 1 && (since += 1) === 3) here.clock.killedAt = here.clock.now;
    };
    await Promise.race([here.run(), here.killed]);
    expect(leftovers(here).length).toBeGreaterThan(0);
    expect(Object.keys(await here.results())).toEqual(["prod.sonarr"]);
    here.clock.killedAt = Number.POSITIVE_INFINITY;
    expect(await here.run()).toBe(true);
    expect(here.lines.map(({ service }) => service)).toEqual(["sonarr", "radarr"]);
    expect(leftovers(here)).toEqual([]);
  });

  test("started again after a failure it does not say that all is well", async () => {
    await start();
    await fails("NoBackup", /no backup at all/);
    expect(await here.run()).toBe(false);
    expect(here.lines).toHaveLength(1);
  });

  test("the namespace is stuck: what holds it is named, and no other service is restored beside it", async () => {
    await start([sonarr, { ...sonarr, service: "radarr", namespace: "media-radarr" }]);
    put(here, "a", "a");
    addBackup(here, "state-1", { namespaces: ["media-*"] });
    here.cluster.behaviour.holdsClaims = true;
    expect(await here.run()).toBe(false);
    expect(await result()).toMatchObject({ passed: false, reason: "CleanupStuck" });
    expect((await result())?.message).toMatch(
      /config \(Bound, held by kubernetes.io\/pvc-protection\)/,
    );
    expect((await here.results())["prod.radarr"]).toMatchObject({
      passed: false,
      reason: "NotReached",
    });
  });

  test("an API server that was away for too long fails one service, and the next is drilled", async () => {
    await start([sonarr, { ...sonarr, service: "radarr", namespace: "media-radarr" }]);
    put(here, "a", "a");
    addBackup(here, "state-2", { namespaces: ["media-*"] });
    here.cluster.backups.get("state-2")?.objects["persistentvolumeclaims"]?.forEach((claim) => {
      claim.metadata.namespace = "media-radarr";
    });
    const tick = here.cluster.tick.bind(here.cluster);
    const restores = `/apis/velero.io/v1/namespaces/${velero}/restores`;
    let isAway = false;
    here.cluster.tick = () => {
      // The call it is at, and the two of cleaning up that would follow.
      if (!isAway && here.api.store.of(restores).length > 0)
        here.api.troubles.push(...Array.from({ length: 18 }, () => 0));
      isAway ||= here.api.troubles.length > 0;
      tick();
    };
    expect(await here.run()).toBe(false);
    expect(await result()).toMatchObject({ passed: false, reason: "ApiServer" });
    expect((await here.results())["prod.radarr"]).toMatchObject({ passed: true });
    expect(leftovers(here)).toEqual([]);
  });

  test("stuck before it began: nothing is restored", async () => {
    await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.cluster.behaviour.holdsClaims = true;
    expect(await here.run("restore-drill-1")).toBe(false);
    here.api.calls.length = 0;
    expect(await here.run("restore-drill-2")).toBe(false);
    expect(await result()).toMatchObject({ reason: "CleanupStuck" });
    expect(
      here.api.calls.filter((call) => call.includes("POST") && call.includes("restores")),
    ).toEqual([]);
  });

  test("a right that is missing is told by its name", async () => {
    await start();
    here.api.rights.splice(
      here.api.rights.findIndex(({ resources }) => resources.includes("backups")),
      1,
    );
    await fails("ApiServer", /cannot list resource "backups" in API group "velero.io"/);
  });

  test("an API server that is away for longer ends the drill of a service, not of all", async () => {
    await start([sonarr, { ...sonarr, service: "radarr", namespace: "media-radarr" }]);
    put(here, "a", "a");
    addBackup(here, "state-1", { namespaces: ["media-sonarr"] });
    let calls = 0;
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      if ((calls += 1) === 2) here.api.troubles.push(503, 503, 503, 503, 503, 503);
      tick();
    };
    await fails("ApiServer", /503 the server is starting/);
    expect((await here.results())["prod.radarr"]).toMatchObject({ reason: "NoBackup" });
  });
});

const inRadarr = {
  ...object("PersistentVolumeClaim", "config", {}),
  metadata: { name: "config", namespace: "media-radarr", uid: "" },
};
