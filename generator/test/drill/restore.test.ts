/** A restore that does not end well, or leaves what is restored unready. */
import { describe, expect, test } from "vitest";
import { start } from "./here.ts";
import { fails, resultOf } from "./outcome.ts";
import { addBackup, app, backupTime, fresh, leftovers, put, sonarr, volume } from "./scenario.ts";
import { appPod, otherPod, standIn } from "./stand-in.ts";

describe("A restore that does not end well", () => {
  for (const [phase, reason] of [
    ["PartiallyFailed", "RestorePartiallyFailed"],
    ["Failed", "RestoreFailed"],
  ] as const)
    test(`${phase} counts as failed, although its volume looks right`, async () => {
      const here = await start();
      put(here, "a", "a");
      addBackup(here, "state-1");
      here.cluster.behaviour.endsAs = phase;
      await fails(here, reason, new RegExp(`is ${phase}`));
    });

  test("one Velero refuses says why", async () => {
    const here = await start();
    addBackup(here, "state-1");
    here.cluster.backups.clear();
    await fails(here, "RestoreRefused", /backup state-1 not found/);
  });

  test("one that never ends is given up, and what holds the namespace is named", async () => {
    const other = (service: string) => ({ ...sonarr, service, namespace: `media-${service}` });
    const here = await start([sonarr, other("radarr"), other("prowlarr")]);
    addBackup(here, "state-1");
    here.cluster.behaviour.hangs = true;
    expect(await here.run()).toBe(false);
    expect(await resultOf(here)).toMatchObject({ reason: "TimedOut" });
    expect((await resultOf(here))?.message).toMatch(
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
      const here = await start([scaled]);
      put(here, "a", "a");
      addBackup(here, "state-1");
      expect(await here.run()).toBe(true);
      expect(Object.keys((await resultOf(here))?.inventory ?? {})).toEqual(["config"]);
      expect(leftovers(here)).toEqual([]);
    });

    test("is looked at where it is there, and missed from then on", async () => {
      const here = await start([scaled]);
      put(here, "a", "a");
      addBackup(here, "state-1", { claims: ["config", "config-1"] });
      expect(await here.run()).toBe(true);
      expect(Object.keys((await resultOf(here))?.inventory ?? {})).toEqual(["config", "config-1"]);
      addBackup(here, "state-2", { at: backupTime + 60_000 });
      expect(await here.run("restore-drill-2")).toBe(false);
      expect((await resultOf(here))?.message).toMatch(/claim config-1 is not in backup state-2/);
    });
  });

  test("a claim that is not in the backup", async () => {
    const here = await start();
    put(here, "a", "a");
    addBackup(here, "state-1", { claims: ["other"] });
    await fails(here, "DataWrong", /claim config is not in backup state-1/);
  });
});

describe("What is restored never gets ready", () => {
  test("a quota without room for a check, ever", async () => {
    const here = await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.api.quota.gone = 7;
    await fails(
      here,
      "NotReady",
      /waiting to look into volume config: .*exceeded quota: .* used: pods=7, limited: pods=7/,
    );
  });

  test("a check that Pod Security refuses is not tried again", async () => {
    const here = await start([{ ...sonarr, volumes: [volume("config", [], { user: 0 })] }]);
    put(here, "a", "a");
    addBackup(here, "state-1");
    await fails(here, "ApiServer", /violates PodSecurity "restricted:latest": runAsUser=0/);
    expect((await resultOf(here))?.seconds).toBeLessThan(60);
  });

  test("an image that cannot be pulled", async () => {
    const here = await start();
    put(here, "a", "a");
    addBackup(here, "state-1");
    here.cluster.behaviour.pullsNothing = true;
    await fails(
      here,
      "NotReady",
      /pod check-config is Pending \(ImagePullBackOff Back-off pulling image\)/,
    );
  });
});

describe("A volume Velero fills through a pod", () => {
  const target = { ...sonarr, volumes: [volume("config", [fresh], { throughPods: app })] };

  test("is filled through a stand-in, however loosened the pod was", async () => {
    const here = await start([target]);
    put(here, "a", "a");
    here.cluster.rules = standIn;
    addBackup(here, "state-1", { throughPod: true, objects: { pods: [appPod, otherPod] } });
    expect(await here.run()).toBe(true);
    expect(here.cluster.refused).toEqual([]);
    expect(leftovers(here)).toEqual([]);
  });

  test("without the stand-in it would be refused: the helper bears what the first container may", async () => {
    const here = await start([target]);
    put(here, "a", "a");
    addBackup(here, "state-1", { throughPod: true, objects: { pods: [appPod] } });
    await fails(here, "RestorePartiallyFailed", /1 errors/);
    expect(here.cluster.refused).toEqual(["pod sonarr-1: host namespaces"]);
  });
});
