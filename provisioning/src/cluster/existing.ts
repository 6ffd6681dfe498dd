/** A cluster somebody else made: k3s, kind, Talos by hand. All that is asked of it is that it is the one that is meant. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { apiServerPort } from "../../../generator/src/model/api-server.ts";
import type { Cluster } from "../../../generator/src/model/cluster.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { KubectlFailed, openKubectl, type Kubectl, type OpenCluster } from "./kubectl.ts";

/**
 * In: a cluster, a kubeconfig. Out: a way to ask it. Problems: KUBECONFIG_FOREIGN where the kubeconfig leads to an API server that is
 * not among `apiServer.addresses`, to another port, or nowhere; CLUSTER_UNREACHABLE.
 */
export async function openExisting(
  name: string,
  cluster: Cluster,
  kubeconfig: string,
): Promise<{ readonly kubectl: Kubectl } | readonly Problem[]> {
  try {
    const opened = await openOwn(name, cluster, kubeconfig);
    if (isProblem(opened)) return [opened];
    await opened.kubectl(["get", "--raw", "/readyz"]);
    return opened;
  } catch (error) {
    if (!(error instanceof KubectlFailed)) throw error;
    return [
      problemAt("CLUSTER_UNREACHABLE", clusterFile(name), ["apiServer", "addresses"], {
        message: `the cluster of the kubeconfig does not answer: ${error.message.trim()}`,
        expected: "an API server that is ready",
        fix: "mend the kubeconfig, start the cluster, or mend the network to it",
      }),
    ];
  }
}

/** The same without asking it anything. Throws KubectlFailed where the kubeconfig cannot be read. */
export async function openOwn(
  name: string,
  cluster: Cluster,
  kubeconfig: string,
): Promise<OpenCluster | Problem> {
  const opened = await openKubectl(kubeconfig);
  if (isProblem(opened)) return opened;
  return (await foreignServer(name, opened.server, cluster)) ?? opened;
}

async function foreignServer(
  name: string,
  server: string,
  cluster: Cluster,
): Promise<Problem | undefined> {
  const { addresses } = cluster.apiServer;
  const port = apiServerPort(cluster);
  const found = await addressesOf(server);
  const isOurs = found.length > 0 && found.every((address) => addresses.includes(address));
  if (isOurs && portOf(server) === port) return undefined;
  const mend = "export KUBECONFIG with the one of this cluster";
  return problemAt("KUBECONFIG_FOREIGN", clusterFile(name), ["apiServer", "addresses"], {
    message: `the kubeconfig leads to ${server === "" ? "no cluster" : server}, which is not an API server of ${name}`,
    found: server === "" ? "no current context" : server,
    expected: `${addresses.join(", ")}, port ${port}`,
    fix: isOurs ? `${mend}, or write apiServer.port: ${portOf(server)}` : mend,
  });
}

/** Other clusters may answer on other ports of one address: kind, or a load balancer. */
const portOf = (server: string): number => {
  const { port, protocol } = new URL(server);
  return port === "" ? (protocol === "http:" ? 80 : 443) : Number(port);
};

/** Of the host in an address: it, or what its name leads to. */
async function addressesOf(server: string): Promise<string[]> {
  if (!URL.canParse(server)) return [];
  const host = new URL(server).hostname.replaceAll(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return [host];
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
