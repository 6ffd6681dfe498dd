/** A broken commit in a layer that others wait for: it stops there, the others go on, and the next commit heals it. */
import { cpSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import {
  followApplications,
  isAt,
  isSettled,
  refreshTouched,
  standingOf,
  waitUntilSettled,
  type Application,
  type Applications,
} from "../../../cluster/argo-cd/applications.ts";
import { startPlayground, type Playground } from "../../../cluster/playground.ts";
import { waitFor } from "../../../cluster/wait.ts";
import { applicationHealth } from "../../../src/authoring/argocd.ts";
import type { Copy } from "../copy.ts";
import { figure, platformOf, root, useStarted } from "../local.ts";
import { changesBetween, podIds, versionsOf } from "../objects.ts";
import { smallRepository } from "../small.ts";
import { holdPods, replaced, spoil } from "../spoil.ts";

const environment = "prod";
const patience = { shipped: "is_older_than(300)", here: "is_older_than(60)", seconds: 60 };
/** Two hours, as shipped. */
const timeOut = { seconds: 180 };
let copy: Copy;
const playground = useStarted(async (ground): Promise<Playground> => {
  const services = ["argo-cd", "external-secrets", "reloader", "valkey"];
  copy = await smallRepository(`${ground.folder}-repository`, services);
  await add("my-app");
  return startPlayground({
    ...ground,
    root: copy.root,
    platform: await platformOf(copy.root),
    environment,
    // As shipped, but for the five minutes it gives to a new Application and the two hours of a sync: nobody waits
    // that long here.
    argoCd: {
      controller: { ARGOCD_APPLICATION_CONTROLLER_SYNC_TIMEOUT: String(timeOut.seconds) },
      settings: {
        "resource.customizations.health.argoproj.io_Application": replaced(
          applicationHealth,
          patience.shipped,
          patience.here,
        ),
      },
    },
  });
});
afterAll(() => rmSync(copy.root, { recursive: true, force: true }));
let applications: Applications;

interface Pushed {
  readonly commit: string;
  /** Applications that read what it changes. */
  readonly touched: readonly string[];
}

async function push(message: string, change?: (folder: string) => void): Promise<Pushed> {
  const { cluster, publish } = playground();
  const pushed = await publish(message, change);
  const touched = await refreshTouched(cluster.api, applications, pushed);
  return { commit: pushed.commit, touched };
}

const one = (name: string): Application | undefined =>
  applications.all().find(({ metadata }) => metadata.name === name);
const standing = (): string =>
  applications
    .all()
    .filter((application) => !isSettled(application))
    .map(standingOf)
    .join("\n");

async function until(what: string, ask: () => boolean, seconds = 60): Promise<void> {
  await waitFor(ask, { for: what, seconds, standing });
}

/** What is pushed now is on the cluster, and all is well. */
async function heal(message: string): Promise<void> {
  const pushed = await push(message);
  const expected = { ...pushed, count: playground().count(), seconds: 180 };
  await waitUntilSettled(applications, expected);
}

const add = async (name: string): Promise<void> => {
  const image = ["--image", `ghcr.io/me/${name}:1.2.3`, "--port", "8080"];
  await copy.run("new-service", name, ...image, "--environment", environment);
};

/** The commit whose Applications the root applies now, or applied last. */
const commitOfRoot = (): string | undefined =>
  one(environment)?.status?.operationState?.syncResult?.revision;
const rootWaitsFor = (name: string): boolean => {
  const { phase, message = "" } = one(environment)?.status?.operationState ?? {};
  return phase === "Running" && message.endsWith(`Application/${name}`);
};
const isUnknown = (name: string): boolean => one(name)?.status?.sync?.status === "Unknown";
const isWell = (name: string): boolean => {
  const application = one(name);
  return application !== undefined && isSettled(application);
};

test("everything is there", async () => {
  const { cluster, publish, begin, count } = playground();
  const { commit } = await publish("from nothing");
  applications = followApplications(cluster.api);
  const start = performance.now();
  await begin();
  await waitUntilSettled(applications, { commit, count: count(), seconds: 300 });
  figure(`${count()} Applications synced and healthy in`, performance.now() - start);
});

test("a field nobody knows stops at its service: the root takes what else is new, and the next commit heals", async () => {
  await add("second-app");
  const { commit } = await push(
    "a wrong Service of the database, and a new service",
    spoil("valkey/service-valkey.yaml", "  ports:", "  portss:"),
  );
  await until("the database to be told of", () => isUnknown("prod.valkey"));
  await until("the new service to come", () => isWell("prod.second-app"));
  expect(isUnknown("prod.valkey")).toBe(true);
  expect(commitOfRoot()).toBe(commit);
  const start = performance.now();
  await heal("as rendered");
  figure("an object that is refused: healed without a hand in", performance.now() - start);
});

test("a root that waits in vain takes the next commit at once after the documented command", async () => {
  await waitInVain("queue", "third-app");
  const start = performance.now();
  await endSyncOfRoot();
  await until("the new service to come", () => isWell("prod.third-app"));
  await until("the other to go", () => one("prod.queue") === undefined);
  await heal("as rendered");
  figure("a root that waits in vain: healed with the command in", performance.now() - start);
});

test("and by itself once its time is over", async () => {
  await waitInVain("second-queue", "fifth-app");
  await until("the new service to come", () => isWell("prod.fifth-app"), timeOut.seconds + 60);
  await until("the other to go", () => one("prod.second-queue") === undefined);
  await heal("as rendered");
});

/** Lets the root wait for a database, takes it out again, and expects that the root does not take that while it waits. */
async function waitInVain(queue: string, app: string): Promise<void> {
  addNeverReady(queue);
  await add(app);
  const hold = holdPods(`${queue}/statefulset-${queue}.yaml`, 3_600);
  const { commit } = await push("a database that never is ready, and a new service", hold);
  await until("the root to wait for it", () => rootWaitsFor(`prod.${queue}`));
  await copy.run("remove", queue);
  const { commit: healing } = await push("without it");
  await until("the root to see that", () => isAt(one(environment) ?? nothing, healing));
  await sleep(5_000);
  // It does not take it by itself, and what comes after that layer is not there.
  expect(commitOfRoot()).toBe(commit);
  expect(one(`prod.${app}`)).toBeUndefined();
}

const nothing: Application = { apiVersion: "", kind: "", metadata: { name: "" }, spec: {} };

/** A second valkey, as a person copies a service. */
function addNeverReady(name: string): void {
  const folder = path.join(copy.root, "charts/services");
  cpSync(path.join(root, "charts/services/valkey/values.ts"), path.join(folder, name, "values.ts"));
  copy.edit("environments/prod/environment.ts", '"valkey"', `"valkey", "${name}"`);
}

/** Does what the guide says, read from there. */
async function endSyncOfRoot(): Promise<void> {
  const guide = readFileSync(path.join(root, "docs/guide-argocd.md"), "utf8");
  const command =
    /^kubectl patch applications\.argoproj\.io (\S+) --namespace (\S+) --type merge --patch '(.+)'$/m;
  const [, name, namespace, patch = ""] = command.exec(guide) ?? [];
  const where = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/${name}`;
  const { status } = await playground().cluster.api.call("PATCH", where, JSON.parse(patch));
  expect(status).toBe(200);
}

test("a chart that is not there stops at its service: the others go on, and the next commit heals", async () => {
  const { api } = playground().cluster;
  const before = await versionsOf(api, applications.all());
  const pods = await podsOf("platform-reloader");
  const values = "charts/services/reloader/values.ts";
  const right = / version: "([^"]+)"/.exec(readFileSync(path.join(copy.root, values), "utf8"))?.[1];
  copy.edit(values, `version: "${right}"`, 'version: "99.0.0"');
  copy.edit("charts/services/my-app/values.ts", ":1.2.3", ":1.2.4");
  await add("fourth-app");
  await push("a version that is not there, a newer my-app and a new service");
  const broken = performance.now();
  await until("the chart to be missed", () => isUnknown("prod.reloader"));
  await waitFor(async () => (await imageOf("my-app")).endsWith(":1.2.4"), {
    for: "the newer my-app",
    seconds: 60,
  });
  await until("the new service to come", () => isWell("prod.fourth-app"), patience.seconds + 90);
  figure("a chart that is not there: the others went on after", performance.now() - broken);
  expect(isUnknown("prod.reloader")).toBe(true);
  copy.edit(values, 'version: "99.0.0"', `version: "${right}"`);
  await copy.run("render");
  const start = performance.now();
  await heal("the version there is");
  figure("a chart that is not there: healed without a hand in", performance.now() - start);
  const after = await versionsOf(api, applications.all());
  const isMeant = (where: string): boolean => /my-app|fourth-app/.test(where);
  expect(changesBetween(before, after, isMeant)).toEqual([]);
  expect(await podsOf("platform-reloader")).toEqual(pods);
});

async function podsOf(namespace: string): Promise<readonly string[]> {
  const pods = (await podIds(playground().cluster.api)).filter((pod) =>
    pod.startsWith(`${namespace}/`),
  );
  expect(pods).not.toEqual([]);
  return pods;
}

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { image: string }[] } };
  };
}

async function imageOf(name: string): Promise<string> {
  const where = `/apis/apps/v1/namespaces/apps-${name}/deployments/${name}`;
  const { spec } = await playground().cluster.api.get<Deployment>(where);
  return spec.template.spec.containers[0]?.image ?? "";
}
