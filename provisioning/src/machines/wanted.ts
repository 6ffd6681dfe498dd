/** Facts of a cluster -> the machines it wants, complete: nothing is left to be looked up or derived. */
import { machinesOf } from "../../../generator/src/model/cluster-machines.ts";
import type { Cluster } from "../../../generator/src/model/cluster.ts";
import { machineDefaults } from "../../../generator/src/model/machine-defaults.ts";
import { hardwareAddress, machineName, templateName } from "../../../generator/src/model/names.ts";
import { bytes } from "../../../generator/src/model/units.ts";

export interface WantedMachine {
  /** Name of the node; what people call the machine by. */
  readonly node: string;
  /** Name in Proxmox VE. */
  readonly name: string;
  readonly host: string;
  readonly id: number;
  readonly hardwareAddress: string;
  /** With the length of its network: `10.0.20.21/24`. */
  readonly address: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly bootGiB: number;
  /** Undefined where it has no disk for volumes. */
  readonly dataGiB: number | undefined;
  readonly controlPlane: boolean;
  readonly running: boolean;
}

/** A template that machines of a host are cloned from. */
export interface WantedTemplate {
  readonly host: string;
  readonly id: number;
  /** Name in Proxmox VE. */
  readonly name: string;
}

/** In: a cluster and its name. Out: templates of the hosts that have machines, where these are cloned. */
export function wantedTemplates(name: string, { machines, nodes }: Cluster): WantedTemplate[] {
  if (machines?.clone === undefined) return [];
  const used = new Set(machinesOf(nodes).map(({ machine }) => machine.host));
  return Object.entries(machines.hosts).flatMap(([host, { template }]) =>
    template === undefined || !used.has(host)
      ? []
      : [{ host, id: template, name: templateName(name, host) }],
  );
}

/** In: a cluster and its name. Out: its machines by the names of nodes, sorted. */
export function wantedMachines(name: string, cluster: Cluster): WantedMachine[] {
  const [, prefix = "32"] = cluster.networks.nodes.split("/");
  return machinesOf(cluster.nodes)
    .map(({ node, facts, machine }) => ({
      node,
      name: machineName(name, node),
      host: machine.host,
      id: machine.id,
      hardwareAddress: hardwareAddress(name, machine.id),
      address: `${facts.address}/${prefix}`,
      cores: machine.cores,
      memoryMiB: whole(machine.memory, mebi),
      bootGiB: whole(machine.boot ?? machineDefaults.boot, gibi),
      dataGiB: machine.data === undefined ? undefined : whole(machine.data, gibi),
      controlPlane: facts.controlPlane === true,
      running: machine.stopped !== true,
    }))
    .sort((one, other) => (one.node < other.node ? -1 : 1));
}

const mebi = 2 ** 20;
const gibi = 2 ** 30;

/** Never less than what was said. */
const whole = (size: string, unit: number): number => Math.ceil(bytes(size) / unit);
