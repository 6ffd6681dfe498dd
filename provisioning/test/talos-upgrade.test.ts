/** Upgrades at moments that fake nodes do not have, and `talosctl upgrade-k8s`, which they do not answer: by stand-ins for talosctl and kubectl. */
import { expect, test } from "vitest";
import { KubectlFailed } from "../src/cluster/kubectl.ts";
import { upgradeNode } from "../src/cluster/talos/upgrade-node.ts";
import { checkKubernetes, upgradeKubernetes } from "../src/cluster/talos/upgrade-kubernetes.ts";
import { checkWay } from "../src/cluster/talos/upgrade-problems.ts";
import { wantedCluster } from "../src/cluster/talos/wanted.ts";
import type { Upgrade } from "../src/cluster/talos/upgrade.ts";
import { factsOf, line, orderOf } from "./engine/talos-site.ts";

const names = ["control-1", "control-2", "control-3", "worker-1"];

interface Course {
  /** Nodes that are not ready. */
  readonly ill?: readonly string[];
  /** Nodes that upgrade-k8s leaves as they are. */
  readonly left?: readonly string[];
  readonly from?: string;
  /** What kubectl says when it is to drain. */
  readonly drain?: string;
}

function siteOf({ ill = [], left = [], from = "v1.34.2", drain }: Course) {
  const facts = factsOf(1);
  const wanted = wantedCluster("rack", facts.cluster);
  if (wanted === undefined) throw new Error("it runs Talos");
  const versions = new Map(names.map((name) => [name, from]));
  const calls: string[] = [];
  const said = { texts: [] as string[], progress: [] as string[] };
  const order = orderOf("/nowhere", { minutes: 0 }, said);
  const talosctl = async ([word = "", ...more]: readonly string[]): Promise<string> => {
    if (word === "service") return "NODE  SERVICE  STATE  HEALTH\nx  kubelet  Running  OK";
    if (word === "etcd") return `NODE  HOSTNAME\n${names.map((name) => `x  ${name}`).join("\n")}`;
    calls.push([word, ...more].join(" "));
    for (const name of names) if (!left.includes(name)) versions.set(name, "v1.35.4");
    return "";
  };
  const kubectl = async (args: readonly string[]): Promise<string> => {
    if (args[0] === "drain" && drain !== undefined) throw new KubectlFailed(drain);
    return args.includes("/readyz")
      ? "ok"
      : JSON.stringify({
          items: names.map((name) => ({
            metadata: { name },
            spec: {},
            status: {
              conditions: [{ type: "Ready", status: ill.includes(name) ? "False" : "True" }],
              nodeInfo: { kubeletVersion: versions.get(name) },
            },
          })),
        });
  };
  const upgrade: Upgrade = {
    order,
    facts,
    wanted,
    workshop: undefined as never,
    place: undefined as never,
    patience: { minutes: 0, everyMs: 1, report: (text) => void said.progress.push(text) },
    client: { talosctl, talosconfig: undefined },
    kubectl,
  };
  return { upgrade, calls, said };
}

async function run(course: Course) {
  const { upgrade, calls, said } = siteOf(course);
  const problems = await upgradeKubernetes(upgrade);
  return { problems: problems.map(line), calls, text: said.texts.join("") };
}

test("it goes by one control plane, and ends when every node has it", async () => {
  const { problems, calls, text } = await run({});
  expect(problems).toEqual([]);
  expect(calls).toEqual(["upgrade-k8s --to=1.35.4 --endpoints=127.0.1.11 --nodes=127.0.1.11"]);
  expect(text).toBe("Kubernetes v1.34.2 -> v1.35.4\n");
});

test("no node is taken past a minor version, each is told", async () => {
  const { upgrade } = siteOf({ from: "v1.33.0" });
  const problems = await checkKubernetes(upgrade);
  expect(problems.map(line)).toEqual(
    names.map(
      (name) =>
        `UPGRADE_REFUSED ${name} runs Kubernetes v1.33.0, from which there is no way to v1.35.4 | ` +
        "go through each minor version: write one of v1.34 first",
    ),
  );
});

test("nothing is done where every node has it", async () => {
  expect(await run({ from: "v1.35.4" })).toEqual({ problems: [], calls: [], text: "" });
});

test("it does not begin while the cluster is not whole", async () => {
  const { problems, calls } = await run({ ill: ["worker-1"] });
  expect(problems).toEqual([
    "UPGRADE_REFUSED Kubernetes 1.35.4 does not begin now: worker-1 is not ready | " +
      "mend that, and run npm run infra -- upgrade rack again",
  ]);
  expect(calls).toEqual([]);
});

test("a node that it leaves behind is told", async () => {
  const { problems, calls } = await run({ left: ["control-3"] });
  expect(calls).toHaveLength(1);
  expect(problems).toEqual([
    "TALOS_NOT_WHOLE rack is not whole after 0 minutes: control-3 runs Kubernetes v1.34.2 | " +
      "look at what is named (its screen tells more), and run the command again: it goes on where it is",
  ]);
});

test.for([
  [
    { product: "Talos", from: "v1.13.0", to: "v1.15.0" },
    "the same minor version or the next, v1.14",
    "go through each minor version: write one of v1.14 first",
  ],
  [
    { product: "Talos", from: "v1.13.2", to: "v1.12.0" },
    "v1.13 or v1.14: Talos does not go back to an older minor version",
    "write v1.13.2, or a newer one of v1.13; for an older one the cluster is made anew",
  ],
  [
    { product: "Kubernetes", from: "v1.36.1", to: "v1.35.4" },
    "v1.36 or v1.37: Kubernetes does not go back to an older minor version",
    "write v1.36.1, or a newer one of v1.36; for an older one the cluster is made anew",
  ],
  // Not told by its number: Talos will come to it.
  [
    { product: "Talos", from: "v1.20.0", to: "v1.22.0" },
    "the same minor version or the next, v1.21",
    "go through each minor version: write one of v1.21 first",
  ],
  [
    { product: "Talos", from: "main-1f2e3d", to: "v1.13.0" },
    "a version of Talos as v1.13.0 is one",
    "look at what the node runs, and give it a release of Talos by hand",
  ],
] as const)("there is no way as in %j", ([change, expected, fix]) => {
  const { product, from, to } = change;
  expect(checkWay(siteOf({}).upgrade.wanted, "control-1", change)).toMatchObject([
    {
      code: "UPGRADE_REFUSED",
      message: `control-1 runs ${product} ${from}, from which there is no way to ${to}`,
      expected,
      fix,
    },
  ]);
});

test("a neighbour is no problem", () => {
  const change = { product: "Talos", from: "v1.13.1", to: "v1.14.2" } as const;
  expect(checkWay(siteOf({}).upgrade.wanted, "control-1", change)).toEqual([]);
});

const drained = async (drain: string) => {
  const { upgrade } = siteOf({ drain });
  const [node] = upgrade.wanted.nodes;
  if (node === undefined) throw new Error("it has nodes");
  return (await upgradeNode(upgrade, node)).map(line);
};

test("an API server that goes in the middle of it is not told as a pod that stays", async () => {
  await expect(
    drained(
      "The connection to the server 127.0.1.10:6443 was refused - did you specify the right host or port?",
    ),
  ).rejects.toThrow(KubectlFailed);
  expect(
    await drained(
      'error when evicting pods/"database-0" -n "default": global timeout reached: 10m0s',
    ),
  ).toEqual([
    'UPGRADE_REFUSED pods of control-1 may not go elsewhere: error when evicting pods/"database-0" -n "default": global timeout reached: 10m0s | ' +
      "mend the budget or give room, and run npm run infra -- upgrade rack again; control-1 takes pods as before",
  ]);
});
