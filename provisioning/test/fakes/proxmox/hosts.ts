/** Hosts, their tasks, and what the cluster says of them and their guests. */
import { MiB } from "./bytes.ts";
import { coresOf, memoryMiBOf, statusOf } from "./guests.ts";
import { wrongParameters } from "./refusal.ts";
import type { Task } from "./tasks.ts";
import { statusRow } from "./vm-power.ts";
import { known, part, readVmid, route, type Call, type World } from "./world.ts";

export interface HostFacts {
  readonly name: string;
  readonly cores: number;
  /** In bytes. */
  readonly memory: number;
  /** By the host itself and by what no test looks at. */
  readonly usedMemory?: number;
  /** The bridges it has; any name is one when nothing is said. */
  readonly bridges?: readonly string[];
}

const release = { release: "9.0", version: "9.0.11", repoid: "3bf5476b8a4699e2" };

const readVersion = (): Record<string, unknown> => release;

function usedMemory({ name, usedMemory: base = 0 }: HostFacts, world: World): number {
  const guests = world.guests.all().filter(({ node }) => node === name);
  return guests.reduce((sum, { running }) => sum + (running?.memoryMiB ?? 0) * MiB, base);
}

/** Without Sys.Audit a token learns that a host is there, not how large it is. */
function listHosts({ rights }: Call, world: World): Record<string, unknown>[] {
  return world.hosts.map((host) => {
    const { name, cores, memory } = host;
    const isOffline = world.faults.isOffline(name);
    const row = {
      id: `node/${name}`,
      node: name,
      type: "node",
      status: isOffline ? "offline" : "online",
    };
    if (isOffline || !rights.has(`/nodes/${name}`, "Sys.Audit")) return row;
    const mem = usedMemory(host, world);
    return {
      ...row,
      maxcpu: cores,
      maxmem: memory,
      mem,
      cpu: 0.05,
      uptime: Math.floor(world.clock.now()),
    };
  });
}

function readHost(call: Call, world: World): Record<string, unknown> {
  const name = part(call, "node");
  call.rights.need(`/nodes/${name}`, "Sys.Audit");
  const host = world.hosts.find((one) => one.name === name);
  if (host === undefined) return {};
  const used = usedMemory(host, world);
  return {
    cpuinfo: { cpus: host.cores, cores: host.cores, sockets: 1, model: "fake" },
    memory: { total: host.memory, used, free: host.memory - used },
    uptime: Math.floor(world.clock.now()),
    loadavg: ["0.10", "0.10", "0.10"],
    pveversion: `pve-manager/${release.version}/${release.repoid}`,
  };
}

/** Bridges are shown to who may use them. */
function listNetworks(call: Call, world: World): Record<string, unknown>[] {
  const host = world.hosts.find(({ name }) => name === part(call, "node"));
  return (host?.bridges ?? ["vmbr0"])
    .filter((iface) => {
      const path = `/sdn/zones/localnetwork/${iface}`;
      return call.rights.has(path, "SDN.Use") || call.rights.has(path, "SDN.Audit");
    })
    .map((iface) => ({ iface, type: "bridge", active: 1, autostart: 1, bridge_ports: "eno1" }));
}

function listVms(call: Call, world: World): Record<string, unknown>[] {
  return world.guests
    .all()
    .filter((guest) => guest.type === "qemu" && guest.node === part(call, "node"))
    .filter(({ vmid }) => call.rights.has(`/vms/${vmid}`, "VM.Audit"))
    .map((guest) => statusRow(guest, world));
}

/** VMs and containers of all hosts, of which a token sees those it may audit, and no trace of others. */
function listResources(call: Call, world: World): Record<string, unknown>[] {
  known(call, (name) => name === "type");
  const { type } = call.params;
  const guests = world.guests
    .all()
    .filter(({ vmid }) => call.rights.has(`/vms/${vmid}`, "VM.Audit"))
    .map((guest) => {
      const { vmid, type: kind, node, config, isTemplate, lock } = guest;
      return {
        id: `${kind}/${vmid}`,
        type: kind,
        node,
        vmid,
        name: config["name"] ?? `VM ${vmid}`,
        status: world.faults.isOffline(node) ? "unknown" : statusOf(guest),
        template: isTemplate ? 1 : 0,
        maxcpu: coresOf(guest),
        maxmem: memoryMiBOf(guest) * MiB,
        ...(config["tags"] !== undefined && { tags: config["tags"] }),
        ...(lock !== undefined && { lock }),
        ...poolRow(vmid, world),
      };
    });
  const hosts = listHosts(call, world);
  if (type === "vm") return guests;
  if (type === "node") return hosts;
  const storages = listAllStorages(call, world);
  return type === "storage" ? storages : [...hosts, ...guests, ...storages];
}

function listAllStorages({ rights }: Call, world: World): Record<string, unknown>[] {
  return world.hosts.flatMap(({ name: node }) =>
    world.storages
      .of(node)
      .filter(({ facts }) => rights.has(`/storage/${facts.name}`, "Datastore.Audit"))
      .map((storage) => ({
        id: `storage/${node}/${storage.facts.name}`,
        type: "storage",
        node,
        storage: storage.facts.name,
        status: world.faults.isOffline(node) ? "unknown" : "available",
        plugintype: storage.facts.type,
        content: storage.facts.content.join(","),
        shared: storage.facts.isShared === true ? 1 : 0,
        maxdisk: storage.facts.total,
        disk: world.storages.used(storage),
      })),
  );
}

function poolRow(vmid: number, world: World): { readonly pool?: string } {
  const found = [...world.pools].find(([, { vms }]) => vms.has(vmid));
  return found === undefined ? {} : { pool: found[0] };
}

function nextId(call: Call, world: World): string {
  const { vmid: wanted } = call.params;
  if (wanted === undefined) {
    let vmid = 100;
    while (world.guests.find(vmid) !== undefined) vmid += 1;
    return String(vmid);
  }
  const vmid = readVmid(wanted);
  if (world.guests.find(vmid) !== undefined)
    throw wrongParameters({ vmid: `VM ${vmid} already exists` });
  return String(vmid);
}

function taskOf(call: Call, world: World): Task {
  const task = world.tasks.find(part(call, "upid"));
  if (task.user !== call.rights.token) call.rights.need(`/nodes/${task.node}`, "Sys.Audit");
  return task;
}

function readTask(call: Call, world: World): Record<string, unknown> {
  const { log: _log, ended: _ended, exitStatus, user: owner, ...task } = taskOf(call, world);
  const [user = "", tokenid] = owner.split("!");
  return {
    ...task,
    user,
    ...(tokenid !== undefined && { tokenid }),
    ...(exitStatus !== undefined && { exitstatus: exitStatus }),
  };
}

function readLog(call: Call, world: World): Record<string, unknown>[] {
  const { start = "0", limit = "50" } = call.params;
  const from = Number(start);
  const lines = taskOf(call, world).log.slice(from, from + Number(limit));
  return lines.map((t, index) => ({ n: from + index + 1, t }));
}

const readPermissions = (call: Call): unknown => call.rights.list(call.params["path"]);

export const hostRoutes = [
  route("GET", "/version", readVersion),
  route("GET", "/access/permissions", readPermissions),
  route("GET", "/cluster/resources", listResources),
  route("GET", "/cluster/nextid", nextId),
  route("GET", "/nodes", listHosts),
  route("GET", "/nodes/{node}/status", readHost),
  route("GET", "/nodes/{node}/network", listNetworks),
  route("GET", "/nodes/{node}/qemu", listVms),
  route("GET", "/nodes/{node}/tasks/{upid}/status", readTask),
  route("GET", "/nodes/{node}/tasks/{upid}/log", readLog),
];
