/** Why an upgrade does not begin, or does not go on. */
import { clusterFile } from "../../../../generator/src/model/paths.ts";
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../../generator/src/problems/report.ts";
import { minorOf, nextMinor, wayBetween } from "./versions.ts";
import type { WantedCluster } from "./wanted.ts";

const refused = (
  cluster: string,
  node: string,
  text: { readonly message: string; readonly expected: string; readonly fix: string },
): Problem =>
  problemAt("UPGRADE_REFUSED", clusterFile(cluster), ["nodes", node], { ...text, target: "key" });

/** What is to change on a node, and between which versions. */
export interface Change {
  readonly product: "Talos" | "Kubernetes";
  readonly from: string;
  readonly to: string;
}

/** Problems: UPGRADE_REFUSED, where there is no way from what the node runs to what is wanted. */
export function checkWay({ name }: WantedCluster, node: string, change: Change): Problem[] {
  const { product, from, to } = change;
  const way = wayBetween(from, to);
  if (way === "next") return [];
  const message = `${node} runs ${product} ${from}, from which there is no way to ${to}`;
  return [refused(name, node, { message, ...remedies[way](change) })];
}

type Remedy = (change: Change) => { readonly expected: string; readonly fix: string };

const remedies: Readonly<Record<"skips" | "back" | "unknown", Remedy>> = {
  skips: ({ from }) => ({
    expected: `the same minor version or the next, ${nextMinor(from)}`,
    fix: `go through each minor version: write one of ${nextMinor(from)} first`,
  }),
  back: ({ product, from }) => ({
    expected: `${minorOf(from)} or ${nextMinor(from)}: ${product} does not go back to an older minor version`,
    fix: `write ${from}, or a newer one of ${minorOf(from)}; for an older one the cluster is made anew`,
  }),
  unknown: ({ product, to }) => ({
    expected: `a version of ${product} as ${to} is one`,
    fix: `look at what the node runs, and give it a release of ${product} by hand`,
  }),
};

export const onlyMember = ({ name }: WantedCluster, node: string): Problem =>
  refused(name, node, {
    message: `${node} is the only control plane: while it starts again, nothing answers and nothing is scheduled`,
    expected: "three control planes, or that this is allowed",
    fix: `--allow ${node}, when nobody needs the cluster for some minutes`,
  });

export const cannotLose = (
  { name }: WantedCluster,
  node: string,
  left: readonly string[],
): Problem =>
  refused(name, node, {
    message: `the cluster cannot lose ${node} now: ${left.join("; ")}`,
    expected: "every member of etcd and every node well before one is taken away",
    fix: `mend that, and run npm run infra -- upgrade ${name} again: it goes on with ${node}`,
  });

/** Of Kubernetes: it goes around all control planes and then around all nodes. */
export const notWholeBefore = (
  { name, kubernetesVersion, nodes: [first] }: WantedCluster,
  left: readonly string[],
): Problem =>
  refused(name, first?.name ?? "", {
    message: `Kubernetes ${kubernetesVersion} does not begin now: ${left.join("; ")}`,
    expected: "every member of etcd and every node well before their Kubernetes is changed",
    fix: `mend that, and run npm run infra -- upgrade ${name} again`,
  });

export const notGone = ({ name }: WantedCluster, node: string, minutes: number): Problem =>
  refused(name, node, {
    message: `${node} was told to start again, answers, and has not done so after ${minutes} minutes`,
    expected: "a start with the new system",
    fix: `look at its log (talosctl dmesg), and run npm run infra -- upgrade ${name} again: it tells ${node} once more`,
  });

export const podsStay = ({ name }: WantedCluster, node: string, text: string): Problem =>
  refused(name, node, {
    message: `pods of ${node} may not go elsewhere: ${evicting(text)}`,
    expected: "budgets that allow one pod to be away, and room on other nodes",
    fix: `mend the budget or give room, and run npm run infra -- upgrade ${name} again; ${node} takes pods as before`,
  });

/** What kubectl says of the pod that stays; of what it prints besides, the end. */
function evicting(text: string): string {
  const line = text.split("\n").find((one) => one.includes("error when evicting"));
  return (line ?? text.slice(-300)).replaceAll(/\s+/g, " ").trim();
}

export const rolledBack = (
  { name, talos }: WantedCluster,
  node: string,
  version: string,
): Problem =>
  refused(name, node, {
    message: `${node} started again with Talos ${version}: ${talos.version} did not come up, and it went back`,
    expected: `Talos ${talos.version}`,
    fix: `look at its screen or its log (talosctl dmesg); ${node} takes no pods until kubectl uncordon ${node}. The other nodes are untouched`,
  });
