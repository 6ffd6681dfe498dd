/** What follows from the services of this repository for its drills, and that Velero's changes make pods that are let in. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { listBackups } from "../../src/backup/listing.ts";
import { drillConsequences } from "../../src/explain/drill.ts";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import type { DrillWork, Release } from "../../src/model/platform.ts";
import { backedVolumes } from "../../src/release/backups/backed-volumes.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { serviceFile } from "../../src/model/paths.ts";
import { bytes } from "../../src/model/units.ts";
import { asTree } from "../../src/model/data.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";
import { without } from "../support/without.ts";
import { notRestricted } from "./fake/admission.ts";
import { modified } from "./fake/modifiers.ts";
import type { Stored } from "./fake/store.ts";

const tree = readTree(projectRoot);
let values: ReadonlyMap<string, unknown>;
let releases: readonly Release[];
beforeAll(async () => {
  ({ values } = await evaluateFiles(tree.root, authoredFiles(tree)));
  releases = await releasesWith(values);
});

const releasesWith = (files: ReadonlyMap<string, unknown>): Promise<readonly Release[]> =>
  releasesOf(tree, { values: files, problems: [] });

const workOf = (cluster: string, all: readonly Release[] = releases): DrillWork => {
  const found = all.find(
    ({ service, facts }) => service.name === "restore-drill" && facts.clusterName === cluster,
  )?.drill;
  if (found === undefined) throw new Error(`no drill on ${cluster}`);
  return found;
};
const targetOf = (cluster: string, environment: string, service: string) =>
  workOf(cluster).plan.targets.find(
    (target) => target.environment === environment && target.service === service,
  );

describe("the plan", () => {
  test("says whose drill it is", () => {
    expect(workOf("home").plan).toMatchObject({
      service: "restore-drill",
      namespace: "storage-restore-drill",
      velero: { modifiers: "restore-drill" },
    });
  });

  test("one drill a cluster has the services of all its environments, each with what proves its volumes", () => {
    expect(new Set(workOf("home").plan.targets.map(({ environment }) => environment))).toEqual(
      new Set(["prod"]),
    );
    expect(workOf("lab").plan.targets.map(({ environment }) => environment)).toContain("staging");
    for (const { plan } of [workOf("home"), workOf("lab")])
      for (const { volumes } of plan.targets)
        for (const { checks } of volumes) expect(checks.length).toBeGreaterThan(0);
  });

  test("a volume of sonarr: its claim and its size, its schedule, who owns its files, what must be in it", () => {
    expect(targetOf("home", "prod", "sonarr")).toMatchObject({
      namespace: "media-sonarr",
      volumes: [
        {
          claim: "config",
          size: "5Gi",
          notOlder: 4 * 3600,
          user: 1000,
          group: 1000,
          checks: [
            { is: "newest", path: "logs", within: 6 * 3600 },
            { is: "whole", path: "config.xml" },
          ],
        },
      ],
    });
    const { schedule } = targetOf("home", "prod", "sonarr")?.volumes[0] ?? {};
    const velero = releases.find(({ backups }) => backups?.some(({ name }) => name === schedule));
    expect(velero?.facts.clusterName).toBe("home");
    expect(velero?.backups?.find(({ name }) => name === schedule)).toMatchObject({
      location: "default",
      namespaces: expect.arrayContaining(["media-sonarr"]),
    });
  });

  test("a claim of a StatefulSet, and a database cluster by its labels", () => {
    expect(targetOf("home", "prod", "valkey")?.volumes).toMatchObject([
      { claim: "data-valkey-0", user: 999 },
    ]);
    expect(targetOf("home", "prod", "postgres")?.volumes).toMatchObject([
      {
        found: { "cnpg.io/cluster": "postgres", "cnpg.io/pvcRole": "PG_DATA" },
        size: "20Gi",
        user: 26,
        checks: [
          // Not `dump`, which reads all and has no database of its own.
          { is: "databases", names: ["home_assistant", "prowlarr", "radarr", "sonarr"] },
          { is: "newest", path: "pgdata" },
        ],
      },
    ]);
    expect(targetOf("home", "prod", "postgres-vector")?.volumes[0]?.checks[0]).toEqual({
      is: "databases",
      names: ["immich"],
    });
  });

  describe("claims of a StatefulSet of several pods", () => {
    const several = async (more: object, volume: object = {}) => {
      const file = serviceFile("valkey");
      const authored = asTree(structuredClone(values.get(file)));
      const spec = asTree(authored["spec"]);
      const data = { ...asTree(asTree(spec["storage"])["data"]), ...volume };
      const changed = { ...authored, spec: { ...spec, ...more, storage: { data } } };
      const all = await releasesWith(new Map([...values, [file, changed]]));
      const prod = all.filter(({ facts }) => facts.name === "prod");
      const valkey = prod.find(({ service }) => service.name === "valkey");
      if (valkey === undefined) throw new Error("no valkey");
      const { plan, modifiers } = workOf("home", all);
      return {
        drilled: plan.targets.find(({ service }) => service === "valkey"),
        standIns: modifiers.flatMap(({ conditions: { resourceNameRegex, namespaces } }) =>
          namespaces.includes(valkey.service.namespace) ? (resourceNameRegex ?? []) : [],
        ),
        backedUp: backedVolumes(valkey).map(({ claims }) => claims),
        told: drillConsequences(valkey).map(({ about, says }) => [about, says]),
      };
    };
    const claim = (pod: number) => ({ claim: `data-valkey-${pod}` });
    const added = (pod: number) => ({ ...claim(pod), mayBeMissing: true });
    const throughPods = {
      backup: { method: "files", whole: { because: "it is tried here", value: true } },
    };

    test("one a pod, also while the service is stopped", async () => {
      for (const stopped of [{}, { stopped: true }]) {
        const { drilled, backedUp } = await several({ replicas: 3, ...stopped });
        expect(drilled?.volumes).toMatchObject([claim(0), claim(1), claim(2)]);
        expect(drilled?.volumes.map(({ mayBeMissing }) => mayBeMissing)).not.toContain(true);
        expect(backedUp).toEqual([3]);
      }
    });

    test("the time it may take follows from all of them", async () => {
      const one = await several({});
      const three = await several({ replicas: 3 });
      const copied = (within = 0) => within - 20 * 60;
      expect(copied(three.drilled?.within)).toBeGreaterThanOrEqual(
        3 * (copied(one.drilled?.within) - 1),
      );
    });

    test("those an autoscaler may have added are counted, and need not be there", async () => {
      const scale = { min: 2, max: 4, cpu: 80 };
      for (const stopped of [{}, { stopped: true }]) {
        const { drilled, backedUp } = await several({ scale, ...stopped });
        expect(drilled?.volumes).toMatchObject([claim(0), claim(1), added(2), added(3)]);
        expect(backedUp).toEqual([4]);
      }
    });

    test("through pods only those are filled whose pods are always there; each pod is stood in for", async () => {
      const scale = { min: 2, max: 4, cpu: 80 };
      const { drilled, standIns } = await several({ scale }, throughPods);
      expect(drilled?.volumes).toMatchObject([claim(0), claim(1)]);
      expect(standIns).toEqual([0, 1, 2, 3].map((pod) => `^valkey-${pod}$`));
    });

    test("through pods none is filled while there are none", async () => {
      for (const none of [{ stopped: true }, { replicas: 0 }]) {
        const { drilled, standIns, told } = await several(none, throughPods);
        expect(drilled).toBeUndefined();
        expect(standIns).toEqual([]);
        expect(told).toEqual([
          [
            "restore drill of volume data",
            "not restored for trial: no pod runs through which its files are copied",
          ],
        ]);
      }
    });
  });

  test("of a service that is stopped nothing is asked that only a running one keeps true", async () => {
    const stopping = ["sonarr", "postgres"].map((name) => {
      const spec = structuredClone(values.get(serviceFile(name)));
      return [
        serviceFile(name),
        { ...asTree(spec), spec: { ...asTree(asTree(spec)["spec"]), stopped: true } },
      ] as const;
    });
    const stopped = await releasesWith(new Map([...values, ...stopping]));
    const checksOf = (service: string) =>
      workOf("home", stopped).plan.targets.find((target) => target.service === service)?.volumes[0]
        ?.checks;
    expect(checksOf("sonarr")).toEqual([
      { is: "files", atLeast: 1, bytes: 1 },
      { is: "whole", path: "config.xml" },
    ]);
    expect(checksOf("postgres")?.map(({ is }) => is)).toEqual(["databases", "files"]);
    expect(checksOf("radarr")?.map(({ is }) => is)).toContain("newest");
  });

  test("only who needs nobody is started: what waits for a database, mounts a share or calls out is looked at", () => {
    const started = workOf("home").plan.targets.flatMap(({ service, starts }) =>
      starts === undefined ? [] : [service],
    );
    expect(started).toEqual(expect.arrayContaining(["valkey", "openobserve"]));
    for (const name of ["sonarr", "immich", "qbittorrent", "home-assistant", "postgres"])
      expect(started).not.toContain(name);
  });

  test("what is not backed up is not tried, nor what says why it is not", async () => {
    const file = serviceFile("sonarr");
    for (const field of ["backup", "restored"]) {
      const spec = structuredClone(values.get(file));
      const config = asTree(asTree(asTree(asTree(spec)["spec"])["storage"])["config"]);
      (config as Record<string, unknown>)[field] = { because: "it is tried by hand", value: false };
      const work = workOf("home", await releasesWith(new Map([...values, [file, spec]])));
      expect(work.plan.targets.map(({ service }) => service)).not.toContain("sonarr");
    }
  });

  test("what is backed up and not tried is told, with the reason", async () => {
    const told = (release: Release | undefined) =>
      release === undefined
        ? []
        : drillConsequences(release).map(({ about, says }) => [about, says]);
    const staging = releases.filter(({ facts }) => facts.name === "staging");
    for (const name of ["postgres", "postgres-vector"])
      expect(told(staging.find(({ service }) => service.name === name))).toEqual([
        [
          "restore drill of volume data",
          "not restored for trial: its backup is files copied one after the other, no database",
        ],
      ]);
    const { untried } = listBackups("staging", staging, { volumes: [], schedules: [] });
    expect(untried).toEqual([
      { volume: "postgres/data", why: "torn" },
      { volume: "postgres-vector/data", why: "torn" },
    ]);
    const file = serviceFile("sonarr");
    const spec = structuredClone(values.get(file));
    const config = asTree(asTree(asTree(asTree(spec)["spec"])["storage"])["config"]);
    (config as Record<string, unknown>)["restored"] = {
      because: "it is tried by hand",
      value: false,
    };
    const all = await releasesWith(new Map([...values, [file, spec]]));
    const prod = all.filter(({ facts }) => facts.name === "prod");
    expect(listBackups("prod", prod, { volumes: [], schedules: [] }).untried).toEqual([
      { volume: "sonarr/config", why: "service" },
    ]);
    expect(told(prod.find(({ service }) => service.name === "sonarr"))).toEqual([
      ["restore drill of volume config", "not restored for trial, as said"],
    ]);
  });

  test("the time it may take follows from the size, the room from the largest", async () => {
    const { within = 0 } = targetOf("home", "prod", "immich") ?? {};
    const home = releases.find(({ facts }) => facts.clusterName === "home");
    const speed = bytes(home?.facts.cluster.backup?.locations["default"]?.speed ?? "1");
    expect(within).toBe(20 * 60 + Math.ceil((2 * bytes("500Gi")) / speed));
    const { room } = workOf("home");
    expect(room.memory).toBeGreaterThanOrEqual(256 * 2 ** 20);
  });
});

test("a volume without a proof is a mistake of its file, in every environment with a drill", async () => {
  const file = serviceFile("sonarr");
  const spec = without(values.get(file), ["spec", "storage", "config", "restored"]);
  const { problems } = await buildPlatform(tree, {
    values: new Map([...values, [file, spec]]),
    problems: [],
  });
  expect(problems.map(({ code, path: at, environments }) => [code, at, environments])).toEqual(
    expect.arrayContaining([["DRILL_WITHOUT_CHECK", "storage.config", ["prod"]]]),
  );
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["DRILL_WITHOUT_CHECK"]));
});

describe("pods through which Velero fills volumes", () => {
  const helper = (pod: Stored) => ({
    name: "restore-wait",
    image: "velero/velero:v1.18.1",
    // Of the first container, as it was backed up.
    securityContext: asTree((asTree(pod["spec"])["containers"] as unknown[])[0])["securityContext"],
  });

  /** A pod of a rendered workload as it was when it was backed up. */
  function podOf(release: Release): Stored[] {
    const { name: service, namespace } = release.service;
    const folder = path.join(projectRoot, "kubernetes", release.facts.name, service);
    return globSync(path.join(folder, "{deployment,statefulset}-*.yaml")).flatMap((file) => {
      const workload = parse(readFileSync(file, "utf8")) as Stored;
      const { template } = workload["spec"] as { template: Stored };
      const isSet = workload.kind === "StatefulSet";
      const pod = {
        ...template,
        kind: "Pod",
        metadata: {
          ...template.metadata,
          name: `${workload.metadata.name}-${isSet ? "0" : "5d8f-x7k2p"}`,
          namespace,
          uid: "",
        },
      } as Stored;
      const spec = pod["spec"] as { initContainers?: unknown[] };
      spec.initContainers = [helper(pod), ...(spec.initContainers ?? [])];
      return [pod];
    });
  }

  test("keep every rule, wait for nobody, mount their own claims only and are least urgent, whatever they were", () => {
    const { plan, modifiers } = workOf("lab");
    const through = plan.targets.flatMap((target) =>
      target.volumes
        .filter(({ throughPods }) => throughPods !== undefined)
        .map((volume) => ({ target, volume })),
    );
    expect(through.length).toBeGreaterThan(3);
    for (const { target, volume } of through) {
      const release = releases.find(({ service: { namespace } }) => namespace === target.namespace);
      const pods = release === undefined ? [] : podOf(release);
      const mine = pods.filter(({ metadata }) =>
        Object.entries(volume.throughPods ?? {}).every(
          ([key, value]) => metadata.labels?.[key] === value,
        ),
      );
      expect(mine.length, target.service).toBeGreaterThan(0);
      for (const pod of mine) {
        const changed = modified(pod, "pods", modifiers);
        const spec = asTree(changed["spec"]);
        expect(notRestricted(changed), target.service).toBeUndefined();
        expect(spec["containers"]).toMatchObject([{ name: "stand-in" }]);
        expect(spec["initContainers"]).toMatchObject([{ name: "restore-wait" }]);
        expect(spec["volumes"]).toContainEqual(
          expect.objectContaining({ persistentVolumeClaim: { claimName: volume.claim } }),
        );
        expect(JSON.stringify(spec["volumes"])).not.toMatch(/nfs|hostPath|secret|emptyDir/);
        expect(spec["priorityClassName"]).toBe("tier-apps");
        for (const field of ["hostNetwork", "nodeSelector", "affinity", "runtimeClassName"])
          expect(spec[field]).toBeUndefined();
      }
    }
  });

  test("other pods are not changed, and no rule is for a namespace nobody restores", () => {
    const { plan, modifiers } = workOf("lab");
    const namespaces = new Set(plan.targets.map(({ namespace }) => namespace));
    for (const { conditions } of modifiers)
      expect(conditions.namespaces.every((name) => namespaces.has(name))).toBe(true);
    expect(existsSync(path.join(projectRoot, "kubernetes"))).toBe(true);
  });
});

test("a storage class that the environment has another one for in drills", async () => {
  const file = "environments/prod/environment.ts";
  const said = structuredClone(values.get(file));
  (asTree(asTree(said)["spec"]) as Record<string, unknown>)["drill"] = {
    classes: { bulk: "standard" },
  };
  const { modifiers } = workOf("home", await releasesWith(new Map([...values, [file, said]])));
  const claim: Stored = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "library", namespace: "media-immich", uid: "" },
    spec: { storageClassName: "longhorn-bulk" },
  };
  expect(modified(claim, "persistentvolumeclaims", modifiers)["spec"]).toEqual({
    storageClassName: "longhorn",
  });
  const other = { ...claim, spec: { storageClassName: "longhorn-local" } };
  expect(modified(other, "persistentvolumeclaims", modifiers)).toEqual(other);
});
