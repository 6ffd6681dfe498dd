/** The drill from its first call to its last, against a faithful API server, Velero and kubelet; the checks are the real program. */
import { describe, expect, test } from "vitest";
import type { DrillCheck, DrillTarget } from "../../src/model/drill-plan.ts";
import { start } from "./here.ts";
import { fails, resultOf } from "./outcome.ts";
import {
  addBackup,
  anyFiles,
  app,
  backupTime,
  fresh,
  hour,
  leftovers,
  namespace,
  object,
  put,
  sonarr,
  velero,
  volume,
  withChecks,
} from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

describe("A backup that is whole", () => {
  test("passes, is measured and told, and nothing is left", async () => {
    const here = await start([withChecks(anyFiles, fresh, { is: "whole", path: "config.xml" })]);
    put(here, "config.xml", "<Config><Port>8989</Port></Config>\n");
    put(here, "logs/sonarr.txt", "it ran");
    addBackup(here, "state-1");
    expect(await here.run()).toBe(true);
    expect(await resultOf(here)).toMatchObject({
      passed: true,
      run: "restore-drill-1",
      inventory: { config: { files: 2, bytes: 41 } },
    });
    const found = await resultOf(here);
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
    const here = await start([sonarr], "proof");
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
    const here = await start();
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
    const here = await start();
    put(here, "a", "a");
    here.cluster.behaviour.bindsAtFirstUse = true;
    addBackup(here, "state-1");
    expect(await here.run()).toBe(true);
  });

  test("an API server that restarts meanwhile is waited for", async () => {
    const here = await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.api.troubles.push(503, 500, 429, 0, 0);
    expect(await here.run()).toBe(true);
  });

  test("and so is one that has not read its roles yet, since it was away", async () => {
    const here = await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.api.troubles.push(0, 403, 403);
    expect(await here.run()).toBe(true);
  });

  test("and so is a quota that still counts pods that are gone", async () => {
    const here = await start();
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
    expect((await resultOf(here))?.seconds).toBeGreaterThan(5 * 60);
  });
});

describe("No backup to restore", () => {
  test("none at all", async () => {
    const here = await start();
    await fails(
      here,
      "NoBackup",
      /no completed backup holds namespace media-sonarr; there is no backup at all/,
    );
  });

  test("none that is completed", async () => {
    const here = await start();
    addBackup(here, "state-1", { phase: "PartiallyFailed" });
    addBackup(here, "state-2", { phase: "InProgress" });
    await fails(here, "NoBackup", /state-1 \(PartiallyFailed\), state-2 \(InProgress\)/);
  });

  test("none of this namespace, though of one that begins alike", async () => {
    const here = await start();
    addBackup(here, "state-1", { namespaces: ["media-sonarr-2", "media-son", "*-radarr"] });
    await fails(here, "NoBackup", /there are 1 backups/);
  });

  test("only an old one", async () => {
    const here = await start();
    put(here, "a", "a");
    addBackup(here, "state-1", { at: backupTime - 24 * hour });
    addBackup(here, "state-2", { phase: "Failed" });
    await fails(here, "BackupTooOld", /state-1, is 900\d\d s old; at most 14400 s/);
  });

  test("a namespace by a pattern, and the newest of several, is taken", async () => {
    const here = await start([withChecks(fresh)]);
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

describe("Two claims whose long names begin the same", () => {
  const claims = [0, 1].map((pod) => `data-${"a".repeat(52)}-${pod}`);
  const target = (...checks: DrillCheck[]): DrillTarget => ({
    ...sonarr,
    // The first is well, whatever is in it.
    volumes: [volume(claims[0] ?? ""), volume(claims[1] ?? "", checks)],
  });

  test("are looked into each by a pod of its own", async () => {
    const here = await start([target(anyFiles)]);
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
    const here = await start([target({ is: "whole", path: "config.xml" })]);
    put(here, "a", "more than ten bytes");
    addBackup(here, "state-1", { claims });
    await fails(here, "DataWrong", new RegExp(`volume ${claims[1]}: .*config.xml`));
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
  const backUp = (here: Scenario) => {
    put(here, "a", "a");
    addBackup(here, "state-1", { objects: { "deployments.apps": [deployment] } });
  };

  test("is ready and answers", async () => {
    const here = await start([target]);
    backUp(here);
    expect(await here.run()).toBe(true);
    expect(here.http.asked).toEqual(["http://127.0.0.1:8989/ping"]);
    expect(leftovers(here)).toEqual([]);
  });

  test("is never ready", async () => {
    const here = await start([target]);
    backUp(here);
    here.cluster.behaviour.neverReady = true;
    await fails(here, "NotReady", /waiting for sonarr to be ready: 0 of 1 pods are ready/);
  });

  test("answers with an error", async () => {
    const here = await start([target]);
    backUp(here);
    here.http.status = 500;
    await fails(here, "NoAnswer", /the answer is 500/);
  });

  test("is not started on an empty volume, which it would fill", async () => {
    const here = await start([target]);
    addBackup(here, "state-1", { objects: { "deployments.apps": [deployment] } });
    await fails(here, "DataWrong", /empty/);
    expect(here.http.asked).toEqual([]);
  });
});
