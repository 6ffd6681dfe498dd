/** Argo CD brings prod up from nothing, layer by layer; then people change things, and only those change. */
import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import {
  isSettled,
  refreshTouched,
  standingOf,
  waitUntilSettled,
  type Applications,
} from "../../cluster/argo-cd/applications.ts";
import { startPlayground, type Playground } from "../../cluster/playground.ts";
import { waitFor } from "../../cluster/wait.ts";
import { copyRepository, type Copy } from "./copy.ts";
import { figure, platformOf, useStarted } from "./local.ts";
import { changesBetween, podIds, versionsOf } from "./objects.ts";
import { followOrder, tooEarly } from "./order.ts";
import { addNotes, claimOf, renameNotes } from "./renamed.ts";
import { spoil } from "./spoil.ts";

const environment = "prod";
let copy: Copy;
const playground = useStarted(async (ground): Promise<Playground> => {
  copy = copyRepository(`${ground.folder}-repository`);
  await addNotes(copy, environment);
  await copy.run("render");
  const platform = await platformOf(copy.root);
  return startPlayground({ ...ground, platform, root: copy.root, environment, definitions });
});
afterAll(() => rmSync(copy.root, { recursive: true, force: true }));
let applications: Applications;

/** With all proofs they come with the charts, as on a new cluster; that takes Argo CD minutes, so else they are there before. */
const definitions = process.env["RZP_E2E_ALL"] === "1" ? "by charts" : "before";

/** One database is held unready. */
const slow = { application: "prod.postgres", file: "postgres/cluster-postgres.yaml", seconds: 20 };

const slowDown = spoil(
  slow.file,
  "\n  annotations:\n",
  `\n  annotations:\n    rzp.local/ready-after: ${slow.seconds}s\n`,
);

test("no layer begins before the one below is healthy, and nobody waits for another of its layer", async () => {
  const { cluster, publish, begin, count } = playground();
  const { commit } = await publish("prod from nothing", slowDown);
  const order = followOrder(cluster.api, environment);
  const { times } = order;
  applications = order.applications;
  const start = performance.now();
  await begin();
  await waitUntilSettled(applications, { commit, count: count(), seconds: 900 });
  figure(`${count()} Applications synced and healthy in`, performance.now() - start);

  expect(tooEarly(times)).toEqual([]);
  const database = times.get(slow.application);
  const held = (database?.settled ?? 0) - (database?.created ?? 0);
  expect(held).toBeGreaterThan(slow.seconds * 1_000);
  // One of its layer took its time, and the others were healthy before.
  const beside = [...times].filter(
    ([name, { wave }]) => wave === database?.wave && name !== slow.application,
  );
  const late = beside.filter(([, { settled = Infinity }]) => settled >= (database?.settled ?? 0));
  expect(late).toEqual([]);
  for (const [wave, own] of Map.groupBy(times.values(), (one) => one.wave)) {
    const created = own.map((one) => one.created);
    const span = Math.max(...created) - Math.min(...created);
    figure(`wave ${wave}: ${own.length} Applications came within`, span);
  }
});

/** Pushes what the copy renders now, and tells Argo CD as a webhook would. */
async function release(message: string): Promise<void> {
  const { cluster, publish, count } = playground();
  const push = await publish(message);
  const touched = await refreshTouched(cluster.api, applications, push);
  const { commit } = push;
  await waitUntilSettled(applications, { commit, count: count(), touched, seconds: 300 });
}

const isOf = (namespace: string) => (where: string) => where.startsWith(`${namespace} `);

test("a changed value changes that service alone", async () => {
  const { api } = playground().cluster;
  await release("the database as it is");
  const before = await versionsOf(api, applications.all());
  const start = performance.now();
  copy.edit("charts/services/sonarr/values.ts", /image: "([^":]+):[^"]+"/, 'image: "$1:99.0.0"');
  await copy.run("render");
  await release("a newer sonarr");
  await waitFor(() => runs("media-sonarr", ":99.0.0"), { for: "the new pod", seconds: 60 });
  figure("edit to running:", performance.now() - start);
  const after = await versionsOf(api, applications.all());
  expect(changesBetween(before, after, isOf("media-sonarr"))).toEqual([]);
  expect(changesBetween(before, after, () => false)).toContain("media-sonarr Deployment sonarr");
});

interface Pod {
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
  readonly status: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

async function runs(namespace: string, image: string): Promise<boolean> {
  const pods = await playground().cluster.api.list<Pod>(`/api/v1/namespaces/${namespace}/pods`);
  return pods.some(
    ({ spec, status }) =>
      spec.containers.some((container) => container.image.endsWith(image)) &&
      (status.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True"),
  );
}

test("a release of the library that changes no pod restarts none", async () => {
  const { api } = playground().cluster;
  const before = await podIds(api);
  const versions = await versionsOf(api, applications.all());
  copy.edit(
    "charts/rzp-lib/templates/_service.tpl",
    '(dict "rzp.local/kubernetes-service" $name)',
    '(dict "rzp.local/kubernetes-service" $name "rzp.local/library" "newer")',
  );
  await copy.run("render");
  await release("a newer library");
  const changed = changesBetween(versions, await versionsOf(api, applications.all()), () => false);
  process.stdout.write(`${changed.length} objects changed\n`);
  expect(changed).toContain("media-sonarr Service sonarr");
  expect(await podIds(api)).toEqual(before);
});

/** Pushes something wrong of sonarr. Returns once Argo CD says so in these words, and every other Application is settled. */
async function pushWrong(words: string, change: (folder: string) => void): Promise<void> {
  const push = await playground().publish("something wrong", change);
  await refreshTouched(playground().cluster.api, applications, push);
  const told = (): string => {
    const one = applications.all().find(({ metadata }) => metadata.name === "prod.sonarr");
    const { conditions = [], operationState } = one?.status ?? {};
    return [...conditions.map(({ message }) => message), operationState?.message].join("\n");
  };
  await waitFor(() => told().includes(words), { for: words, seconds: 120, standing: told });
  const others = () =>
    applications
      .all()
      .filter(({ metadata }) => !["prod", "prod.sonarr"].includes(metadata.name))
      .filter((one) => !isSettled(one));
  await waitFor(() => others().length === 0, {
    for: "all others to go on",
    seconds: 120,
    standing: () => others().map(standingOf).join("\n"),
  });
}

test("a broken commit stops at its service, and the next one heals it without a hand", async () => {
  await pushWrong("portss", (folder) => {
    spoil("sonarr/service-sonarr.yaml", "  ports:", "  portss:")(folder);
    const sticky = "  sessionAffinity: ClientIP\n  ports:";
    spoil("valkey/service-valkey.yaml", "  ports:", sticky)(folder);
  });
  interface Service {
    readonly spec: { readonly sessionAffinity: string };
  }
  const valkey = "/api/v1/namespaces/data-valkey/services/valkey";
  const isChanged = async () =>
    (await playground().cluster.api.get<Service>(valkey)).spec.sessionAffinity === "ClientIP";
  await waitFor(isChanged, { for: "valkey to change all the same", seconds: 60 });
  const start = performance.now();
  await release("as rendered");
  figure("healed in", performance.now() - start);
});

test("an object outside the limits of its tier is refused", async () => {
  await pushWrong(
    "is not permitted in project",
    spoil("sonarr/networkpolicy-dns.yaml", "namespace: media-sonarr", "namespace: data-postgres"),
  );
  await release("as rendered");
});

/** Namespaces of what people run; the platform's own follow from all services: streams, dashboards, schedules. */
const ofPeople = /^(?:media|home|data|apps)-/;

test("a service is added, another removed, and its data stays", async () => {
  const { api } = playground().cluster;
  const before = await versionsOf(api, applications.all());
  const image = ["--image", "ghcr.io/me/my-app:1.2.3", "--port", "8080"];
  await copy.run("new-service", "my-app", ...image, "--environment", environment);
  await copy.run("remove", "zigbee2mqtt");
  await release("my-app instead of zigbee2mqtt");
  const workload = "/apis/apps/v1/namespaces/home-zigbee2mqtt/deployments/zigbee2mqtt";
  const data = "/api/v1/namespaces/home-zigbee2mqtt/persistentvolumeclaims/data";
  await waitFor(() => answersWith(workload, 404), { for: "zigbee2mqtt to go", seconds: 120 });
  expect(await answersWith(data, 200)).toBe(true);
  expect(await answersWith("/apis/apps/v1/namespaces/apps-my-app/deployments/my-app", 200)).toBe(
    true,
  );
  const after = await versionsOf(api, applications.all());
  const isOfThese = (where: string): boolean => /zigbee2mqtt|^apps-my-app /.test(where);
  const changed = changesBetween(before, after, isOfThese);
  expect(changed.filter((where) => ofPeople.test(where))).toEqual([
    // The broker is told of one client less.
    "home-mosquitto NetworkPolicy mosquitto-consumers",
  ]);
});

test("under another name a service has the claim it had, what bore the old name goes, and nothing else changes", async () => {
  const { api } = playground().cluster;
  const held = await claimOf(api, "apps-notes");
  const before = await versionsOf(api, applications.all());
  const pods = await podsOfOthers();
  const start = performance.now();
  renameNotes(copy, environment, "papers");
  // Nothing of data would be left behind.
  expect(await copy.run("render")).not.toContain("kubectl delete");
  await release("notes is called papers");
  figure("renamed in", performance.now() - start);

  const deployments = await api.list("/apis/apps/v1/namespaces/apps-notes/deployments");
  expect(deployments.map(({ metadata }) => metadata.name)).toEqual(["papers"]);
  expect(held.volume).toMatch(/^pvc-/);
  expect(held.ends).toBeUndefined();
  expect(await claimOf(api, "apps-notes")).toEqual(held);
  const after = await versionsOf(api, applications.all());
  const changed = changesBetween(before, after, (where) => where.startsWith("apps-notes "));
  expect(changed.filter((where) => ofPeople.test(where))).toEqual([
    "apps-reader NetworkPolicy reader-consumes",
  ]);
  expect(await podsOfOthers()).toEqual(pods);
});

const podsOfOthers = async (): Promise<readonly string[]> =>
  (await podIds(playground().cluster.api)).filter(
    (pod) => ofPeople.test(pod) && !pod.startsWith("apps-notes/"),
  );

test("with the last service of a tier its objects go too", async () => {
  for (const service of ["home-assistant", "mosquitto"]) await copy.run("remove", service);
  await release("no home automation");
  const left = async () => {
    const { api } = playground().cluster;
    const deployments = await api.list("/apis/apps/v1/deployments");
    return deployments.filter(({ metadata }) => metadata.namespace?.startsWith("home-"));
  };
  await waitFor(async () => (await left()).length === 0, { for: "all of it to go", seconds: 120 });
  expect(
    await answersWith("/api/v1/namespaces/home-mosquitto/persistentvolumeclaims/data", 200),
  ).toBe(true);
});

const answersWith = async (where: string, status: number): Promise<boolean> =>
  (await playground().cluster.api.call("GET", where)).status === status;
