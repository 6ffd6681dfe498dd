/** What is there: hosts, guests, storages and rights, as Proxmox VE tells them. */
import { z } from "zod";
import type { ProxmoxApi } from "./client.ts";

/** Proxmox VE writes yes and no as numbers, and leaves out what is no. */
const flag = z.union([z.literal(0), z.literal(1)]).optional();

const Resource = z.object({
  type: z.string(),
  node: z.string().optional(),
  vmid: z.number().optional(),
  name: z.string().optional(),
  status: z.string().optional(),
  /** Of guests: bytes of memory they may have. */
  maxmem: z.number().optional(),
  /** `rack;rzp;worker`. */
  tags: z.string().optional(),
});
const Storage = z.object({
  storage: z.string(),
  type: z.string(),
  content: z.string(),
  active: flag,
  enabled: flag,
  shared: flag,
  avail: z.number().optional(),
  total: z.number().optional(),
});
const HostStatus = z.object({
  memory: z.object({ total: z.number() }),
  cpuinfo: z.object({ cpus: z.number() }),
});
const Version = z.object({ version: z.string(), release: z.string().optional() });
const Permissions = z.record(z.string(), z.record(z.string(), z.number()));

/** A virtual machine or a container, ours or not. */
export interface Guest {
  readonly id: number;
  readonly name: string;
  readonly host: string;
  readonly running: boolean;
  readonly memory: number;
  readonly tags: readonly string[];
}

export interface Host {
  readonly name: string;
  readonly online: boolean;
  /** Undefined where it is not online. */
  readonly cores: number | undefined;
  readonly memory: number | undefined;
  readonly storages: readonly z.infer<typeof Storage>[];
}

export interface Inventory {
  readonly version: string;
  readonly hosts: readonly Host[];
  readonly guests: readonly Guest[];
  /** Path to privilege to whether it holds below the path. */
  readonly permissions: z.infer<typeof Permissions>;
}

/** In: a way to ask, the hosts that matter. Throws Refused and Unreachable. */
export async function readInventory(api: ProxmoxApi, names: readonly string[]): Promise<Inventory> {
  const [version, permissions, resources] = await Promise.all([
    api.get("/version").then((data) => Version.parse(data).version),
    api.get("/access/permissions").then((data) => Permissions.parse(data)),
    api.get("/cluster/resources").then((data) => z.array(Resource).parse(data)),
  ]);
  const nodes = resources.filter(({ type }) => type === "node");
  const hosts = await Promise.all(
    nodes
      .filter(({ node }) => node !== undefined && names.includes(node))
      .map(({ node = "", status }) => readHost(api, node, status === "online")),
  );
  const others = nodes.flatMap(({ node, status }): Host[] =>
    node === undefined || names.includes(node)
      ? []
      : [
          {
            name: node,
            online: status === "online",
            cores: undefined,
            memory: undefined,
            storages: [],
          },
        ],
  );
  return {
    version,
    permissions,
    hosts: [...hosts, ...others],
    guests: resources.flatMap(
      ({ type, vmid, name = "", node = "", status, maxmem = 0, tags = "" }) =>
        (type === "qemu" || type === "lxc") && vmid !== undefined
          ? [
              {
                id: vmid,
                name,
                host: node,
                running: status === "running",
                memory: maxmem,
                tags: tags.split(";"),
              },
            ]
          : [],
    ),
  };
}

async function readHost(api: ProxmoxApi, name: string, online: boolean): Promise<Host> {
  if (!online) return { name, online, cores: undefined, memory: undefined, storages: [] };
  const [status, storages] = await Promise.all([
    api.get(`/nodes/${name}/status`).then((data) => HostStatus.parse(data)),
    api.get(`/nodes/${name}/storage`).then((data) => z.array(Storage).parse(data)),
  ]);
  return { name, online, cores: status.cpuinfo.cpus, memory: status.memory.total, storages };
}
