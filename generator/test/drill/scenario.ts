/** A cluster with one backed-up service, and a drill of it, in virtual time. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { bundlePlaces } from "../../drill/bundle.ts";
import { readResults } from "../../drill/results.ts";
import type { Results } from "../../drill/results.ts";
import { runDrills } from "../../drill/run.ts";
import type { World } from "../../drill/world.ts";
import type {
  DrillCheck,
  DrillPlan,
  DrillTarget,
  DrillVolume,
} from "../../src/model/drill-plan.ts";
import type { Release } from "../../src/model/platform.ts";
import { verbsOf } from "../../src/security/powers.ts";
import type { AccountRules } from "../../src/security/powers.ts";
import { drillRoles } from "../../src/values/drill.ts";
import service from "../../../charts/services/restore-drill/values.ts";
import { startApiServer } from "./fake/api-server.ts";
import type { FakeApiServer, Right } from "./fake/api-server.ts";
import { Cluster } from "./fake/cluster.ts";
import type { Stored } from "./fake/store.ts";

export const namespace = "storage-restore-drill";
export const velero = "storage-velero";
const programName = "restore-drill-files";

/** What the service's own account may do, as it is written in its file, and what it is given in Velero's namespace. */
function rightsOfService(plan: DrillPlan): Right[] {
  const { components } = service.spec as {
    components: { main: { account?: Partial<Record<"namespace" | "cluster" | "named", object>> } };
  };
  const { account } = components.main;
  const of = (said: object | undefined, where: object) =>
    Object.entries(said ?? {}).map(([resource, rule]) => {
      const [name = "", ...group] = resource.split(".");
      const verbs = verbsOf(rule as AccountRules[string]);
      return { groups: [group.join(".")], resources: [name], verbs, ...where };
    });
  const named = Object.entries(account?.named ?? {}).flatMap(([resource, objects]) =>
    Object.entries(objects as object).flatMap(([name, verbs]) =>
      // In the file stands the name the service has there.
      of(
        { [resource]: verbs },
        { namespace, names: [name.replace("restore-drill", plan.service)] },
      ),
    ),
  );
  const release = { service: { name: "velero" }, drill: { plan } } as unknown as Release;
  const inVelero = Object.values(drillRoles(release)).flatMap(({ rules }) =>
    rules.map(({ groups = [], resources = [], verbs }) => ({
      groups,
      resources,
      verbs,
      namespace: velero,
    })),
  );
  return [
    ...of(account?.namespace, { namespace }),
    ...of(account?.cluster, {}),
    ...named,
    ...inVelero,
  ];
}

export interface Scenario {
  readonly api: FakeApiServer;
  readonly cluster: Cluster;
  readonly plan: DrillPlan;
  /** Folder with the data of the claim in the newest backup. */
  readonly data: string;
  readonly clock: { now: number; stopped: boolean; killedAt: number };
  /** Resolves when the drill was killed. */
  readonly killed: Promise<void>;
  readonly lines: Record<string, unknown>[];
  /** Whom the drill asked over HTTP, and what it is answered. */
  readonly http: { asked: string[]; status: number | undefined };
  readonly run: (job?: string) => Promise<boolean>;
  readonly results: () => Promise<Results>;
  readonly close: () => void;
}

export const hour = 3_600_000;
/** When the backup began. */
export const backupTime = Date.parse("2026-11-20T02:00:00Z");

/** Labels of its pods. */
export const app = {
  "app.kubernetes.io/name": "sonarr",
  "app.kubernetes.io/component": "main",
};

export const sonarr: DrillTarget = {
  environment: "prod",
  service: "sonarr",
  namespace: "media-sonarr",
  within: 1800,
  volumes: [volume("config")],
};

export function volume(
  claim: string,
  checks: readonly DrillCheck[] = [],
  more: Partial<DrillVolume> = {},
): DrillVolume {
  return { claim, size: "5Gi", notOlder: 4 * 3600, user: 1000, group: 1000, checks, ...more };
}

export const withChecks = (...checks: DrillCheck[]): DrillTarget => ({
  ...sonarr,
  volumes: [volume("config", checks)],
});
export const anyFiles: DrillCheck = { is: "files", atLeast: 2, bytes: 10 };
export const fresh: DrillCheck = { is: "newest", path: "", within: 6 * 3600 };

export async function scenario(
  targets: readonly DrillTarget[] = [sonarr],
  drillName = "restore-drill",
): Promise<Scenario> {
  const data = mkdtempSync(path.join(os.tmpdir(), "drill-data-"));
  const clock = { now: backupTime + hour, stopped: false, killedAt: Number.POSITIVE_INFINITY };
  const { promise: killed, resolve: kill } = Promise.withResolvers<void>();
  const lines: Record<string, unknown>[] = [];
  const http: Scenario["http"] = { asked: [], status: 200 };
  const plan: DrillPlan = {
    service: drillName,
    namespace,
    velero: { namespace: velero, modifiers: "restore-drill" },
    checker: {
      image: "docker.io/library/node:26.10.0-slim",
      configMap: programName,
      key: "app.drill.mjs",
      priority: "tier-storage",
    },
    targets,
  };
  const api = await startApiServer(rightsOfService(plan), "token");
  const cluster = new Cluster(
    api.store,
    { drill: namespace, velero },
    { file: bundlePlaces[0] ?? "", configMap: programName },
  );
  const world: World = {
    server: {
      url: api.url,
      token: () => "token",
      sleep: async (milliseconds) => {
        clock.now += milliseconds;
        // One that was killed never comes back from here.
        if (clock.now > clock.killedAt) {
          kill();
          await new Promise(() => {});
        }
        cluster.tick();
      },
    },
    now: () => clock.now,
    stopped: () => clock.stopped,
    say: (line) => lines.push({ ...line }),
    ask: async (url) => {
      http.asked.push(url);
      return http.status;
    },
  };
  return {
    api,
    cluster,
    plan,
    data,
    clock,
    killed,
    lines,
    http,
    run: (job = "restore-drill-1") => runDrills(world, plan, job),
    results: () => readResults(world, plan),
    close: () => {
      api.close();
      cluster.remove();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Puts a completed backup of a service into the cluster. */
export function addBackup(
  { api, cluster, data }: Scenario,
  name: string,
  more: {
    readonly phase?: string;
    readonly at?: number;
    readonly namespaces?: readonly string[];
    readonly objects?: Readonly<Record<string, readonly Stored[]>>;
    readonly throughPod?: boolean;
    readonly schedule?: string;
    /** Instead of the one of sonarr; of several, each has the same data. */
    readonly claims?: readonly string[];
    readonly labels?: Record<string, string>;
    readonly answers?: Readonly<Record<string, string>>;
  } = {},
): void {
  const at = more.at ?? backupTime;
  const claims = more.claims ?? ["config"];
  const backup = api.store.add(`/apis/velero.io/v1/namespaces/${velero}/backups`, {
    apiVersion: "velero.io/v1",
    kind: "Backup",
    metadata: {
      name,
      namespace: velero,
      uid: "",
      labels: { "velero.io/schedule-name": more.schedule ?? "state" },
    },
    spec: { includedNamespaces: [...(more.namespaces ?? ["media-sonarr"])] },
  });
  backup["status"] = {
    phase: more.phase ?? "Completed",
    startTimestamp: new Date(at).toISOString(),
    completionTimestamp: new Date(at + 60_000).toISOString(),
  };
  cluster.backups.set(name, {
    objects: {
      persistentvolumeclaims: claims.map((claim) =>
        object("PersistentVolumeClaim", claim, {}, more.labels),
      ),
      ...more.objects,
    },
    volumes: Object.fromEntries(
      claims.map((claim) => [
        claim,
        { data, throughPod: more.throughPod ?? false, answers: more.answers ?? {} },
      ]),
    ),
  });
}

export const object = (
  kind: string,
  name: string,
  spec: object,
  labels: Record<string, string> = {},
): Stored => ({
  apiVersion: "v1",
  kind,
  metadata: { name, namespace: "media-sonarr", uid: "", labels },
  spec,
});

/** A file of the volume, changed so long before the backup. */
export function put(
  { data }: Scenario,
  name: string,
  content: string | Buffer,
  before = 60_000,
): string {
  const file = path.join(data, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  const time = new Date(backupTime - before);
  utimesSync(file, time, time);
  return file;
}

/** A database of the volume. */
export function putDatabase(
  { data }: Scenario,
  name: string,
  statements: readonly string[],
): string {
  const file = path.join(data, name);
  const database = new DatabaseSync(file);
  for (const statement of statements) database.exec(statement);
  database.close();
  const time = new Date(backupTime - 60_000);
  utimesSync(file, time, time);
  return file;
}

/** Names of what is left in the drill's namespace and of Restores, except its own results. */
export const leftovers = ({ api }: Scenario): string[] =>
  [...api.store.objects.keys()].filter(
    (where) =>
      !where.includes("/backups/") &&
      !where.includes("/events/") &&
      !where.endsWith("/restore-drill-results"),
  );
