/** The way back: its order and times as laws, the rendered switch as files, the plan as a person calls for it. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { parse } from "yaml";
import { beforeAll, describe, expect, test } from "vitest";
import type { RecoveryPlan } from "../../src/backup/recovery.ts";
import { endOf, timed } from "../../src/backup/timed.ts";
import type { RecoveryStep } from "../../src/backup/timed.ts";
import { readTree } from "../../src/load/tree.ts";
import { shareOf } from "../../src/argocd/share.ts";
import { argocdFiles } from "../../src/argocd/tree.ts";
import type { Release } from "../../src/model/platform.ts";
import { checkRecovery } from "../../src/backup/recovery-check.ts";
import { recoveryPlan } from "../../src/backup/recovery.ts";
import { backedVolumes } from "../../src/release/backups/backed-volumes.ts";
import { layerOf } from "../../src/release/layers.ts";
import { heldServices } from "../../src/release/backups/recovery.ts";
import type { RecoveryStage } from "../../src/release/backups/recovery.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { backed, component, composed, sceneWith, service } from "../model-leaves/scene.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

const step = (name: string, takes: number, ...after: string[]): RecoveryStep => ({
  name,
  about: "",
  after,
  takes,
  isBulk: false,
  commands: [],
});

describe("steps in time", () => {
  test("begin when the last one they wait for is done; the longest way is critical", () => {
    const placed = timed([step("a", 10), step("b", 4), step("c", 5, "a", "b"), step("d", 1, "b")]);
    expect(
      placed.map(({ name, start, end, isCritical }) => [name, start, end, isCritical]),
    ).toEqual([
      ["a", 0, 10, true],
      ["b", 0, 4, false],
      ["c", 10, 15, true],
      ["d", 4, 5, false],
    ]);
  });

  test("two ways of the same length are both critical", () => {
    const placed = timed([step("a", 5), step("b", 5), step("c", 1, "a", "b")]);
    expect(placed.map(({ isCritical }) => isCritical)).toEqual([true, true, true]);
  });

  const plans = fc
    .array(
      fc.record({
        takes: fc.integer({ min: 1, max: 50 }),
        isBulk: fc.boolean(),
        after: fc.array(fc.nat(9), { maxLength: 3 }),
      }),
      {
        minLength: 1,
        maxLength: 10,
      },
    )
    .map((list) => {
      // What comes after bulk is bulk.
      const from = list.findIndex(({ isBulk }) => isBulk);
      return list.map(({ takes, after }, index) => ({
        ...step(
          `s${index}`,
          takes,
          ...new Set(after.filter((one) => one < index).map((one) => `s${one}`)),
        ),
        isBulk: from !== -1 && index >= from,
      }));
    });
  const ends = (steps: readonly RecoveryStep[]) => {
    const placed = timed(steps);
    return [endOf(placed), endOf(placed.filter(({ isBulk }) => !isBulk))];
  };
  const longer = (steps: readonly RecoveryStep[], name: string) =>
    steps.map((one) => (one.name === name ? { ...one, takes: one.takes + 1 } : one));

  test("what comes before bulk has a longest way of its own", () => {
    const bulk = { ...step("bulk", 20, "a"), isBulk: true };
    const placed = timed([step("a", 10), step("load", 5, "a"), step("b", 1, "a"), bulk]);
    expect(placed.map(({ isCritical }) => isCritical)).toEqual([true, true, false, true]);
  });

  test("a step is critical if and only if the whole, or all but bulk, takes longer when it does", () => {
    fc.assert(
      fc.property(plans, (steps) => {
        for (const { name, isCritical } of timed(steps))
          expect(!isDeepStrictEqual(ends(longer(steps, name)), ends(steps))).toBe(isCritical);
      }),
    );
  });

  test("no step begins before what it waits for is done", () => {
    fc.assert(
      fc.property(plans, (steps) => {
        const placed = new Map(timed(steps).map((one) => [one.name, one]));
        for (const { after, start } of placed.values())
          for (const name of after) expect(placed.get(name)?.end ?? 0).toBeLessThanOrEqual(start);
      }),
    );
  });
});

describe("the root that holds back", () => {
  let releases: readonly Release[];
  beforeAll(async () => {
    releases = await releasesOf(readTree(projectRoot));
  });
  const of = (environment: string) => releases.filter(({ facts }) => facts.name === environment);
  const folder = (environment: string) => path.join(projectRoot, "kubernetes", environment);
  const read = (...at: string[]) => parse(readFileSync(path.join(...at), "utf8"));
  const root = (environment: string, stage: string) =>
    read(folder(environment), "_recovery", `application-${environment}.${stage}.yaml`);
  const held = (environment: string, stage: string): string[] =>
    root(environment, stage).spec.source.directory.exclude.replaceAll(/[{}]/g, "").split(",");

  test.for(["prod", "staging"])(
    "is that of %s but for what it leaves out, and ends nothing",
    (environment) => {
      const normal = read(folder(environment), "_argocd", `application-${environment}.yaml`);
      expect(normal.spec.syncPolicy.automated.prune).toBe(true);
      normal.spec.syncPolicy.automated.prune = false;
      for (const stage of ["platform", "without-bulk"]) {
        const restrained = root(environment, stage);
        delete restrained.spec.source.directory.exclude;
        expect(restrained).toEqual(normal);
      }
    },
  );

  test.for(["prod", "staging"])(
    "leaves out of %s all that keeps data or starts after data, itself, and all backups",
    (environment) => {
      const files = held(environment, "platform");
      expect(files).toContain(`application-${environment}.yaml`);
      const all = readdirSync(path.join(folder(environment), "_argocd"));
      expect(files.filter((file) => !all.includes(file))).toEqual([]);
      const brought = all.filter(
        (file) => file.startsWith("application-") && !files.includes(file),
      );
      const services = new Set(
        brought.map(
          (file) => read(folder(environment), "_argocd", file).metadata.labels["rzp.local/service"],
        ),
      );
      for (const release of of(environment)) {
        const { service, facts } = release;
        const keeps = service.volumes.some(({ volume }) =>
          ["state", "database"].includes(volume.holds),
        );
        const late = ["databases", "applications"].includes(layerOf(service, facts));
        const unkept = service.name === "recyclarr";
        if ((keeps && !unkept) || late) expect(services, service.name).not.toContain(service.name);
        else expect(services, service.name).toContain(service.name);
      }
      for (const file of brought) {
        const application = read(folder(environment), "_argocd", file);
        const { path: at, directory } = application.spec.source ?? application.spec.sources.at(-1);
        const included = readdirSync(path.join(projectRoot, at)).filter(
          (one) => directory.include === "*.yaml" || directory.include.includes(one),
        );
        expect(included.filter((one) => one.startsWith("schedule-"))).toEqual([]);
      }
    },
  );

  test("leaves out what keeps bulk until that is there, and nothing else", () => {
    expect(held("prod", "without-bulk")).toEqual([
      "application-prod.immich.monitors.yaml",
      "application-prod.immich.yaml",
      "application-prod.openobserve.monitors.yaml",
      "application-prod.openobserve.yaml",
      "application-prod.velero.applications.yaml",
      "application-prod.yaml",
    ]);
  });

  test("restores every claim that is backed up from one schedule, and nothing but claims", () => {
    const restores = readdirSync(path.join(folder("prod"), "_recovery"))
      .filter((file) => file.startsWith("restore-"))
      .map((file) => read(folder("prod"), "_recovery", file));
    const namespaces = restores.flatMap(({ spec }) => spec.includedNamespaces);
    expect(new Set(namespaces).size).toBe(namespaces.length);
    const backed = of("prod").filter(({ service }) =>
      service.volumes.some(({ volume }) => ["state", "database"].includes(volume.holds)),
    );
    expect(namespaces.toSorted()).toEqual(
      backed.map(({ service }) => service.namespace).toSorted(),
    );
    for (const { spec, metadata } of restores) {
      expect(spec.includedResources).toEqual(["persistentvolumeclaims", "persistentvolumes"]);
      expect(metadata.namespace).toBe("storage-velero");
    }
  });

  test("gives each restore the time it takes from the slowest place, and waits as long", () => {
    const { steps = [] } = recoveryPlan(of("prod"), { argocd: [], credentials: [] }) ?? {};
    const waits = steps.flatMap(({ commands }) =>
      commands.flatMap(
        (command) => /restores.velero.io\/(\S+) .*--timeout=(\d+)h$/.exec(command) ?? [],
      ),
    );
    const given = Object.fromEntries(
      readdirSync(path.join(folder("prod"), "_recovery"))
        .filter((file) => file.startsWith("restore-"))
        .map((file) => read(folder("prod"), "_recovery", file))
        .map(({ metadata, spec }) => [metadata.name, spec.itemOperationTimeout]),
    );
    expect(given).toEqual({
      "prod-default-2h-bulk": "69h0m0s",
      "prod-default-2h-database": "5h0m0s",
      "prod-default-2h-standard": "6h0m0s",
    });
    expect(waits.filter((text) => /^(prod-\S+|\d+)$/.test(text))).toEqual(
      ["database", "5", "standard", "6", "bulk", "69"].map((one) =>
        /\d/.test(one) ? one : `prod-default-2h-${one}`,
      ),
    );
  });

  test("is not there where nothing is backed up", () => {
    const facts = of("prod").map((release) => ({
      ...release,
      facts: {
        ...release.facts,
        environment: {
          ...release.facts.environment,
          backup: { because: "nothing here is missed", value: false as const },
        },
      },
    }));
    const [first] = facts;
    if (first === undefined) throw new Error("prod has no services");
    const files = argocdFiles(
      first.facts,
      facts.map((release) => ({
        release,
        manifests: [],
        wantsSecrets: false,
      })),
    );
    expect(files.filter((file) => file.path.includes("_recovery"))).toEqual([]);
  });

  test("is planned where its files are: not of what keeps nothing", () => {
    const nothing = of("prod").filter((release) => backedVolumes(release).length === 0);
    expect(nothing.length).toBeGreaterThan(5);
    expect(recoveryPlan(nothing, { argocd: [], credentials: [] })).toBeUndefined();
  });

  test("plans bulk after all else, data before what keeps it, and says when", () => {
    const plan = recoveryPlan(of("prod"), { argocd: ["helm …"], credentials: [] });
    expect(order(plan)).toEqual([
      "cluster",
      "credentials",
      "argo-cd",
      "platform",
      "backups",
      "restore prod-default-2h-database",
      "restore prod-default-2h-standard",
      "applications",
      "restore prod-default-2h-bulk",
      "all",
    ]);
    expect(plan?.time).toBeLessThanOrEqual(30 * 60);
    expect(plan?.withBulk).toBeGreaterThan(plan?.time ?? Infinity);
    expect(plan?.steps.filter(({ isCritical }) => !isCritical).map(({ name }) => name)).toEqual([
      "credentials",
    ]);
  });

  test("has room for some services more in the shipped prod", () => {
    const { time = Infinity, allowed = 0 } =
      recoveryPlan(of("prod"), { argocd: [], credentials: [] }) ?? {};
    expect(allowed - time).toBeGreaterThan(120);
  });

  test("that takes too long is told to the second, and points at volumes whose class is still free", () => {
    const plan = recoveryPlan(of("prod"), { argocd: [], credentials: [] });
    const allowed = `${Math.floor((plan?.time ?? 0) / 60)}m`;
    const close = of("prod").map((release): Release => {
      const backup = { recover: { because: "it is tried here", value: allowed } };
      const environment = { ...release.facts.environment, backup };
      return { ...release, facts: { ...release.facts, environment } };
    });
    const found = (inUse: (name: string) => boolean) =>
      checkRecovery(close, ({ service }) => inUse(service.name));
    const [none] = found(() => true);
    expect(none?.expected).toBe(`at most ${allowed}`);
    expect(none?.found).toMatch(/^\d+m \d+s$/);
    expect(none?.message).toContain(`would be back ${none?.found} after`);
    expect(none?.related ?? []).toEqual([]);
    expect(none?.fix).not.toContain("bulk");
    const [one] = found((name) => name !== "sonarr");
    expect(one?.related?.map(({ note }) => note)).toEqual([
      expect.stringMatching(/^sonarr\/config, 5Gi, /),
    ]);
    expect(one?.fix).toContain("class `bulk`");
  });

  test("of an environment that carries nothing begins with its own root", () => {
    expect(order(recoveryPlan(of("staging"), { argocd: [], credentials: [] })).slice(0, 2)).toEqual(
      ["platform", "backups"],
    );
  });
});

const order = (plan: RecoveryPlan | undefined) => plan?.steps.map(({ name }) => name) ?? [];

describe("what a root leaves out for the sake of another", () => {
  const early = (more: Fragment) => service({ ...component, tier: "platform", ...more });
  const store = (more: Fragment = {}) =>
    early({ storage: { data: { holds: "state", at: "/data", size: "1Gi", ...more } } });
  const database = service({
    tier: "platform",
    image: "registry.example.com/postgresql:18",
    runs: { as: "postgresCluster", instances: 1 },
    ports: { postgres: 5432 },
    offers: { login: { port: "postgres", gives: ["user", "password"] } },
    storage: {
      data: {
        holds: "database",
        size: "1Gi",
        backup: { whole: { because: "a test restores nothing", value: true } },
      },
    },
  });
  const held = (
    services: Readonly<Record<string, Fragment>>,
    stage: RecoveryStage = "platform",
  ) => {
    const scene = sceneWith({ ...backed, services: { ...backed.services, ...services } });
    const { releases, problems } = build(scene);
    expect(problems).toEqual([]);
    const names = heldServices(releases, stage);
    return Object.keys(services).filter((name) => names.has(name));
  };

  test.for<readonly [string, Fragment, readonly string[]]>([
    ["needs", { needs: ["store"] }, ["store", "front"]],
    ["calls", { consumes: { store: "http" } }, ["store"]],
    ["has nothing to do with", {}, ["store"]],
  ])("who %s what keeps data", ([, more, expected]) => {
    expect(held({ store: store(), front: early(more) })).toEqual(expected);
  });

  test("who logs in at a database, not who merely calls it", () => {
    const front = (consumed: unknown) => early({ consumes: { database: consumed } });
    expect(held({ database, front: front({ login: "front" }) })).toEqual(["database", "front"]);
    expect(held({ database, front: front("postgres") })).toEqual(["database"]);
  });

  test("not whose schedule logs in: it has no pod until its time", () => {
    const front = (runs: Fragment) => {
      const report = {
        image: component["image"],
        runs,
        consumes: { database: { login: "front" } },
      };
      return composed({ hook: component, report }, { tier: "platform" });
    };
    const schedule = { as: "schedule", cron: "0 3 * * *", endsWithin: "10m" };
    const job = { as: "job", endsWithin: "10m" };
    expect(held({ database, front: front(schedule) })).toEqual(["database"]);
    expect(held({ database, front: front(job) })).toEqual(["database", "front"]);
  });

  test("who needs who needs it, in any order of names", () => {
    const needs = (name: string) => early({ needs: [name] });
    expect(held({ a: needs("m"), m: needs("z"), store: store(), z: needs("store") })).toEqual([
      "a",
      "m",
      "store",
      "z",
    ]);
  });

  test("not whom it needs, nor who needs that", () => {
    const bare = early({});
    const keeps = early({ ...(store()["spec"] as Fragment), needs: ["bare"] });
    expect(held({ bare, keeps, front: early({ needs: ["bare"] }) })).toEqual(["keeps"]);
  });

  test("until bulk is there, who needs what keeps bulk", () => {
    const front = early({ needs: ["store"] });
    const bulk = { store: store({ class: "bulk" }), front };
    expect(held(bulk, "without-bulk")).toEqual(["store", "front"]);
    expect(held({ store: store(), front }, "without-bulk")).toEqual([]);
  });
});

describe("a database that is only dumped", () => {
  const dumper = {
    image: component["image"],
    runs: { as: "schedule", cron: "*/30 * * * *", endsWithin: "5m" },
  };
  const planned = (
    dumps: Fragment = {},
    more: Fragment = {},
    others: Readonly<Record<string, Fragment>> = {},
  ) => {
    const maria = composed(
      {
        server: { ...component, mounts: { data: "/data" } },
        dump: { ...dumper, mounts: { dumps: "/dumps" } },
      },
      {
        storage: {
          data: { holds: "database", size: "1Gi", backup: { dumpedTo: "maria/dumps" } },
          dumps: { holds: "state", size: "1Gi", ...dumps },
        },
        ...more,
      },
    );
    const { releases } = build(
      sceneWith({ ...backed, services: { ...backed.services, maria, ...others } }),
    );
    return {
      releases,
      found: recoveryPlan(releases, { argocd: [], credentials: [] })?.steps ?? [],
      left: [...heldServices(releases, "before-loads").keys()],
    };
  };
  const steps = (...of: Parameters<typeof planned>) => planned(...of).found;
  const load = (found: readonly RecoveryStep[]) =>
    found.find(({ name }) => name === "load maria/data");

  test("is loaded once it runs, while nothing dumps it", () => {
    const found = steps();
    expect(found.at(-1)).toEqual(load(found));
    expect(load(found)).toMatchObject({ after: ["applications"], isBulk: false });
    expect(load(found)?.about).toContain("maria/dumps");
    expect(load(found)?.commands).toEqual([
      "kubectl --namespace media-maria wait cronjobs/dump --for=create --timeout=20m",
      `kubectl --namespace media-maria patch cronjobs/dump --patch '{"spec":{"suspend":true}}'`,
      `# Once it is loaded: kubectl --namespace media-maria patch cronjobs/dump --patch '{"spec":{"suspend":false}}'`,
    ]);
  });

  const user = { ...component, consumes: { maria: "server/http" } };
  const front = service({ ...component, needs: ["cloud"] });

  test("is loaded before a job that uses it runs, as that would begin anew", () => {
    const migrate = service({
      ...user,
      health: undefined,
      ports: undefined,
      runs: { as: "job", endsWithin: "5m" },
    });
    expect(planned({}, {}, { migrate }).left).toEqual(["migrate"]);
  });

  const nas = service({
    ...component,
    storage: { films: { holds: "state", class: "bulk", size: "1Gi", at: "/films" } },
  });

  test("is loaded after bulk where its service waits for that", () => {
    const found = steps({}, { needs: ["nas"] }, { nas, cloud: service(user) });
    expect(load(found)).toMatchObject({ isBulk: true });
  });

  test("is loaded before who uses it comes, and who waits for that", () => {
    const cloud = service(user);
    const { found, left } = planned({}, {}, { cloud, front });
    expect(found.slice(-3).map(({ name, after, takes }) => [name, after, takes])).toEqual([
      ["databases", ["restore prod-main-2h-standard"], 120],
      ["load maria/data", ["databases"], 300],
      ["applications", ["load maria/data"], 180],
    ]);
    expect(left).toEqual(["cloud", "front"]);
    expect(load(found)?.about).not.toContain("anew");
    expect(found.flatMap(({ commands }) => commands)).toContain(
      "kubectl apply --filename kubernetes/prod/_recovery/application-prod.before-loads.yaml",
    );
  });

  test("is loaded before a schedule that uses it comes, as its time may be any moment", () => {
    const nightly = service({ ...dumper, consumes: { maria: "server/http" } });
    const { found, left } = planned({}, {}, { nightly });
    expect(found.slice(-2).map(({ name }) => name)).toEqual(["load maria/data", "applications"]);
    expect(left).toEqual(["nightly"]);
    expect(load(found)?.about).not.toContain("anew");
  });

  test("is loaded after all where none but what dumps it uses it", () => {
    const { found, left } = planned(
      {},
      {
        components: {
          server: { ...component, ports: { http: 80 }, mounts: { data: "/data" } },
          dump: { ...dumper, consumes: { "./server": "http" }, mounts: { dumps: "/dumps" } },
        },
      },
    );
    expect(found.at(-1)?.name).toBe("load maria/data");
    expect(left).toEqual([]);
  });

  test("names who starts before that, as it could not be loaded without them, and not what dumps it", () => {
    expect(load(steps())?.about).not.toContain("anew");
    const own = { ...component, consumes: { "./server": "http" } };
    const dump = { ...dumper, consumes: { "./server": "http" }, mounts: { dumps: "/dumps" } };
    const server = { ...component, ports: { http: 80 }, mounts: { data: "/data" } };
    // It could be left out only with the server.
    const clean = { ...dumper, consumes: { "./server": "http" } };
    const components = { server, own, dump, clean };
    const anew = /; (.*) may have begun anew .* apply the root of step databases again$/;
    const others = { cloud: service(user), base: service(user) };
    const needing = planned({}, { components, needs: ["base"] }, others);
    expect(needing.left).toEqual(["cloud"]);
    expect(anew.exec(load(needing.found)?.about ?? "")?.[1]).toBe("base, maria/clean, maria/own");
  });

  test("takes a schedule that only reads the dumps for one that uses the database", () => {
    const consumes = { "./server": "http" };
    const server = { ...component, ports: { http: 80 }, mounts: { data: "/data" } };
    const dump = { ...dumper, consumes, mounts: { dumps: "/dumps" } };
    const reading = { dumps: { mountPath: "/dumps", readOnly: true } };
    const tidy = { ...dumper, consumes, mounts: reading };
    const found = load(steps({}, { components: { server, dump, tidy } }));
    expect(found?.about).toContain("; maria/tidy may have begun anew");
    expect(found?.commands.join("\n")).not.toContain("cronjobs/tidy");
  });

  test("holds back nobody until all runs where its dumps come with bulk", () => {
    const { found, left } = planned({ class: "bulk" }, {}, { cloud: service(user) });
    expect(left).toEqual(["maria"]);
    expect(found.map(({ name }) => name)).not.toContain("databases");
    expect(load(found)?.about).toMatch(
      /; cloud may have begun anew .* apply the root of step all again$/,
    );
  });

  test("is seen in what the environment's own objects are made of", () => {
    const shares = [{}, { consumes: { maria: "server/http" } }].map((more) => {
      const { releases } = planned({}, {}, { cloud: service({ ...component, ...more }) });
      const maria = releases.find(({ service: { name } }) => name === "maria");
      return maria && shareOf({ release: maria, wantsSecrets: false, manifests: [] });
    });
    expect(shares[0]).not.toBe(shares[1]);
  });

  test("waits for dumps that come with bulk", () => {
    expect(load(steps({ class: "bulk" }))).toMatchObject({ after: ["all"], isBulk: true });
  });

  test("lets a schedule that dumps several go on after the last of them, bulk or not", () => {
    const server = (volume: string) => ({ ...component, mounts: { [volume]: "/data" } });
    const data = { holds: "database", size: "1Gi", backup: { dumpedTo: "maria/dumps" } };
    const storage = { a: data, b: data, dumps: { holds: "state", size: "1Gi" } };
    const dump = { ...dumper, mounts: { dumps: "/dumps" } };
    const components = { one: server("a"), two: server("b"), dump };
    const ends = (dumps: Fragment) =>
      steps(dumps, { components, storage: { ...storage, dumps: { ...storage.dumps, ...dumps } } })
        .filter(({ name }) => name.startsWith("load "))
        .map(({ name, commands }) => [name, commands.at(-1)]);
    const expected = [
      [
        "load maria/a",
        "# Leave cronjobs/dump suspended until maria/b is loaded too: it dumps all of them.",
      ],
      ["load maria/b", expect.stringMatching(/^# Once it is loaded: .*"suspend":false/)],
    ];
    expect(ends({})).toEqual(expected);
    expect(ends({ class: "bulk" })).toEqual(expected);
  });

  test("has no schedule to suspend where that is stopped", () => {
    expect(load(steps({}, { stopped: true }))?.commands).toEqual([]);
  });

  test("is not there where all are copied themselves", () => {
    const app = service({
      ...component,
      storage: { data: { holds: "state", at: "/data", size: "1Gi" } },
    });
    const { releases } = build(sceneWith({ ...backed, services: { ...backed.services, app } }));
    const names = order(recoveryPlan(releases, { argocd: [], credentials: [] }));
    expect(names.at(-1)).toBe("applications");
  });
});

describe("what an environment's own objects are made of", () => {
  const shareOfConfig = (release: Release, backup: object) => {
    const { service } = release;
    const volumes = service.volumes.map((one) =>
      one.name === "config" && one.volume.holds === "state"
        ? { ...one, volume: { ...one.volume, ...backup } }
        : one,
    );
    const changed: Release = { ...release, service: { ...service, volumes } };
    return shareOf({ release: changed, wantsSecrets: false, manifests: [] });
  };

  test("is another thing when a volume is backed up otherwise: a recovery restores other volumes", async () => {
    const releases = await releasesOf(readTree(projectRoot));
    const release = releases.find(
      ({ facts, service }) => facts.name === "prod" && service.name === "sonarr",
    );
    if (release === undefined) throw new Error("prod has no sonarr");
    const said = shareOfConfig(release, {});
    expect(shareOfConfig(release, {})).toBe(said);
    const without = { backup: { value: false, because: "it can be made again" } };
    expect(shareOfConfig(release, without)).not.toBe(said);
    expect(shareOfConfig(release, { backup: { every: "1h" } })).not.toBe(said);
  });
});
