/**
 * Simulated hours: a first provisioning of this repository's own cluster, from hosts to healthy applications, with the real program, the
 * real engine and provider, and fakes that take as long as hosts, networks and nodes are assumed to. What it proves is the order and what
 * runs at once; that the durations are yours, it does not.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../../generator/src/commands/repository-paths.ts";
import { awaitRoot, bootstrap } from "../../src/bootstrap/argo-cd.ts";
import { bringArgoCd } from "../../src/bootstrap/bring.ts";
import { bootstrapCredentials } from "../../src/bootstrap/credentials.ts";
import { KubectlFailed, type Kubectl } from "../../src/cluster/kubectl.ts";
import { makeMachines } from "../../src/commands/machines.ts";
import { readFacts, type Facts } from "../../src/facts.ts";
import { arrival, assumed, partsOf, type Part } from "../fakes/arrival.ts";
import { everything } from "../fakes/proxmox/access.ts";
import { GiB, MiB } from "../fakes/proxmox/bytes.ts";
import { startFakeProxmox, type FakeProxmox } from "../fakes/proxmox/server.ts";
import { line, sha256 } from "./rack.ts";
import { passphrase } from "./support.ts";

/** A second of the fakes lasts a tenth. */
const scale = 0.1;
const secret = "00000000-0000-4000-8000-000000000001";

/** What hosts take, in seconds: an image of 300 MB over 250 Mbit/s with others on the line, disks on SSDs. */
const durations = { download: 30, qmcreate: 45, resize: 2, qmstart: 5 };
/** What Talos takes: start from the image, install with its restart, etcd and the API server, nodes that join. */
const talos = { boot: 45, install: 120, bootstrap: 90, join: 60 };

let root: string;
let fake: FakeProxmox;
let facts: Facts;
let parts: Part[];
const phases: [name: string, seconds: number][] = [];

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "rzp-hours-"));
  const home = await readFacts(repositoryRoot(), "home");
  if (!("cluster" in home) || home.cluster.machines === undefined) throw new Error("no facts");
  const { machines } = home.cluster;
  fake = await startFakeProxmox({
    hosts: Object.keys(machines.hosts).map((name) => ({ name, cores: 16, memory: 64 * GiB })),
    tokens: [{ id: "rzp@pve!infra", secret, grants: everything }],
    images: [
      { url: machines.image.url, size: 300 * MiB, diskSize: 2 * GiB, checksums: { sha256 } },
    ],
    durations,
    scale,
  });
  facts = {
    ...home,
    cluster: {
      ...home.cluster,
      machines: {
        ...machines,
        endpoint: fake.endpoint.replace(/\/$/, ""),
        unverified: { because: "the certificate of a test is its own authority", value: true },
        image: { ...machines.image, sha256 },
      },
    },
  };
  parts = partsOf(repositoryRoot(), facts.cluster.carrier);
});
afterAll(async () => {
  await fake?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** While a task runs, time is the fake's; while only the program works, it is what it took here. */
function secondsBetween(from: number, to: number): number {
  const marks = fake.tasks.flatMap(({ from: began, to: ended = to }) =>
    began < to && ended > from ? [[Math.max(began, from), Math.min(ended, to)] as const] : [],
  );
  let busy = 0;
  let until = from;
  for (const [began, ended] of marks.sort(([one], [other]) => one - other)) {
    busy += Math.max(0, ended - Math.max(began, until));
    until = Math.max(until, ended);
  }
  return busy + (to - from - busy) * scale;
}

test("machines: hosts work at the same time, and so do machines on one", async () => {
  const problems = await makeMachines(
    {
      root,
      cluster: facts.name,
      allow: [],
      environment: {
        PROXMOX_VE_API_TOKEN: `rzp@pve!infra=${secret}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
      },
      say: () => undefined,
      phases: {
        async phase(name, work) {
          const began = fake.now();
          const done = await work();
          phases.push([name, secondsBetween(began, fake.now())]);
          return done;
        },
      },
    },
    facts,
  );
  expect(problems.map(line)).toEqual([]);
  expect(fake.vms().filter(({ running }) => running !== undefined)).toHaveLength(6);
  const atOnce = (type: string) => {
    const mine = fake.tasks.filter((task) => task.type === type);
    return Math.max(
      ...mine.map(({ from }) => mine.filter((o) => o.from <= from && (o.to ?? from) > from).length),
    );
  };
  expect(atOnce("download")).toBe(3);
  // As many as Proxmox VE is asked for at once.
  expect(atOnce("qmcreate")).toBeGreaterThanOrEqual(3);
});

/** Stands for the phase that makes the cluster: nodes at once, etcd once, then all that join. */
test("cluster: a stand-in for Talos", () => {
  phases.push(["cluster", talos.boot + talos.install + talos.bootstrap + talos.join]);
});

test("Argo CD and the applications: waves one after the other, what is in one at once", async () => {
  if (facts.argocd === undefined) throw new Error("argo-cd does not run");
  const healthy = arrival(parts);
  const all = Math.max(...healthy.values());
  const brought = bringArgoCd(repositoryRoot(), facts.cluster.carrier, facts.argocd, {
    helm: "helm",
    credentials: bootstrapCredentials(facts, new Map()),
  });
  if (!("rootName" in brought)) throw new Error(brought.map(line).join("\n"));
  // Its pods ask for a priority class that it brings itself.
  expect(brought.before).toContain("name: tier-platform\n");
  // Of Argo CD only this is asked, so time goes on with each question.
  let now = 0;
  let applied = 0;
  const kubectl: Kubectl = async (args) => {
    if (args[0] === "apply") applied += 1;
    if (args[0] !== "get") return "";
    if (applied === 0) throw new KubectlFailed("not found");
    now += all / 3;
    return now >= all ? "Synced,Healthy" : "OutOfSync,Progressing";
  };
  const chart = { ...brought, renderChart: async () => "" };
  expect(await bootstrap(chart, kubectl)).toBe("done");
  expect(await awaitRoot(kubectl, brought.rootName, { patienceMinutes: 1, report: () => {} })).toBe(
    undefined,
  );
  phases.push(["argo cd", assumed.argoCd], ["services", all - assumed.argoCd]);
  expect(parts.length).toBeGreaterThan(50);
});

test("from hosts to healthy applications in less than 30 minutes", () => {
  const total = phases.reduce((sum, [, seconds]) => sum + seconds, 0);
  const minutes = (seconds: number): string =>
    seconds < 60 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(1)} min`;
  const table = [...phases, ["together", total] as const].map(
    ([name, seconds]) => `  ${name.padEnd(10)} ${minutes(seconds)}`,
  );
  process.stdout.write(`first provisioning, simulated:\n${table.join("\n")}\n`);
  expect(phases.map(([name]) => name)).toEqual([
    "preflight",
    "preview",
    "machines",
    "cluster",
    "argo cd",
    "services",
  ]);
  expect(total).toBeLessThan(30 * 60);
});

test("a deployment in less than 10 minutes: from the push to a new image that runs", () => {
  // How long a commit waits is what the settings of Argo CD say.
  const [, every = "0"] =
    /"timeout\.reconciliation":"(\d+)s"/.exec(JSON.stringify(facts.argocd?.service.spec)) ?? [];
  const seconds =
    Number(every) +
    assumed.compare +
    assumed.image / assumed.line +
    assumed.start +
    assumed.compare;
  process.stdout.write(`deployment, simulated: ${(seconds / 60).toFixed(1)} min\n`);
  expect(Number(every)).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(10 * 60);
});
