/** Making and removing VMs. */
import { createHash, randomUUID } from "node:crypto";
import { coresOf, needUnlocked, type Config, type Guest } from "./guests.ts";
import { drivesOf, needDrives, placeDrives, readVolid, release } from "./drives.ts";
import { readProperties } from "./property-string.ts";
import { purgeFromHa } from "./ha.ts";
import { died, wrongParameters } from "./refusal.ts";
import { isDrive, isOption, needBridge, needOptions, storedOptions } from "./vm-options.ts";
import { known, part, readVmid, required, route, type Call, type World } from "./world.ts";

const ownParameters = new Set([
  "vmid",
  "node",
  "pool",
  "start",
  "storage",
  "unique",
  "bwlimit",
  "force",
]);

function createVm(call: Call, world: World): string {
  known(call, (name) => ownParameters.has(name) || isOption(name));
  const { params, rights } = call;
  const node = part(call, "node");
  const vmid = readVmid(required(call, "vmid"));
  const { pool } = params;
  // In a pool the privilege on the pool is enough.
  if (pool !== undefined && rights.has(`/pool/${pool}`, "VM.Allocate")) needPool(pool, world);
  else rights.need(`/vms/${vmid}`, "VM.Allocate");
  const options = optionsOf(params);
  needOptions(options, pool === undefined ? `/vms/${vmid}` : `/pool/${pool}`, rights);
  needBridges(options, rights);
  world.guests.needFree(vmid);
  needDrives(options, node, rights, world);
  needName(options["name"]);
  return beginCreate({ vmid, node, options, pool, start: params["start"] === "1" }, call, world);
}

interface Order {
  readonly vmid: number;
  readonly node: string;
  readonly options: Readonly<Record<string, string>>;
  readonly pool: string | undefined;
  readonly start: boolean;
}

function beginCreate(
  { vmid, node, options, pool, start }: Order,
  call: Call,
  world: World,
): string {
  const guest: Guest = { vmid, type: "qemu", node, config: {}, isTemplate: false, lock: "create" };
  guest.config = { ...named(options), ...born(world) };
  world.guests.add(guest);
  if (pool !== undefined) world.pools.get(pool)?.vms.add(vmid);
  const forget = (): void => {
    world.guests.remove(vmid);
    world.pools.get(pool ?? "")?.vms.delete(vmid);
  };
  return world.tasks.start({
    node,
    type: "qmcreate",
    id: String(vmid),
    user: call.rights.token,
    bytes: importedBytes(options, node, world),
    run: (log) => {
      try {
        const drives = placeDrives(options, guest, log, world);
        const others = Object.entries(options).filter(([name]) => !isDrive(name));
        guest.config = { ...guest.config, ...storedOptions(Object.fromEntries(others)), ...drives };
        delete guest.lock;
        if (start) setRunning(guest, world);
      } catch (error) {
        throw new Error(`unable to create VM ${vmid} - ${(error as Error).message}`, {
          cause: error,
        });
      }
    },
    undo: forget,
  });
}

/** What there is of a VM while its disks are being made. */
const named = (options: Readonly<Record<string, string>>): Config =>
  storedOptions(
    Object.fromEntries(
      Object.entries(options).filter(([name]) =>
        /^(name|tags|memory|cores|sockets|onboot)$/.test(name),
      ),
    ),
  );

/** What Proxmox gives each VM by itself. */
export const born = (world: World): Config => ({
  meta: `creation-qemu=10.0.2,ctime=${world.clock.date()}`,
  smbios1: `uuid=${randomUUID()}`,
  vmgenid: randomUUID(),
});

export function setRunning(guest: Guest, world: World): void {
  guest.running = {
    since: world.clock.now(),
    cores: coresOf(guest),
    memoryMiB: Number(guest.config["memory"] ?? 512),
  };
}

export const optionsOf = (params: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).filter(([name]) => isOption(name)));

export function needBridges(
  options: Readonly<Record<string, string>>,
  rights: Call["rights"],
): void {
  for (const [name, value] of Object.entries(options))
    if (/^net\d+$/.test(name)) needBridge(value, rights);
}

export function needName(name: string | undefined): void {
  if (
    name !== undefined &&
    !/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9-]+)*$/.test(name)
  )
    throw wrongParameters({ name: "invalid format - value does not look like a valid DNS name" });
}

export function needPool(pool: string, world: World): void {
  if (!world.pools.has(pool)) throw died(`pool '${pool}' does not exist`);
}

function importedBytes(
  options: Readonly<Record<string, string>>,
  node: string,
  world: World,
): number {
  return drivesOf(options).reduce((sum, [, value]) => {
    const source = readProperties(value, "file")["import-from"];
    if (source === undefined) return sum;
    const { storage } = readVolid(source);
    return sum + (world.storages.at(node, storage).volumes.get(source)?.size ?? 0);
  }, 0);
}

async function destroyVm(call: Call, world: World): Promise<string> {
  known(call, (name) => /^(purge|destroy-unreferenced-disks|skiplock)$/.test(name));
  const node = part(call, "node");
  const vmid = readVmid(part(call, "vmid"));
  call.rights.need(`/vms/${vmid}`, "VM.Allocate");
  const guest = world.guests.at(node, vmid);
  needUnlocked(guest);
  if (guest.config["protection"] === 1)
    throw died(`can't remove VM ${vmid} - protection mode enabled`);
  if (guest.running !== undefined) throw died(`VM ${vmid} is running - destroy failed`);
  purgeFromHa(vmid, call.params["purge"] === "1", world);
  const clone = cloneOf(guest, world);
  if (clone !== undefined) throw died(`base volume '${clone}' is still in use by linked cloned`);
  await world.tasks.lockVm(vmid);
  return world.tasks.start({
    node,
    type: "qmdestroy",
    id: String(vmid),
    user: call.rights.token,
    run: (log) => {
      release(guest, world);
      log(`purging VM ${vmid} from related configurations..`);
      for (const { vms } of world.pools.values()) vms.delete(vmid);
      world.guests.remove(vmid);
    },
  });
}

/** The volume of a template that another VM still needs. */
function cloneOf({ vmid, node, isTemplate }: Guest, world: World): string | undefined {
  if (!isTemplate) return undefined;
  const volumes = world.storages.of(node).flatMap((storage) => [...storage.volumes.values()]);
  const own = new Set(volumes.filter((one) => one.vmid === vmid).map(({ volid }) => volid));
  return volumes.find(({ base }) => base !== undefined && own.has(base))?.base;
}

/** Changes with each change of the configuration: who sends an old one is refused. */
export function digestOf({ config }: Guest): string {
  const text = Object.keys(config)
    .sort()
    .map((key) => `${key}: ${config[key]}\n`);
  return createHash("sha1").update(text.join("")).digest("hex");
}

export const vmCreateRoutes = [
  route("POST", "/nodes/{node}/qemu", createVm),
  route("DELETE", "/nodes/{node}/qemu/{vmid}", destroyVm),
];
