/** How Argo CD and the control plane fare with 10 to 150 services: a row of the table in docs/performance.md each. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, expect, test } from "vitest";
import { createBenchRepository } from "../../../bench/repository.ts";
import { platformFiles } from "../../../bench/platform.ts";
import {
  followApplications,
  refreshTouched,
  waitUntilSettled,
  type Applications,
} from "../../../cluster/argo-cd/applications.ts";
import { killPrograms, usageOf } from "../../../cluster/process.ts";
import { startPlayground, type Playground } from "../../../cluster/playground.ts";
import { ensurePrograms } from "../../../cluster/programs.ts";
import { readTree } from "../../../src/load/tree.ts";
import { buildPlatform } from "../../../src/pipeline.ts";
import { root as project } from "../local.ts";

const environment = "prod";
const sizes = [10, 25, 50, 100, 150];
/** Seconds for each of the three things that are waited for, and milliseconds for all of a size. */
const patience = 1_500;
const timeout = 3 * patience * 1_000;
/** From the edit to synced and healthy, whatever the number of services. */
const editSecondsMax = 300;
/** Grows with the number of services and no faster: three times what was measured (docs/performance.md). */
const unchangedSecondsMax = (services: number): number => 20 + services;
const edited = "charts/services/web-0/values.ts";

interface Row {
  readonly services: number;
  readonly objects: number;
  readonly applications: number;
  /** Seconds, all of them. */
  readonly firstSync: number;
  readonly controllerCpu: number;
  readonly apiServerCpu: number;
  readonly controllerMiB: number;
  readonly unchanged: number;
  readonly edit: number;
}

const rows: Row[] = [];
const folders: string[] = [];
afterAll(() => {
  process.stdout.write(`${tableOf(rows)}\n`);
  for (const folder of folders) {
    killPrograms(folder);
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Services of as many shapes as homelabs have, and Argo CD. */
async function writeRepository(folder: string, count: number) {
  const { root } = createBenchRepository(folder, platformFiles(count));
  const service = "charts/services/argo-cd";
  cpSync(path.join(project, "generator/catalogue/argo-cd"), path.join(root, service), {
    recursive: true,
  });
  const file = path.join(root, `environments/${environment}/environment.ts`);
  const run = (...args: string[]) =>
    execa(process.execPath, [path.join(project, "generator/rzp.js"), ...args], {
      cwd: root,
      env: { INIT_CWD: root, NO_COLOR: "1", RZP_CACHE: path.join(folder, "cache") },
    });
  const edit = (name: string, from: string | RegExp, to: string): void => {
    const full = path.join(root, name);
    const text = readFileSync(full, "utf8");
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${name} holds no ${String(from)}`);
    writeFileSync(full, changed);
  };
  edit(path.relative(root, file), "services: [", 'services: ["argo-cd",');
  await run("render");
  return { root, run, edit };
}

test.for(sizes)("%i services", { timeout }, async (count) => {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-scale-"));
  folders.push(folder);
  const repository = await writeRepository(folder, count);
  const programs = await ensurePrograms();
  const { value: platform } = await buildPlatform(readTree(repository.root));
  if (!("etcd" in programs) || platform === undefined) throw new Error("it cannot be started");
  const cluster = path.join(folder, "cluster");
  const playground = await startPlayground({
    root: repository.root,
    folder: cluster,
    environment,
    programs,
    platform,
  });
  try {
    const row = await measure(count, repository, playground, cluster);
    rows.push(row);
    expect(row.edit, "seconds of one edit").toBeLessThan(editSecondsMax);
    expect(row.unchanged, "seconds of no change").toBeLessThan(unchangedSecondsMax(count));
  } finally {
    await playground.stop();
    killPrograms(cluster);
  }
});

type Repository = Awaited<ReturnType<typeof writeRepository>>;

async function measure(
  services: number,
  repository: Repository,
  playground: Playground,
  folder: string,
): Promise<Row> {
  const { cluster, publish, begin } = playground;
  const first = await publish("from nothing");
  const applications = followApplications(cluster.api);
  const settle = (commit: string, touched?: readonly string[]) =>
    waitUntilSettled(applications, {
      commit,
      count: playground.count(),
      seconds: patience,
      ...(touched && { touched }),
    });
  const firstSync = await seconds(async () => {
    await begin();
    await settle(first.commit);
  });
  const controller = usageOf(folder, "argocd-application-controller");
  const apiServer = usageOf(folder, "kube-apiserver");

  const empty = await publish("nothing changes");
  const unchanged = await seconds(async () => {
    await refreshAll(playground, applications);
    await settle(empty.commit);
  });

  repository.edit(edited, /(image: "[^"]+?)(@sha256|")/, "$1-edited$2");
  const edit = await seconds(async () => {
    await repository.run("render");
    const push = await publish("one edit");
    await settle(push.commit, await refreshTouched(cluster.api, applications, push));
  });
  applications.stop();
  return {
    services,
    objects: await objectsOf(repository.root),
    applications: playground.count(),
    firstSync,
    controllerCpu: controller.cpuSeconds,
    apiServerCpu: apiServer.cpuSeconds,
    controllerMiB: controller.mebibytes,
    unchanged,
    edit,
  };
}

/** All of them are compared with the newest commit, as after the time Argo CD lets pass by itself. */
async function refreshAll({ cluster }: Playground, applications: Applications): Promise<void> {
  const files = applications
    .all()
    .flatMap(({ spec: { source, sources = [] } }) => [source, ...sources])
    .flatMap((source) => (source?.path === undefined ? [] : [`${source.path}/any`]));
  await refreshTouched(cluster.api, applications, { commit: "", files });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function objectsOf(root: string): Promise<number> {
  const { stdout } = await execa("grep", [
    "-rhc",
    "^kind: ",
    path.join(root, "kubernetes", environment),
  ]);
  return stdout.split("\n").reduce((sum, count) => sum + Number(count), 0);
}

const columns = [
  "Services",
  "Objects",
  "Applications",
  "First sync",
  "of it controller, API server",
  "Controller",
  "No change",
  "One edit",
];

function tableOf(all: readonly Row[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const s = (value: number) => `${value.toFixed(1)} s`;
  return [
    line(columns),
    line(columns.map(() => "---")),
    ...all.map((row) =>
      line([
        row.services,
        row.objects,
        row.applications,
        s(row.firstSync),
        `${s(row.controllerCpu)}, ${s(row.apiServerCpu)} CPU`,
        `${row.controllerMiB} MiB`,
        s(row.unchanged),
        s(row.edit),
      ]),
    ),
  ].join("\n");
}
