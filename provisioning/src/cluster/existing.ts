/** A cluster somebody else made: k3s, kind, Talos by hand. All that is asked of it is that it is the one that is meant. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Cluster } from "../../../generator/src/model/cluster.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { KubectlFailed, openKubectl, type Kubectl } from "./kubectl.ts";

/**
 * In: a cluster, a kubeconfig. Out: a way to ask it. Problems: KUBECONFIG_FOREIGN where the kubeconfig leads to an API server that is
 * not among `apiServer.addresses`, or nowhere; CLUSTER_UNREACHABLE.
 */
export async function openExisting(
  name: string,
  { apiServer }: Cluster,
  kubeconfig: string,
): Promise<{ readonly kubectl: Kubectl } | readonly Problem[]> {
  const keys = ["apiServer", "addresses"];
  try {
    const opened = await openKubectl(kubeconfig);
    if (isProblem(opened)) return [opened];
    const addresses = await addressesOf(opened.server);
    const isOurs = addresses.every((address) => apiServer.addresses.includes(address));
    if (addresses.length === 0 || !isOurs)
      return [foreign(name, opened.server, apiServer.addresses)];
    await opened.kubectl(["get", "--raw", "/readyz"]);
    return opened;
  } catch (error) {
    if (!(error instanceof KubectlFailed)) throw error;
    return [
      problemAt("CLUSTER_UNREACHABLE", clusterFile(name), keys, {
        message: `the cluster of the kubeconfig does not answer: ${error.message.trim()}`,
        expected: "an API server that is ready",
        fix: "mend the kubeconfig, start the cluster, or mend the network to it",
      }),
    ];
  }
}

const foreign = (name: string, server: string, addresses: readonly string[]): Problem =>
  problemAt("KUBECONFIG_FOREIGN", clusterFile(name), ["apiServer", "addresses"], {
    message: `the kubeconfig leads to ${server === "" ? "no cluster" : server}, which is not an API server of ${name}`,
    found: server === "" ? "no current context" : server,
    expected: addresses.join(", "),
    fix: "export KUBECONFIG with the one of this cluster",
  });

/** Of the host in an address: it, or what its name leads to. */
async function addressesOf(server: string): Promise<string[]> {
  if (!URL.canParse(server)) return [];
  const host = new URL(server).hostname.replaceAll(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return [host];
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
