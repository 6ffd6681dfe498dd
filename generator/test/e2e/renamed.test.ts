/** A service gets another name as docs/guide-service.md says, and keeps its data. */
import { renameSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { KubernetesObject } from "../../cluster/api.ts";
import {
  followApplications,
  refreshTouched,
  waitUntilSettled,
  type Applications,
} from "../../cluster/argo-cd/applications.ts";
import { startPlayground, type Playground } from "../../cluster/playground.ts";
import type { Copy } from "./copy.ts";
import { figure, platformOf, useStarted } from "./local.ts";
import { changesBetween, podIds, versionsOf } from "./objects.ts";
import { smallRepository } from "./small.ts";

const environment = "prod";
const fileOf = (service: string): string => `charts/services/${service}/values.ts`;
let copy: Copy;
const playground = useStarted(async (ground): Promise<Playground> => {
  const services = ["argo-cd", "external-secrets", "valkey"];
  copy = await smallRepository(`${ground.folder}-repository`, services);
  for (const name of ["notes", "reader"]) {
    const image = ["--image", `ghcr.io/me/${name}:1.2.3`, "--port", "8080"];
    await copy.run("new-service", name, ...image, "--environment", environment);
  }
  keepData("notes");
  copy.edit(fileOf("reader"), "  ports: ", '  consumes: { notes: "http" },\n  ports: ');
  await copy.run("render");
  const platform = await platformOf(copy.root);
  return startPlayground({ ...ground, platform, root: copy.root, environment });
});
afterAll(() => rmSync(copy.root, { recursive: true, force: true }));
let applications: Applications;

/** Gives a service a volume and a secret. */
function keepData(service: string): void {
  const secrets =
    '  secrets: { token: { generate: "password", about: "What its page asks for" } },';
  const data = 'data: state({ at: "/data", size: "1Gi", restored: { files: { atLeast: 1 } } })';
  const more = `  env: { TOKEN: secret("token") },\n${secrets}\n  storage: { ${data},`;
  copy.edit(fileOf(service), "  storage: {", more);
  copy.edit(fileOf(service), "import { ", "import { secret, state, ");
}

test("everything is there", async () => {
  const { cluster, publish, begin, count } = playground();
  const { commit } = await publish("from nothing");
  applications = followApplications(cluster.api);
  const start = performance.now();
  await begin();
  await waitUntilSettled(applications, { commit, count: count(), seconds: 300 });
  figure(`${count()} Applications synced and healthy in`, performance.now() - start);
});

function rename(from: string, to: string): void {
  const folder = path.join(copy.root, "charts/services");
  renameSync(path.join(folder, from), path.join(folder, to));
  copy.edit("environments/prod/environment.ts", `"${from}"`, `"${to}"`);
  copy.edit(fileOf("reader"), `${from}: "http"`, `${to}: "http"`);
  const pin = `  pins: { namespace: "apps-${from}" },\n`;
  copy.edit(fileOf(to), "  ports: ", `${pin}  ports: `);
}

test("under its new name it has the claim it had, what bore the old name goes, and nothing else changes", async () => {
  const { cluster, publish, count } = playground();
  const { api } = cluster;
  const held = await claimOf("apps-notes");
  const before = await versionsOf(api, applications.all());
  const podsOfOthers = await podsNotOf("apps-notes");
  const start = performance.now();
  rename("notes", "papers");
  const printed = await copy.run("render");
  // Nothing of data would be left behind.
  expect(printed).not.toContain("kubectl delete");
  const push = await publish("notes is called papers");
  const touched = await refreshTouched(api, applications, push);
  const { commit } = push;
  await waitUntilSettled(applications, { commit, count: count(), touched, seconds: 300 });
  figure("renamed in", performance.now() - start);

  const deployments = await api.list("/apis/apps/v1/namespaces/apps-notes/deployments");
  expect(deployments.map(({ metadata }) => metadata.name)).toEqual(["papers"]);
  expect(held.volume).toMatch(/^pvc-/);
  expect(await claimOf("apps-notes")).toEqual(held);
  const after = await versionsOf(api, applications.all());
  const isOfIt = (where: string): boolean => / ?apps-notes\b|\.(?:notes|papers)\b/.test(where);
  expect(changesBetween(before, after, isOfIt)).toEqual([
    "apps-reader NetworkPolicy reader-consumes",
  ]);
  expect(await podsNotOf("apps-notes")).toEqual(podsOfOthers);
});

interface Claim extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & { readonly deletionTimestamp?: string };
  readonly spec: { readonly volumeName?: string };
}

interface Held {
  readonly uid: string | undefined;
  readonly volume: string;
  readonly ends: string | undefined;
}

/** Which claim it is, and which volume it has. */
async function claimOf(namespace: string): Promise<Held> {
  const where = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/data`;
  const { metadata, spec } = await playground().cluster.api.get<Claim>(where);
  return { uid: metadata.uid, volume: spec.volumeName ?? "", ends: metadata.deletionTimestamp };
}

const podsNotOf = async (namespace: string): Promise<readonly string[]> =>
  (await podIds(playground().cluster.api)).filter((pod) => !pod.startsWith(`${namespace}/`));
