/** Many small services: what they cost is their number, and what a cluster has measured counts. */
import { beforeAll, expect, test } from "vitest";
import { checkBackups } from "../../src/backup/check.ts";
import { backupsOf } from "../../src/backup/cluster.ts";
import { readTree } from "../../src/load/tree.ts";
import type { Cluster } from "../../src/model/cluster.ts";
import type { Release } from "../../src/model/platform.ts";
import { schedulesOf } from "../../src/release/backups/schedules.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

let shipped: readonly Release[];
beforeAll(async () => {
  shipped = (await releasesOf(readTree(projectRoot))).filter(
    ({ facts }) => facts.clusterName === "home",
  );
});

/** The shipped cluster with so many services more that keep 1Gi each. */
function grown(count: number, claims: NonNullable<Cluster["backup"]>["claims"] = {}): Release[] {
  const one = shipped.find(
    ({ service, facts }) => `${facts.name}/${service.name}` === "prod/mosquitto",
  );
  if (one === undefined) throw new Error("prod has no mosquitto");
  const more = Array.from({ length: count }, (_, index): Release => {
    const name = `svc-${index}`;
    const file = `charts/services/${name}/values.ts`;
    return { ...one, service: { ...one.service, name, file, namespace: `home-${name}` } };
  });
  const { facts } = one;
  const { backup } = facts.cluster;
  if (backup === undefined) throw new Error("home has no backups");
  const known = {
    ...facts,
    cluster: { ...facts.cluster, backup: { ...backup, claims: { ...backup.claims, ...claims } } },
  };
  const all = [...shipped, ...more].map((release): Release => ({ ...release, facts: known }));
  const backups = schedulesOf(all);
  return all.map((release) => (release.backups === undefined ? release : { ...release, backups }));
}

const found = (releases: readonly Release[]) =>
  checkBackups(releases, () => true).filter(({ code }) =>
    ["BACKUP_RPO_EXCEEDED", "RECOVERY_TOO_SLOW"].includes(code),
  );

test("thirty services more cost minutes, and nothing has to be said", () => {
  expect(found(grown(30))).toEqual([]);
});

test("with 150 no volume loses more than is allowed, and what is to be measured is said", () => {
  const [slow, ...others] = found(grown(150));
  expect(others).toEqual([]);
  expect(slow?.message).toMatch(
    /restore prod-default-2h-standard \d+m \(\d+m of it for 160 claims, whatever is in them\)/,
  );
  expect(slow?.fix).toMatch(
    /^measure what a claim takes and write it to backup\.claims of .*home\.ts/,
  );
  expect(slow?.fix).not.toContain("bulk");
  expect(slow?.related ?? []).toEqual([]);
});

test("what is measured counts", () => {
  expect(found(grown(150, { restore: "5s" }))).toEqual([]);
  const [late] = found(grown(150, { snapshot: "30s", restore: "5s" }));
  expect(late?.code).toBe("BACKUP_RPO_EXCEEDED");
  expect(late?.message).toMatch(/of it for 160 claims, whatever is in them/);
  expect(late?.fix).toContain("written to backup.claims of");
});

test("what never catches up is told as that", () => {
  const [late] = found(grown(150, { copy: "10m", restore: "5s" }));
  expect(late?.message).toContain("comes later every day, as more is asked for than there is time");
});

test("it is reckoned in the same way every time, and in no time", () => {
  const releases = grown(150);
  const of = () => JSON.stringify(backupsOf(releases).map(({ schedules }) => schedules));
  const before = process.cpuUsage().user;
  const first = of();
  expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
  expect(of()).toBe(first);
});
