/** Whether a cluster of Talos is whole: what it still lacks, as lines for people. */
import { z } from "zod";
import { KubectlFailed, type Kubectl } from "../kubectl.ts";
import { illServices, membersOf, type NodeClient } from "./nodes.ts";
import type { WantedCluster } from "./wanted.ts";

/** Nothing, where etcd has all its members, every kubelet is well, the API server is ready and knows every node as ready. */
export async function lacks(
  client: NodeClient,
  wanted: WantedCluster,
  kubectl: Kubectl,
): Promise<readonly string[]> {
  const ofTalos = await lacksOfTalos(client, wanted);
  // The API server is the last to come.
  return ofTalos.length > 0 ? ofTalos : lacksOfKubernetes(wanted, kubectl);
}

async function lacksOfTalos(client: NodeClient, { nodes }: WantedCluster): Promise<string[]> {
  const expected = nodes.filter(({ controlPlane }) => controlPlane).map(({ name }) => name);
  const told = await Promise.all(
    nodes.map(async ({ name, address, controlPlane }) => {
      const ill = await illServices(client, address);
      if (ill === undefined) return [`${name} does not answer`];
      if (ill.length > 0) return ill.map((service) => `${service} of ${name} is not well`);
      if (!controlPlane) return [];
      const members = (await membersOf(client, address)) ?? [];
      const missing = expected.filter((one) => !members.includes(one));
      return missing.length === 0 ? [] : [`etcd of ${name} lacks ${missing.join(", ")}`];
    }),
  );
  return told.flat();
}

async function lacksOfKubernetes(
  { nodes, talos }: WantedCluster,
  kubectl: Kubectl,
): Promise<string[]> {
  try {
    await kubectl(["get", "--raw", "/readyz"]);
    const known = await nodesOf(kubectl);
    return nodes.flatMap(({ name }) => {
      const node = known.find((one) => one.name === name);
      if (node === undefined) return [`the API server does not know ${name}`];
      // Without a network of pods no node is ready, and it is not ours to bring.
      return node.ready || talos.network === "none" ? [] : [`${name} is not ready`];
    });
  } catch (error) {
    if (!(error instanceof KubectlFailed)) throw error;
    return ["the API server is not ready"];
  }
}

export interface KnownNode {
  readonly name: string;
  readonly ready: boolean;
  readonly unschedulable: boolean;
  /** `v1.35.4`. */
  readonly version: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const NodeList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        annotations: z.record(z.string(), z.string()).optional(),
      }),
      spec: z.object({ unschedulable: z.boolean().optional() }),
      status: z.object({
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional(),
        nodeInfo: z.object({ kubeletVersion: z.string() }),
      }),
    }),
  ),
});

/** Out: nodes as the API server knows them. Throws KubectlFailed. */
export async function nodesOf(kubectl: Kubectl): Promise<KnownNode[]> {
  const { items } = NodeList.parse(JSON.parse(await kubectl(["get", "nodes", "--output=json"])));
  return items.map(({ metadata, spec, status }) => ({
    name: metadata.name,
    annotations: metadata.annotations ?? {},
    unschedulable: spec.unschedulable === true,
    ready: status.conditions?.some((one) => one.type === "Ready" && one.status === "True") === true,
    version: status.nodeInfo.kubeletVersion,
  }));
}
