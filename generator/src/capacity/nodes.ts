/** Cluster facts -> nodes as the scheduler sees them: those that run. */
import type { Cluster, ClusterNode } from "../model/cluster.ts";
import { machineDefaults } from "../model/machine-defaults.ts";
import type { Machines } from "../model/machines.ts";
import { bytes, millicores } from "../model/units.ts";
import { deviceOfClass } from "../release/resources/pod-requests.ts";
import { controlPlaneLabel, labelsOfNode, zoneOf } from "../release/pods/node-labels.ts";
import type { Node } from "./model.ts";

/** What the kubelet takes unless it is told. */
const defaultPods = 110;

export function nodesOf({ nodes, machines }: Pick<Cluster, "nodes" | "machines">): Node[] {
  return Object.entries(nodes)
    .filter(([, facts]) => !("machine" in facts && facts.machine.stopped === true))
    .map(([name, facts]) => nodeOf(name, facts, machines?.reserve));
}

function nodeOf(name: string, facts: ClusterNode, reserve: Machines["reserve"]): Node {
  return {
    name,
    room: {
      ...sizeOf(facts, reserve),
      memoryLimit: Number.POSITIVE_INFINITY,
      scratch: facts.scratch === undefined ? Number.POSITIVE_INFINITY : bytes(facts.scratch),
      devices: devicesOf(facts),
    },
    pods: facts.pods ?? defaultPods,
    zone: zoneOf(facts),
    labels: labelsOfNode(name, facts),
    taints: {
      ...(facts.controlPlane === undefined || facts.workloads === true
        ? {}
        : { [controlPlaneLabel]: "NoSchedule" }),
      ...facts.taints,
    },
  };
}

/** What pods can ask of it: what is said, or its machine less what that keeps. */
function sizeOf(node: ClusterNode, reserve: Machines["reserve"]) {
  if ("cpu" in node) return { cpu: millicores(node.cpu), memory: bytes(node.memory) };
  const { cpu = machineDefaults.reserve.cpu, memory = machineDefaults.reserve.memory } =
    reserve ?? {};
  return {
    cpu: Math.max(0, 1000 * node.machine.cores - millicores(cpu)),
    memory: Math.max(0, bytes(node.machine.memory) - bytes(memory)),
  };
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
