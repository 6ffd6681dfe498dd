/** A cluster, however it comes about. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Order } from "../order.ts";
import type { Facts } from "../facts.ts";
import { openExisting } from "./existing.ts";
import type { Kubectl } from "./kubectl.ts";
import { talosCluster } from "./talos/cluster.ts";

export interface OpenedCluster {
  readonly kubectl: Kubectl;
}

export interface ClusterBackend {
  /** Tells what `bring` would change, as far as that can be known; changes nothing. */
  preview(): Promise<readonly Problem[]>;
  /** Brings it about, as far as that is ours; asked again it changes nothing. Out: a way to ask it, when it is whole. */
  bring(): Promise<OpenedCluster | readonly Problem[]>;
  /** Out: a way to ask it as it is. Changes nothing. */
  open(): Promise<OpenedCluster | readonly Problem[]>;
}

/** One that Talos makes of its nodes, where the facts say so; else one that somebody else made. */
export const clusterOf = (order: Order, facts: Facts): ClusterBackend =>
  facts.cluster.talos === undefined ? existingCluster(order, facts) : talosCluster(order, facts);

function existingCluster({ environment }: Order, { name, cluster }: Facts): ClusterBackend {
  const open = async (): Promise<OpenedCluster | readonly Problem[]> => {
    const kubeconfig = environment["KUBECONFIG"] ?? "";
    return kubeconfig === "" ? [noKubeconfig(name)] : openExisting(name, cluster, kubeconfig);
  };
  return { preview: async () => [], bring: open, open };
}

const noKubeconfig = (cluster: string): Problem =>
  problemAt("CREDENTIAL_MISSING", clusterFile(cluster), ["apiServer"], {
    message: "KUBECONFIG is not set, so the cluster cannot be asked",
    expected: `the kubeconfig of ${cluster}`,
    fix: "export KUBECONFIG=<its file>",
    target: "key",
  });
