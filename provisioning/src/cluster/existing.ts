/** A cluster somebody else made: k3s, kind, Talos by hand. All that is asked of it is that it is the one that is meant. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Cluster } from "../../../generator/src/model/cluster.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { KubectlFailed, type Kubectl } from "./kubectl.ts";

/**
 * In: a cluster, a way to ask it. Problems: KUBECONFIG_FOREIGN where the kubeconfig leads to an API server that is not among
 * `apiServer.addresses`, CLUSTER_UNREACHABLE.
 */
export async function checkExisting(
  name: string,
  { apiServer }: Cluster,
  kubectl: Kubectl,
): Promise<Problem[]> {
  const server = await kubectl([
    "config",
    "view",
    "--minify",
    "--output=jsonpath={.clusters[0].cluster.server}",
  ]).catch(() => "");
  const addresses = await addressesOf(server);
  const keys = ["apiServer", "addresses"];
  if (!addresses.some((address) => apiServer.addresses.includes(address))) {
    return [
      problemAt("KUBECONFIG_FOREIGN", clusterFile(name), keys, {
        message: `the kubeconfig leads to ${server === "" ? "no cluster" : server}, which is not an API server of ${name}`,
        found: server === "" ? "no current context" : server,
        expected: apiServer.addresses.join(", "),
        fix: "export KUBECONFIG with the one of this cluster, or mend apiServer.addresses",
      }),
    ];
  }
  try {
    await kubectl(["get", "--raw", "/readyz"]);
    return [];
  } catch (error) {
    if (!(error instanceof KubectlFailed)) throw error;
    return [
      problemAt("CLUSTER_UNREACHABLE", clusterFile(name), keys, {
        message: `the API server at ${server} does not answer: ${error.message.trim()}`,
        expected: "an API server that is ready",
        fix: "start the cluster, or mend the network to it",
      }),
    ];
  }
}

/** Of the host in an address: it, or what its name leads to. */
async function addressesOf(server: string): Promise<string[]> {
  if (!URL.canParse(server)) return [];
  const host = new URL(server).hostname.replaceAll(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return [host];
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
