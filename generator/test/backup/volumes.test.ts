/** What single volumes may say of their backup. */
import { expect, test } from "vitest";
import { backed } from "../bad-input/cases/backup.ts";
import { applyChanges, sonarr } from "../bad-input/change.ts";
import { backupsOf } from "../../src/backup/cluster.ts";
import { listBackups } from "../../src/backup/listing.ts";
import { recoveryPlan } from "../../src/backup/recovery.ts";
import { backupConsequences } from "../../src/explain/backup.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import {
  backed as backedScene,
  component,
  composed,
  sceneWith,
  service,
} from "../model-leaves/scene.ts";
import { createRepository } from "../support/repository.ts";

const adopted = (more: string) => `state({ at: "/config", size: "5Gi", adopt: "old"${more} }),`;

test.for([
  ["the same class, said by one of them", "", ', class: "standard"', false],
  ["the same class, said by none", "", "", false],
  ["two classes", "", ', class: "bulk"', true],
] as const)("two volumes take over one claim with %s", async ([, one, other, differs]) => {
  using repository = createRepository();
  applyChanges(repository, [
    ...backed(),
    {
      in: sonarr,
      replace: 'config: state({ at: "/config", size: "5Gi" }),',
      by: `config: ${adopted(one)}\n    more: ${adopted(other).replace("/config", "/more")}`,
    },
  ]);
  const { stderr } = await repository.run(["check"]);
  expect(stderr.includes("BACKUP_METHODS_DIFFER"), stderr).toBe(differs);
});

/** Of the class for much, of which the scene's driver makes no snapshots. */
const data = { holds: "state", size: "1Gi", class: "bulk" };
const mounting = (more: Fragment = {}): Fragment => ({
  ...component,
  mounts: { data: "/data" },
  ...more,
});
const alone = (more: Fragment, volume: Fragment = {}) =>
  service({ ...component, ...more, storage: { data: { ...data, at: "/data", ...volume } } });
const two = (a: Fragment, b: Fragment) =>
  composed({ a, b }, { storage: { data: { ...data, access: "many" } } });

/** What the table lists, what it says is left out, what is warned of, what explain says. */
function told(app: Fragment) {
  const scene = sceneWith({ ...backedScene, services: { ...backedScene.services, app } });
  const { releases, problems, warnings } = build(scene);
  expect(problems).toEqual([]);
  const [backups] = backupsOf(releases);
  if (backups === undefined) throw new Error("nothing is backed up");
  const { volumes, without, schedules } = listBackups("prod", releases, backups);
  return {
    listed: volumes.map(({ volume }) => volume),
    without,
    schedules: schedules.length,
    warned: warnings.flatMap(({ code }) => (code === "BACKUP_PAUSED" ? [code] : [])),
    says: releases
      .filter(({ service: { name } }) => name === "app")
      .flatMap(backupConsequences)
      .some(({ says }) => says.startsWith("not backed up for now")),
  };
}

test.for<readonly [string, Fragment]>([
  ["a stopped service", alone({ stopped: true })],
  ["no pods", alone({ replicas: 0 })],
  [
    "no pods, and a job",
    two(
      mounting({ replicas: 0 }),
      mounting({ runs: { as: "schedule", cron: "0 4 * * *", endsWithin: "1h" } }),
    ),
  ],
])("files of %s are not copied: no time is promised, and its schedule stays", ([, app]) => {
  expect(told(app)).toEqual({
    listed: [],
    without: [{ volume: "app/data", why: "paused" }],
    schedules: 1,
    warned: ["BACKUP_PAUSED"],
    says: true,
  });
});

test("files of a stopped service fill no queue and take no time of a recovery, which names them", () => {
  const reckoned = (more: Fragment) => {
    const app = alone(more, { size: "20Ti" });
    const { releases } = build(
      sceneWith({ ...backedScene, services: { ...backedScene.services, app } }),
    );
    const schedules = backupsOf(releases).flatMap((one) => one.schedules);
    const plan = recoveryPlan(releases, { argocd: [], credentials: [] });
    const restores = plan?.steps.filter(({ claims }) => claims !== undefined) ?? [];
    return {
      schedules: schedules.map(({ claims, alone: takes }) => [claims, takes]),
      restores: restores.map(({ claims, takes }) => [claims?.count, takes]),
      about: restores.map(({ about }) => about).join(),
    };
  };
  const stopped = reckoned({ stopped: true });
  expect(stopped).toMatchObject({ schedules: [[0, 60]], restores: [[0, 60]] });
  expect(stopped.about).toContain("(app/data): restore its last backup by name");
  const running = reckoned({});
  expect(running).toMatchObject({ schedules: [[1, expect.any(Number)]] });
  expect(running.restores).toEqual([[1, expect.any(Number)]]);
  expect(running.restores[0]?.[1]).toBeGreaterThan(10 * 3600);
  expect(running.about).not.toContain("by name");
});

test.for<readonly [string, Fragment]>([
  ["files of a service that runs", alone({})],
  ["a snapshot of a stopped service", alone({ stopped: true }, { class: "standard" })],
  ["files that another component mounts", two(mounting({ replicas: 0 }), mounting())],
])("%s: backed up as ever", ([, app]) => {
  expect(told(app)).toMatchObject({ listed: ["app/data"], without: [], warned: [], says: false });
});
