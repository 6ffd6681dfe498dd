/** A drill that is stopped, killed or held up, and what it leaves. */
import { describe, expect, test } from "vitest";
import { start } from "./here.ts";
import { fails, resultOf } from "./outcome.ts";
import { addBackup, leftovers, object, put, sonarr, velero } from "./scenario.ts";

describe("Stopped, killed, stuck", () => {
  test("asked to stop: it cleans up and says so", async () => {
    const here = await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.cluster.behaviour.hangs = true;
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      tick();
      here.clock.stopped = true;
      here.cluster.behaviour.hangs = false;
    };
    await fails(here, "Interrupted", /asked to stop while waiting for Restore/);
  });

  test("killed half way and started again: it cleans up what was left, and does again what was not done", async () => {
    const radarr = { ...sonarr, service: "radarr", namespace: "media-radarr" };
    const here = await start([sonarr, radarr]);
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
    const here = await start();
    await fails(here, "NoBackup", /no backup at all/);
    expect(await here.run()).toBe(false);
    expect(here.lines).toHaveLength(1);
  });

  test("the namespace is stuck: what holds it is named, and no other service is restored beside it", async () => {
    const here = await start([sonarr, { ...sonarr, service: "radarr", namespace: "media-radarr" }]);
    put(here, "a", "a");
    addBackup(here, "state-1", { namespaces: ["media-*"] });
    here.cluster.behaviour.holdsClaims = true;
    expect(await here.run()).toBe(false);
    expect(await resultOf(here)).toMatchObject({ passed: false, reason: "CleanupStuck" });
    expect((await resultOf(here))?.message).toMatch(
      /config \(Bound, held by kubernetes.io\/pvc-protection\)/,
    );
    expect((await here.results())["prod.radarr"]).toMatchObject({
      passed: false,
      reason: "NotReached",
    });
  });

  test("an API server that was away for too long fails one service, and the next is drilled", async () => {
    const here = await start([sonarr, { ...sonarr, service: "radarr", namespace: "media-radarr" }]);
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
    expect(await resultOf(here)).toMatchObject({ passed: false, reason: "ApiServer" });
    expect((await here.results())["prod.radarr"]).toMatchObject({ passed: true });
    expect(leftovers(here)).toEqual([]);
  });

  test("stuck before it began: nothing is restored", async () => {
    const here = await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.cluster.behaviour.holdsClaims = true;
    expect(await here.run("restore-drill-1")).toBe(false);
    here.api.calls.length = 0;
    expect(await here.run("restore-drill-2")).toBe(false);
    expect(await resultOf(here)).toMatchObject({ reason: "CleanupStuck" });
    expect(
      here.api.calls.filter((call) => call.includes("POST") && call.includes("restores")),
    ).toEqual([]);
  });

  test("a right that is missing is told by its name", async () => {
    const here = await start();
    here.api.rights.splice(
      here.api.rights.findIndex(({ resources }) => resources.includes("backups")),
      1,
    );
    await fails(here, "ApiServer", /cannot list resource "backups" in API group "velero.io"/);
  });

  test("an API server that is away for longer ends the drill of a service, not of all", async () => {
    const here = await start([sonarr, { ...sonarr, service: "radarr", namespace: "media-radarr" }]);
    put(here, "a", "a");
    addBackup(here, "state-1", { namespaces: ["media-sonarr"] });
    let calls = 0;
    const tick = here.cluster.tick.bind(here.cluster);
    here.cluster.tick = () => {
      if ((calls += 1) === 2) here.api.troubles.push(503, 503, 503, 503, 503, 503);
      tick();
    };
    await fails(here, "ApiServer", /503 the server is starting/);
    expect((await here.results())["prod.radarr"]).toMatchObject({ reason: "NoBackup" });
  });
});

const inRadarr = {
  ...object("PersistentVolumeClaim", "config", {}),
  metadata: { name: "config", namespace: "media-radarr", uid: "" },
};
