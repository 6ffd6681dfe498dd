/** Rules over the machines of a cluster. */
import { machinesOf } from "../model/cluster-machines.ts";
import type { NamedMachine } from "../model/cluster-machines.ts";
import type { Cluster } from "../model/cluster.ts";
import { machineDefaults } from "../model/machine-defaults.ts";
import type { Machines } from "../model/machines.ts";
import { clusterFile } from "../model/paths.ts";
import { bytes } from "../model/units.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { checkControlPlane } from "./control-plane.ts";
import { takenTwice } from "./machine-numbers.ts";
import { checkRoom } from "./machine-room.ts";

/** In: clusters by name. Problems: MACHINE_FACTS, MACHINE_HOST_UNKNOWN, MACHINE_TAKEN, MACHINE_SIZE, MACHINE_ROOM, CONTROL_PLANE. */
export function checkMachines(clusters: ReadonlyMap<string, Cluster>): Problem[] {
  return [
    ...[...clusters].flatMap(([name, cluster]) => checkCluster(name, cluster)),
    ...takenTwice(clusters),
  ];
}

function checkCluster(name: string, cluster: Cluster): Problem[] {
  const file = clusterFile(name);
  const machines = machinesOf(cluster.nodes);
  const { machines: facts } = cluster;
  if (facts === undefined) return machines.map(({ node }) => noMachines(file, node));
  const { hosts } = facts;
  return [
    ...(machines.length === 0 ? [noNodes(file)] : []),
    ...checkTemplates(file, facts, machines),
    ...machines.flatMap((one) => [
      ...checkHost(file, one, hosts),
      ...checkSize(file, one),
      ...checkReserve(file, one, facts),
      ...checkArchitecture(file, one),
    ]),
    ...checkRoom(file, facts, machines),
    ...checkControlPlane(file, cluster, machines),
    ...checkImage(file, facts),
  ];
}

const noMachines = (file: string, node: string): Problem =>
  problemAt("MACHINE_FACTS", file, ["nodes", node, "machine"], {
    message: `node ${node} is a machine, and the cluster does not say where machines are made`,
    expected: "machines: { endpoint, hosts, storage, network, image }",
    fix: "add machines to the cluster, or write cpu and memory of a node that is there",
    target: "key",
  });

const noNodes = (file: string): Problem =>
  problemAt("MACHINE_FACTS", file, ["machines"], {
    message: "no node of the cluster is a machine, so nothing would be made",
    expected: "a node with machine: { host, id, cores, memory }",
    fix: "say which machine each node is, or remove machines",
    target: "key",
  });

function checkHost(
  file: string,
  { node, machine }: NamedMachine,
  hosts: Machines["hosts"],
): Problem[] {
  const keys = ["nodes", node, "machine"];
  const host = hosts[machine.host];
  if (host === undefined) {
    return [
      problemAt("MACHINE_HOST_UNKNOWN", file, [...keys, "host"], {
        message: `there is no host \`${machine.host}\``,
        ...choice(machine.host, Object.keys(hosts), "add it to machines.hosts"),
      }),
    ];
  }
  if (machine.cores <= host.cores) return [];
  return [
    problemAt("MACHINE_ROOM", file, [...keys, "cores"], {
      message: `${machine.cores} cores are more than ${machine.host} has threads`,
      found: String(machine.cores),
      expected: `at most ${host.cores}, as Proxmox VE starts no machine with more`,
      fix: `write ${host.cores} or fewer, or mend machines.hosts`,
    }),
  ];
}

function checkTemplates(
  file: string,
  { hosts, clone }: Machines,
  all: readonly NamedMachine[],
): Problem[] {
  if (clone === undefined) return [];
  return Object.entries(hosts)
    .filter(
      ([host, { template }]) =>
        template === undefined && all.some(({ machine }) => machine.host === host),
    )
    .map(([host]) =>
      problemAt("MACHINE_FACTS", file, ["machines", "hosts", host], {
        message: `machines on ${host} are cloned, and it has no template`,
        expected: "template: the number of one, which is made if it is not there",
        fix: `add template: <a number of its own> to ${host}, or remove clone`,
        target: "key",
      }),
    );
}

/** Talos: "System Requirements" (minimum memory of 2 GiB, 1 GiB for workers, disk of 10 GiB). */
const least = { controlPlane: "2Gi", worker: "1Gi", boot: "10Gi", data: "1Gi" } as const;

function checkSize(file: string, { node, machine, facts }: NamedMachine): Problem[] {
  const role = facts.controlPlane === true ? "controlPlane" : "worker";
  const what = role === "worker" ? "a worker" : "a control plane";
  const sizes = [
    { field: "memory", size: machine.memory, atLeast: least[role], of: what },
    { field: "boot", size: machine.boot, atLeast: least.boot, of: "the disk of the system" },
    { field: "data", size: machine.data, atLeast: least.data, of: "a disk for volumes" },
  ];
  return sizes.flatMap(({ field, size, atLeast, of }) =>
    size === undefined || bytes(size) >= bytes(atLeast)
      ? []
      : [
          problemAt("MACHINE_SIZE", file, ["nodes", node, "machine", field], {
            message: `${size} is too little for ${of}`,
            found: JSON.stringify(size),
            expected: `at least ${atLeast}`,
            fix: `write "${atLeast}" or more`,
          }),
        ],
  );
}

/** A node on which nothing fits is a slip, not a wish. */
function checkReserve(
  file: string,
  { node, machine, facts }: NamedMachine,
  { reserve }: Machines,
): Problem[] {
  const kept = reserve?.memory ?? machineDefaults.reserve.memory;
  const has = bytes(machine.memory);
  const isTold = has < bytes(least[facts.controlPlane === true ? "controlPlane" : "worker"]);
  if (has > bytes(kept) || isTold) return [];
  return [
    problemAt("MACHINE_SIZE", file, ["nodes", node, "machine", "memory"], {
      message: `${machine.memory} is all kept by the machine itself (${kept}), so no pod fits`,
      found: JSON.stringify(machine.memory),
      expected: `more than ${kept}`,
      fix: "write more memory, or less in machines.reserve",
    }),
  ];
}

function checkArchitecture(file: string, { node, facts }: NamedMachine): Problem[] {
  if (facts.architecture !== "arm64") return [];
  return [
    problemAt("MACHINE_FACTS", file, ["nodes", node, "architecture"], {
      message: `node ${node} is arm64, and hosts with Proxmox VE are amd64`,
      found: '"arm64"',
      expected: '"amd64", or a node that is there',
      fix: "remove architecture",
    }),
  ];
}

/** What is behind an address that stays the same changes without anybody saying so. */
function checkImage(file: string, { image }: Machines): Problem[] {
  if (!/latest|current/i.test(image.url)) return [];
  return [
    problemAt("MACHINE_FACTS", file, ["machines", "image", "url"], {
      message: "the address of the image leads to whatever is newest",
      found: JSON.stringify(image.url),
      expected: "an address that holds a version",
      fix: "write the address of one version, and its checksum",
    }),
  ];
}
