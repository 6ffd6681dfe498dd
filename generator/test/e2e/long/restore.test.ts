/** The restore drill on a real API server: its very program, with its account and nothing else, and Velero stood in for. */
import { mkdirSync, rmSync, truncateSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import type { KubernetesObject } from "../../../cluster/api.ts";
import { auditedRequests } from "../../../cluster/control-plane/audit.ts";
import { waitFor } from "../../../cluster/wait.ts";
import { figure, useCluster } from "../local.ts";
import { objectsOf } from "../rendered.ts";
import { lacking, rightsOf, unused } from "../rights.ts";
import { slowDown, spoil, takeAway } from "../stand-ins/backup-faults.ts";
import { prepareDrill, type DrillGround } from "../stand-ins/drill-ground.ts";
import { startDrill, startResults, type DrillPod } from "../stand-ins/drill-pod.ts";
import { halfWay, resultsOf, surroundings } from "../stand-ins/drill-watch.ts";

const namespace = "storage-restore-drill";
const userOf = (name: string): string => `system:serviceaccount:${namespace}:${name}`;
/** Twenty minutes are half a minute. */
const fast = 40;

let objects: readonly KubernetesObject[];
let ground: DrillGround;
let before: readonly string[];
const cluster = useCluster(
  "prod",
  async (started, programs) => {
    objects = await objectsOf("prod");
    ground = await prepareDrill(started, programs, objects);
    before = await surroundings(started.api);
  },
  [userOf("restore-drill"), userOf("results")],
);
afterEach(() => {
  ground.velero.faults.clear();
  ground.lost.clear();
  ground.answers.status = 200;
});
afterAll(() => ground.stop());

let jobs = 0;
const newJob = (): string => `restore-drill-${(jobs += 1)}`;
/** The pod of a Job; it has another word each time it is started again. */
const pod = (job: string, word: string, speed = fast): Promise<DrillPod> =>
  startDrill(cluster(), objects, `${job}-${word}`, speed);

/** What is there now and was not before. */
const left = async (): Promise<string[]> => {
  const now = await surroundings(cluster().api);
  return now.filter((name) => !before.includes(name));
};

/** Expects that all services passed in a Job, and that nothing is left of it. */
async function expectPassed(job: string, code: number): Promise<void> {
  const all = Object.entries(await resultsOf(cluster().api));
  expect(all.filter(([, { passed, run }]) => !passed || run !== job)).toEqual([]);
  expect(all).toHaveLength(ground.plan.targets.length);
  expect(code).toBe(0);
  expect(await left()).toEqual([]);
}

test("every service of prod is restored and looked at, and nothing is left", async () => {
  const start = performance.now();
  const job = newJob();
  const drill = await pod(job, "one");
  await expectPassed(job, await drill.end());
  expect(ground.velero.refused).toEqual([]);
  const path = `/api/v1/namespaces/${namespace}/events`;
  const events = await cluster().api.list<{ readonly reason: string }>(path);
  const told = events.filter(({ reason }) => reason === "RestoreDrillPassed");
  expect(told).toHaveLength(ground.plan.targets.length);
  figure(`${told.length} of ${told.length} services restored in`, performance.now() - start);
});

/** What is told of services with which something is wrong. */
const expected: Readonly<Record<string, string>> = {
  "home-assistant": "RestoreFailed: Restore .* is Failed: the backup cannot be read",
  immich: "RestorePartiallyFailed: Restore .* is PartiallyFailed: 1 errors",
  mosquitto: "NotReady: waiting for mosquitto to be ready: 0 of 1 pods are ready",
  openobserve: "NoAnswer: asking for /healthz at port 5080: the answer is 503",
  postgres: "NoBackup: no completed backup of schedule prod-default-2h-database",
  "postgres-dump": "DataWrong: volume dumps: the volume is empty",
  "postgres-vector": "NoBackup: no completed backup of schedule prod-default-2h-database",
  prowlarr: "DataWrong: volume config: config.xml is not whole",
  qbittorrent: "NotReady: waiting for what is in volume config: pod check-config is Running",
  radarr: "RestoreRefused: Restore .* is FailedValidation: backup .* not found",
};

test("what is wrong with a service is told of it, the others are drilled, and nothing is left", async () => {
  const { velero, lost, answers, dataOf, store } = ground;
  velero.faults.set("home-home-assistant", "fails");
  velero.faults.set("media-immich", "fails in part");
  velero.faults.set("media-radarr", "its backup is gone");
  lost.add("media-qbittorrent");
  answers.status = 503;
  const undo = [
    slowDown(store, "home-mosquitto"),
    spoil(dataOf("data-postgres-dump", "dumps"), (folder) => {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
    }),
    spoil(dataOf("media-prowlarr", "config"), (folder) => {
      truncateSync(`${folder}/config.xml`, 20);
    }),
    await takeAway(cluster().api, "prod-default-2h-database"),
  ];
  const start = performance.now();
  const drill = await pod(newJob(), "one");
  const code = await drill.end();
  for (const putRight of undo) await putRight();

  const told = Object.entries(await resultsOf(cluster().api)).filter(([, { passed }]) => !passed);
  expect(told.map(([name]) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, { reason, message }] of told)
    expect(`${reason}: ${message}`).toMatch(new RegExp(`^${expected[name]}`));
  expect(code).toBe(1);
  expect(await left()).toEqual([]);
  figure(`${told.length} faults told, and nothing left, in`, performance.now() - start);
});

test("a Restore that never ends is given up and named, and the next drill takes away what is left of it", async () => {
  for (const target of ground.plan.targets)
    ground.velero.faults.set(target.namespace, "never ends");
  const hung = await pod(newJob(), "one");
  expect(await hung.end()).toBe(1);
  const told = Object.values(await resultsOf(cluster().api));
  const first = told.filter(({ reason }) => reason === "TimedOut");
  expect(first.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^waiting for Restore (drill-\S+): it is InProgress; .*\1 \(InProgress, held by/,
    ),
  ]);
  const rest = told.filter(({ reason }) => reason === "NotReached");
  expect(rest).toHaveLength(told.length - 1);
  expect(await left()).toEqual([expect.stringMatching(/^restores drill-/)]);

  // Velero ends it after all, and brings what nobody waits for any more.
  ground.velero.faults.clear();
  await waitFor(
    async () => (await left()).some((name) => name.includes("persistentvolumeclaims")),
    {
      for: "Velero to go on",
      seconds: 30,
    },
  );
  const job = newJob();
  const drill = await pod(job, "one");
  await expectPassed(job, await drill.end());
});

test("a drill that is killed half-way goes on when its Job starts it again", async () => {
  const job = newJob();
  const killed = await pod(job, "one");
  await halfWay(cluster().api, job);
  killed.running.signal("SIGKILL");
  expect(await killed.end()).toBe(-1);
  expect(await left()).not.toEqual([]);
  const done = Object.values(await resultsOf(cluster().api)).filter(({ run }) => run === job);
  const again = await pod(job, "two");
  await expectPassed(job, await again.end());
  // What was done before was not done again.
  expect(Object.values(await resultsOf(cluster().api))).toEqual(expect.arrayContaining(done));
});

test("a drill that is asked to stop takes away what it has restored", async () => {
  const job = newJob();
  const stopped = await pod(job, "one");
  await halfWay(cluster().api, job);
  stopped.running.signal("SIGTERM");
  expect(await stopped.end()).toBe(1);
  expect(await left()).toEqual([]);
});

/** Ends the API server as a crash would, and starts it again after some seconds. */
async function outage(seconds: number): Promise<void> {
  await cluster().kill("kube-apiserver");
  await sleep(seconds * 1_000);
  await cluster().restart("kube-apiserver");
}

test("an API server that is away for some seconds is waited for", async () => {
  const job = newJob();
  const drill = await pod(job, "one", 4);
  await halfWay(cluster().api, job);
  await outage(3);
  await expectPassed(job, await drill.end());
});

test("one that is away for longer ends the pod, and the next pod of the Job goes on", async () => {
  const job = newJob();
  // Kubernetes' own controllers come back at their own pace: cleaning up waits a minute for them.
  const lost = await pod(job, "one", 10);
  await halfWay(cluster().api, job);
  await outage(8);
  expect(await lost.end()).toBe(1);
  const again = await pod(job, "two", 10);
  const code = await again.end();
  const all = Object.values(await resultsOf(cluster().api));
  const failed = all.filter(({ passed }) => !passed);
  // Those it was at while nobody was there; what came after passed.
  expect(failed.filter(({ reason }) => reason !== "ApiServer")).toEqual([]);
  expect(failed.length).toBeLessThan(4);
  expect(all.filter(({ run }) => run !== job)).toEqual([]);
  expect(code).toBe(failed.length === 0 ? 0 : 1);
  expect(await left()).toEqual([]);
});

test("results are given to Prometheus, each service by its name", async () => {
  const results = await startResults(cluster(), objects);
  const text = await waitFor(async () => (await fetch("http://127.0.0.1:9090/metrics")).text(), {
    for: "metrics",
    seconds: 30,
  });
  results.running.signal("SIGTERM");
  expect(await results.end()).toBe(0);
  for (const { environment, service } of ground.plan.targets) {
    const labels = `drilled_environment="${environment}",drilled_service="${service}"`;
    expect(text).toContain(`restore_drill_last_success_timestamp_seconds{${labels}} 1`);
  }
});

test("its accounts are enough, and every right of theirs is used", () => {
  const all = auditedRequests(cluster().folder);
  for (const name of ["restore-drill", "results"]) {
    const requests = all.filter(({ user }) => user.username === userOf(name));
    const rights = rightsOf(objects, { namespace, name });
    const idle = unused(rights, requests);
    process.stdout.write(
      `${name}: ${requests.length} requests used ${rights.length - idle.length} of ${rights.length} rights\n`,
    );
    expect(requests.length).toBeGreaterThan(0);
    expect(lacking(rights, requests)).toEqual([]);
    expect(idle).toEqual([]);
  }
});
