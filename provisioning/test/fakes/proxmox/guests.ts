/** The guests of all hosts: VMs, and containers, of which only their numbers count here. */
import { died } from "./refusal.ts";

export type Config = Record<string, string | number>;

export interface Guest {
  readonly vmid: number;
  readonly type: "qemu" | "lxc";
  readonly node: string;
  /** As GET .../config answers it, without digest and lock. */
  config: Config;
  isTemplate: boolean;
  /** What it was started with: what changes while it runs takes effect when it starts again. */
  running?: { readonly since: number; readonly cores: number; readonly memoryMiB: number };
  /** What is being done to it. */
  lock?: "create" | "clone";
}

export interface Guests {
  readonly all: () => readonly Guest[];
  readonly find: (vmid: number) => Guest | undefined;
  /** Throws what Proxmox says when the node has no such VM. */
  readonly at: (node: string, vmid: number) => Guest;
  readonly add: (guest: Guest) => void;
  readonly remove: (vmid: number) => void;
  /** Throws what Proxmox says when the number is taken, by whatever on whichever node. */
  readonly needFree: (vmid: number) => void;
}

export function keepGuests(): Guests {
  const guests = new Map<number, Guest>();
  return {
    all: () => [...guests.values()].sort((a, b) => a.vmid - b.vmid),
    find: (vmid) => guests.get(vmid),
    at: (node, vmid) => {
      const found = guests.get(vmid);
      if (found?.node === node && found.type === "qemu") return found;
      throw died(`Configuration file 'nodes/${node}/qemu-server/${vmid}.conf' does not exist`);
    },
    add: (guest) => guests.set(guest.vmid, guest),
    remove: (vmid) => guests.delete(vmid),
    needFree: (vmid) => {
      const found = guests.get(vmid);
      if (found === undefined) return;
      const kind = found.type === "qemu" ? "VM" : "CT";
      throw died(
        `unable to create VM ${vmid} - ${kind} ${vmid} already exists on node '${found.node}'`,
      );
    },
  };
}

export function needUnlocked({ lock }: Guest): void {
  if (lock !== undefined) throw died(`VM is locked (${lock})`);
}

export const coresOf = ({ config }: Guest): number =>
  Number(config["cores"] ?? 1) * Number(config["sockets"] ?? 1);

export const memoryMiBOf = ({ config }: Guest): number => Number(config["memory"] ?? 512);

export function statusOf(guest: Guest): "running" | "stopped" {
  return guest.running === undefined ? "stopped" : "running";
}
