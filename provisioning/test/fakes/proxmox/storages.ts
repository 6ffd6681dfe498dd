/** Storages: how full they are, what lies in them, and what they say when there is no room. */
import { GiB, MiB } from "./bytes.ts";
import type { Faults } from "./faults.ts";
import { died, wrongParameters } from "./refusal.ts";

/** `lvmthin`, `dir` and `nfs` hold what was written; `lvm` and `zfspool` hold what was promised. */
export type StorageType = "dir" | "nfs" | "lvm" | "lvmthin" | "zfspool";

export interface StorageFacts {
  readonly name: string;
  readonly type: StorageType;
  readonly content: readonly (
    | "images"
    | "import"
    | "iso"
    | "vztmpl"
    | "rootdir"
    | "snippets"
    | "backup"
  )[];
  /** In bytes. */
  readonly total: number;
  /** By what no test looks at. */
  readonly used?: number;
  readonly isShared?: boolean;
  /** The hosts that have it; all when nothing is said. */
  readonly hosts?: readonly string[];
}

export interface Volume {
  readonly volid: string;
  readonly content: string;
  readonly format: string;
  size: number;
  /** What it takes of a storage that is thin. */
  written: number;
  /** Of an image: how large the disk in it is. */
  readonly diskSize?: number;
  readonly vmid?: number;
  readonly ctime: number;
  /** The volume of a template that this one is a linked clone of. */
  readonly base?: string;
}

/** One storage on one host, or on all of them when it is shared. */
export interface Storage {
  readonly facts: StorageFacts;
  readonly host: string;
  readonly volumes: Map<string, Volume>;
}

export interface Storages {
  /** All that a host has. */
  readonly of: (host: string) => readonly Storage[];
  /** Throws what Proxmox says of one that is not there. */
  readonly at: (host: string, name: string) => Storage;
  readonly used: (storage: Storage) => number;
  /** Throws what the storage says when there is no room for so much more. */
  readonly needRoom: (storage: Storage, name: string, bytes: number, written: number) => void;
}

export const isThin = ({ type }: StorageFacts): boolean => type !== "lvm" && type !== "zfspool";
export const isFiles = ({ type }: StorageFacts): boolean => type === "dir" || type === "nfs";

export function keepStorages(
  all: readonly StorageFacts[],
  hosts: readonly string[],
  faults: Faults,
): Storages {
  const shared = new Map(
    all
      .filter((facts) => facts.isShared === true)
      .map((facts) => [facts.name, new Map<string, Volume>()]),
  );
  const list = all.flatMap((facts) =>
    (facts.hosts ?? hosts).map((host) => ({
      facts,
      host,
      volumes: shared.get(facts.name) ?? new Map<string, Volume>(),
    })),
  );
  const used = (storage: Storage): number =>
    faults.isFull(storage.facts.name, storage.host) ? storage.facts.total : taken(storage);
  return {
    of: (host) => list.filter((one) => one.host === host),
    at: (host, name) => {
      const found = list.find((one) => one.host === host && one.facts.name === name);
      if (found !== undefined) return found;
      throw died(
        all.some((facts) => facts.name === name)
          ? `storage '${name}' is not available on node '${host}'`
          : `storage '${name}' does not exist`,
      );
    },
    used,
    needRoom: (storage, name, bytes, written) => {
      const { facts } = storage;
      const free = facts.total - used(storage);
      const wanted = isThin(facts) ? written : bytes;
      if (wanted > free || free === 0) throw died(noRoom(facts, name, bytes, free));
    },
  };
}

function taken({ facts, volumes }: Storage): number {
  const sizes = [...volumes.values()].map(({ size, written }) => (isThin(facts) ? written : size));
  return (facts.used ?? 0) + sizes.reduce((sum, size) => sum + size, 0);
}

function noRoom({ name, type }: StorageFacts, volume: string, bytes: number, free: number): string {
  const extents = (size: number): number => Math.ceil(size / (4 * MiB));
  switch (type) {
    case "lvm":
      return `lvcreate '${name}/${volume}' error:   Volume group "${name}" has insufficient free space (${extents(free)} extents): ${extents(bytes)} required.`;
    case "lvmthin":
      return `lvcreate '${name}/${volume}' error:   Cannot create new thin volume, free space in thin pool ${name}/data reached threshold.`;
    case "zfspool":
      return `zfs error: cannot create '${name}/${volume}': out of space`;
    case "dir":
    case "nfs":
      return `unable to create image: No space left on device`;
  }
}

/** In: which storage is to take the disk of a VM. Throws what Proxmox says when it takes none. */
export function needContent({ facts }: Storage, content: string, parameter = "storage"): void {
  if ((facts.content as readonly string[]).includes(content)) return;
  if (content !== "images")
    throw died(`storage '${facts.name}' is not configured for content-type '${content}'`);
  throw wrongParameters({ [parameter]: `storage '${facts.name}' does not support vm images` });
}

/** The row of GET /nodes/{node}/storage. */
export function storageRow(storage: Storage, used: number): Record<string, unknown> {
  const { name, type, content, total, isShared = false } = storage.facts;
  return {
    storage: name,
    type,
    content: content.join(","),
    active: 1,
    enabled: 1,
    shared: isShared ? 1 : 0,
    total,
    used,
    avail: Math.max(0, total - used),
    used_fraction: used / total,
  };
}

/** What a fake has when a test says nothing of storages: as the installer leaves a host, with import allowed. */
export const usualStorages: readonly StorageFacts[] = [
  { name: "local", type: "dir", content: ["iso", "vztmpl", "import", "backup"], total: 100 * GiB },
  { name: "local-lvm", type: "lvmthin", content: ["images", "rootdir"], total: 4096 * GiB },
];
