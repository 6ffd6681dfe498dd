/** What is rendered of backups for this repository: every volume is copied by exactly one schedule a location, and as it should be. */
import { hash } from "node:crypto";
import { load } from "js-yaml";
import { beforeAll, describe, expect, test } from "vitest";
import { backupsOf } from "../../src/backup/cluster.ts";
import { readTree } from "../../src/load/tree.ts";
import { asTree } from "../../src/model/data.ts";
import { text } from "../../src/model/reading.ts";
import type { Release } from "../../src/model/platform.ts";
import { backedVolumes } from "../../src/release/backups/backed-volumes.ts";
import { loginTexts } from "../../src/release/offers/offers.ts";
import { schedulesOf } from "../../src/release/backups/schedules.ts";
import { backupPolicies, backupSchedules, snapshotClasses } from "../../src/values/backups.ts";
import { alertRules } from "../../src/values/alerts/rules.ts";
import { postgresClusters } from "../../src/values/postgres.ts";
import { externalSecrets } from "../../src/values/secrets.ts";
import { claims } from "../../src/values/storage.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

interface Policy {
  readonly conditions: {
    readonly pvcLabels?: Readonly<Record<string, string>>;
    readonly storageClass?: readonly string[];
    readonly capacity?: string;
  };
  readonly action: { readonly type: string };
}

let releases: readonly Release[];
beforeAll(async () => {
  releases = await releasesOf(readTree(projectRoot));
});
const of = (environment: string) => releases.filter(({ facts }) => facts.name === environment);
function named(environment: string, service: string): Release {
  const release = of(environment).find((one) => one.service.name === service);
  if (release === undefined) throw new Error(`${service} does not run in ${environment}`);
  return release;
}
const policiesOf = (release: Release, schedule: string): readonly Policy[] => {
  const entry = backupPolicies(release)[schedule]?.["policy.yaml"];
  const text = entry !== undefined && "text" in entry ? entry.text : "";
  return (load(text) as { volumePolicies: Policy[] }).volumePolicies;
};
/** As Velero reads them: the first that fits. */
const actionFor = (
  policies: readonly Policy[],
  volume: { class: string; backup?: string | undefined },
) =>
  policies.find(({ conditions: { pvcLabels, storageClass } }) =>
    pvcLabels === undefined
      ? (storageClass?.includes(volume.class) ?? true)
      : pvcLabels["rzp.local/backup"] === volume.backup,
  )?.action.type;

describe("schedules of prod", () => {
  test("hold each namespace with something to back up once a location, and no other", () => {
    const schedules = Object.values(backupSchedules(named("prod", "velero")));
    const backed = of("prod").filter((release) => backedVolumes(release).length > 0);
    const expected = backed.map(({ service }) => service.namespace).toSorted();
    for (const location of ["default", "offsite"])
      expect(
        schedules
          .filter((one) => one.location === location)
          .flatMap(({ namespaces }) => namespaces)
          .toSorted(),
      ).toEqual(expected);
  });

  test("are few, whatever number of services there is", () => {
    expect(Object.keys(backupSchedules(named("prod", "velero"))).length).toBeLessThan(10);
  });

  test("lose less than 4 hours of every volume", () => {
    const { volumes } = backupsOf(releases).find(({ cluster }) => cluster === "home") ?? {
      volumes: [],
    };
    expect(volumes.length).toBeGreaterThan(10);
    for (const { rpo } of volumes) expect(rpo).toBeLessThan(4 * 3600);
  });

  test("copy what is kept by the method of its class, and leave caches and all unknown alone", () => {
    const velero = named("prod", "velero");
    for (const [name, { namespaces }] of Object.entries(backupSchedules(velero))) {
      const policies = policiesOf(velero, name);
      expect(policies.at(-1)).toEqual({ conditions: { capacity: "1," }, action: { type: "skip" } });
      for (const release of of("prod").filter(({ service }) =>
        namespaces.includes(service.namespace),
      )) {
        for (const { class: kind, method } of backedVolumes(release))
          expect(actionFor(policies, { class: kind })).toBe(
            method === "files" ? "fs-backup" : method,
          );
        for (const claim of Object.values(claims(release)))
          if (claim.backup === "none")
            expect(actionFor(policies, { class: claim.class ?? "", backup: "none" })).toBe("skip");
      }
      expect(actionFor(policies, { class: "somebody-elses" })).toBe("skip");
    }
  });

  test("move snapshots out of the cluster", () => {
    for (const { moves } of Object.values(backupSchedules(named("prod", "velero"))))
      expect(moves).toBe(true);
    expect(Object.values(snapshotClasses(named("prod", "velero")))).toEqual([
      { driver: "driver.longhorn.io", parameters: { type: "snap" } },
    ]);
  });

  test("give up copying when it takes twice as long as it should, and never before Velero would", () => {
    const schedules = backupSchedules(named("prod", "velero"));
    for (const { name, size } of schedulesOf(of("prod"))) {
      const hours = Number.parseInt(schedules[name]?.itemOperationTimeout ?? "", 10);
      const speed = (name.includes("offsite") ? 5 : 1000) * 2 ** 20;
      expect(hours).toBeGreaterThanOrEqual(Math.max(4, (2 * size) / speed / 3600));
      expect(hours).toBeLessThan(Math.max(5, (2.2 * size) / speed / 3600));
    }
    expect(schedules["prod-offsite-24h-bulk"]?.itemOperationTimeout).toBe("69h0m0s");
    expect(schedules["prod-default-2h-bulk"]?.itemOperationTimeout).toBe("4h0m0s");
  });

  test("are told of as missing when all of their location could have made their first backup", () => {
    const missing = (environment: string) =>
      Object.values(alertRules(named(environment, "velero")))
        .flatMap(({ groups }) => Object.values(groups).flatMap(({ rules }) => rules))
        .filter((rule) => "alert" in rule && rule.alert === "BackupMissing");
    // 500Gi at 5Mi a second are 28 hours, and it is asked for once a day; before each, Longhorn copies all of it.
    expect(missing("prod")).toMatchObject([
      { for: "4h2m", labels: { backup_location_name: "default" } },
      { for: "64h58m", labels: { backup_location_name: "offsite" } },
    ]);
    expect(missing("dev")).toMatchObject([
      { for: "27h11m", labels: { backup_location_name: "default" } },
    ]);
  });

  test("are made by nobody else", () => {
    for (const release of releases.filter(({ service }) => service.name !== "velero")) {
      expect(backupSchedules(release)).toEqual({});
      expect(snapshotClasses(release)).toEqual({});
    }
  });
});

describe("what the node agent reads", () => {
  test.for(["dev", "prod"])(
    "is on its pods in %s, so that a change starts them anew",
    (environment) => {
      const { service } = named(environment, "velero");
      const config = text(service.spec.objects?.["node-agent"], "data", "config.json");
      const chart = service.kind === "chart" ? service.spec.chart.values : {};
      const { podLabels } = asTree(asTree(chart)["nodeAgent"]);
      expect(Object.values(asTree(podLabels))).toEqual([hash("sha256", config ?? "").slice(0, 16)]);
    },
  );
});

test("each key of the buckets is explained where it is read", () => {
  const about = (environment: string) =>
    Object.keys(externalSecrets(named(environment, "velero"))["own"]?.about ?? {});
  expect(about("prod")).toEqual(["cloud", "offsite"]);
  expect(about("dev")).toEqual(["cloud"]);
});

describe("a login that reads all", () => {
  test("is a role without a database of its own; every other login has one", () => {
    for (const service of ["postgres", "postgres-vector"]) {
      const [cluster] = Object.values(postgresClusters(named("prod", service)));
      const { dump, ...others } = cluster?.roles ?? {};
      expect(dump).toEqual({ secret: "login-postgres-dump", readsAll: true });
      const owners = Object.values(cluster?.databases ?? {}).map(({ owner }) => owner);
      expect(owners.toSorted()).toEqual(Object.keys(others).toSorted());
      expect(Object.values(others).filter((role) => "readsAll" in role)).toEqual([]);
    }
  });

  test("is told the database that every cluster has", () => {
    const dump = named("prod", "postgres-dump");
    const [connection] = dump.outgoing.filter(({ readsAll }) => readsAll === true);
    if (connection === undefined) throw new Error("postgres-dump reads nothing");
    expect(loginTexts(connection, dump.facts)["database"]).toBe("postgres");
  });
});

describe("schedules of a cluster", () => {
  test("are those of all its environments, each with its name", () => {
    const names = Object.keys(backupSchedules(named("dev", "velero")));
    expect(names.length).toBeGreaterThan(0);
    // dev says that it is not backed up.
    for (const name of names) expect(name).toMatch(/^staging-default-24h-/);
  });

  test("do not depend on the order of services", () => {
    expect(schedulesOf(of("prod").toReversed())).toEqual(schedulesOf(of("prod")));
  });

  test("begin at different times", () => {
    const offsets = schedulesOf(of("prod")).map(({ offset }) => offset);
    expect(new Set(offsets).size).toBe(offsets.length);
  });

  test("come at night when all come once a day, however many there are", () => {
    const daily = Array.from({ length: 12 }, (_, index) => `env-${index}`).flatMap((name) =>
      of("staging").map((release) => ({ ...release, facts: { ...release.facts, name } })),
    );
    const schedules = schedulesOf(daily);
    expect(new Set(schedules.map(({ every }) => every))).toEqual(new Set([24 * 3600]));
    expect(schedules.length).toBeGreaterThanOrEqual(12);
    for (const { cron } of schedules) expect(cron).toMatch(/^[1-5]?\d [2-5] \* \* \*$/);
    expect(new Set(schedules.map(({ cron }) => cron)).size).toBe(schedules.length);
  });

  test("are none where the cluster says nothing of backups", () => {
    const without = of("prod").map((release) => {
      const { backup: _, ...cluster } = release.facts.cluster;
      return { ...release, facts: { ...release.facts, cluster } };
    });
    expect(schedulesOf(without)).toEqual([]);
    expect(backupsOf(without)).toEqual([]);
  });
});
