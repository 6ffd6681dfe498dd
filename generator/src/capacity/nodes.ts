/** Cluster facts -> nodes as the scheduler sees them. */
import type { Cluster } from "../model/cluster.ts";
import { bytes, millicores } from "../model/units.ts";
import { deviceOfClass } from "../release/asks.ts";
import { architectureLabel, zoneLabel } from "../release/placement.ts";
import type { Node } from "./model.ts";

/** What the kubelet takes unless it is told. */
const defaultPods = 110;
const controlPlane = "node-role.kubernetes.io/control-plane";

export function nodesOf({ nodes }: Pick<Cluster, "nodes">): Node[] {
  return Object.entries(nodes).map(([name, facts]) => ({
    name,
    room: {
      cpu: millicores(facts.cpu),
      memory: bytes(facts.memory),
      memoryLimit: Number.POSITIVE_INFINITY,
      scratch: facts.scratch === undefined ? Number.POSITIVE_INFINITY : bytes(facts.scratch),
      devices: devicesOf(facts),
    },
    pods: facts.pods ?? defaultPods,
    zone: facts.zone,
    labels: {
      "kubernetes.io/hostname": name,
      "kubernetes.io/os": "linux",
      [architectureLabel]: facts.architecture ?? "amd64",
      ...(facts.zone === undefined ? {} : { [zoneLabel]: facts.zone }),
      ...(facts.controlPlane === undefined ? {} : { [controlPlane]: "" }),
      ...facts.labels,
    },
    taints: {
      ...(facts.controlPlane === undefined || facts.workloads === true
        ? {}
        : { [controlPlane]: "NoSchedule" }),
      ...facts.taints,
    },
  }));
}

function devicesOf({ gpu }: Cluster["nodes"][string]): Node["room"]["devices"] {
  if (gpu === undefined) return {};
  return "resource" in gpu
    ? { [gpu.resource]: gpu.count }
    : { [deviceOfClass(gpu.claim)]: gpu.count };
}

/** Whether it takes pods that tolerate nothing. */
export const takesWorkloads = ({ taints }: Node) =>
  Object.values(taints).every((effect) => effect === "PreferNoSchedule");
