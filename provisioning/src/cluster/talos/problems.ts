/** What can go wrong with nodes that run Talos, in words. */
import { clusterFile } from "../../../../generator/src/model/paths.ts";
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../../generator/src/problems/report.ts";
import { apiPort } from "./nodes.ts";
import type { SeenNode } from "./seen.ts";
import type { KubectlFailed } from "../kubectl.ts";
import type { TalosctlFailed } from "./talosctl.ts";
import type { WantedCluster } from "./wanted.ts";

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

export const talosFailed = (cluster: string, { message }: TalosctlFailed): Problem =>
  problemAt("TALOS_FAILED", clusterFile(cluster), ["talos"], {
    message: `talosctl: ${oneLine(message)}`,
    expected: "that it is done",
    fix: "mend what it says and run the command again: what is done is kept",
    target: "key",
  });

/** In the middle of something: a node may be cordoned still, which the next run sees to. */
export const kubectlFailed = (cluster: string, { message }: KubectlFailed): Problem =>
  problemAt("TALOS_FAILED", clusterFile(cluster), ["talos"], {
    message: `the API server: ${oneLine(message)}`,
    expected: "that it is done",
    fix: "mend what it says and run the command again: what is done is kept, and a node that was drained takes pods again",
    target: "key",
  });

export const nodeRefuses = (cluster: string, node: string, { message }: TalosctlFailed): Problem =>
  problemAt("TALOS_FAILED", clusterFile(cluster), ["nodes", node], {
    message: `${node}: ${oneLine(message)}`,
    expected: "that it is done",
    fix: "mend what it says and run the command again: what is done is kept",
    target: "key",
  });

export const nodesAway = (
  { name, nodes }: Pick<WantedCluster, "name" | "nodes">,
  seen: ReadonlyMap<string, unknown>,
  minutes: number,
): Problem[] =>
  nodes
    .filter((node) => !seen.has(node.name))
    .map(({ name: node, address }) =>
      problemAt("TALOS_NODE_AWAY", clusterFile(name), ["nodes", node], {
        message: `${node} does not answer at ${address}:${apiPort} after ${minutes} minutes`,
        expected: "Talos, which waits for a configuration or has one of this cluster",
        fix: `look at its screen (\`npm run infra -- status ${name}\` says on which host it is), and run the command again`,
        target: "key",
      }),
    );

export const nodesForeign = (cluster: string, nodes: readonly SeenNode[]): Problem[] =>
  nodes.map(({ name, address }) =>
    problemAt("TALOS_SECRETS", clusterFile(cluster), ["nodes", name], {
      message: `${name} at ${address} has a configuration of another cluster, or of this one with other machine secrets`,
      expected: "a node that waits for a configuration, or has one of ours",
      fix: `bring the right secrets back (\`npm run infra -- restore ${cluster} --from <file>\`), or make the machine anew`,
      target: "key",
    }),
  );

/** New ones would be for another cluster: its nodes would take nothing from us any more. */
export const secretsLost = (cluster: string, file: string, nodes: readonly SeenNode[]): Problem => {
  const configured = nodes.filter(({ state }) => state !== "maintenance").map(({ name }) => name);
  return problemAt("TALOS_SECRETS", clusterFile(cluster), ["talos"], {
    message:
      configured.length === 0
        ? `${file} is not there: ${cluster} has not been made from here`
        : `${configured.join(", ")} have a configuration already, and the machine secrets it was made with are not here`,
    expected: `machine secrets in ${file}`,
    fix:
      configured.length === 0
        ? `npm run infra -- up ${cluster}, or bring them back: npm run infra -- restore ${cluster} --from <file>`
        : `bring them back: npm run infra -- restore ${cluster} --from <file>`,
    target: "key",
  });
};

export const notWhole = (cluster: string, left: readonly string[], minutes: number): Problem =>
  problemAt("TALOS_NOT_WHOLE", clusterFile(cluster), ["talos"], {
    message: `${cluster} is not whole after ${minutes} minutes: ${left.join("; ")}`,
    expected: "members of etcd, kubelets, an API server that is ready and knows every node",
    fix: "look at what is named (its screen tells more), and run the command again: it goes on where it is",
    target: "key",
  });
