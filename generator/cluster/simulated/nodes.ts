/** The nodes of an environment's cluster, as `capacity` counts them. */
import { nodesOf } from "../../src/capacity/nodes.ts";
import type { Cluster } from "../../src/model/cluster.ts";
import type { KubernetesObject } from "../api.ts";

/** In: facts of a cluster. Out: its nodes, with what pods can ask of each. */
export function nodeObjects(cluster: Cluster): KubernetesObject[] {
  return nodesOf(cluster).map(({ name, room, pods, labels, taints }) => {
    const allocatable = {
      cpu: `${room.cpu}m`,
      memory: String(room.memory),
      pods: String(pods),
      ...(Number.isFinite(room.scratch) && { "ephemeral-storage": String(room.scratch) }),
      ...Object.fromEntries(
        Object.entries(room.devices).map(([device, count]) => [device, String(count)]),
      ),
    };
    return {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name, labels },
      spec: { taints: Object.entries(taints).map(([key, effect]) => ({ key, effect })) },
      status: {
        allocatable,
        capacity: allocatable,
        addresses: [
          // Not its own: the API server would call the real machine of that address for logs.
          { type: "InternalIP", address: "127.0.0.1" },
          { type: "Hostname", address: name },
        ],
      },
    };
  });
}
