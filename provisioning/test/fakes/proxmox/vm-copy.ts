/** Templates and clones. */
import { allocate, drivesOf, readVolid, release } from "./drives.ts";
import { needUnlocked, type Config, type Guest } from "./guests.ts";
import { printSize } from "./bytes.ts";
import { printProperties, readProperties } from "./property-string.ts";
import { died, wrongParameters } from "./refusal.ts";
import { isThin, needContent, type Storage, type Volume } from "./storages.ts";
import { born, needName, needPool } from "./vm-create.ts";
import { storedOptions } from "./vm-options.ts";
import { known, part, readVmid, required, route, type Call, type World } from "./world.ts";

async function makeTemplate(call: Call, world: World): Promise<string> {
  known(call, (name) => name === "disk");
  const node = part(call, "node");
  const vmid = readVmid(part(call, "vmid"));
  call.rights.need(`/vms/${vmid}`, "VM.Allocate");
  const guest = world.guests.at(node, vmid);
  await world.tasks.lockVm(vmid);
  needUnlocked(guest);
  if (guest.isTemplate) throw died("you can't convert a template to a template");
  if (guest.running !== undefined)
    throw died("you can't convert a VM to template if VM is running");
  return world.tasks.start({
    node,
    type: "qmtemplate",
    id: String(vmid),
    user: call.rights.token,
    run: () => {
      for (const { name, drive, storage, volume } of disksOf(guest, world)) {
        const volid = volume.volid.replace(`vm-${vmid}-`, `base-${vmid}-`);
        storage.volumes.delete(volume.volid);
        storage.volumes.set(volid, { ...volume, volid });
        guest.config = { ...guest.config, [name]: drive.replace(volume.volid, volid) };
      }
      guest.isTemplate = true;
    },
  });
}

interface Disk {
  readonly name: string;
  readonly drive: string;
  readonly storage: Storage;
  readonly volume: Volume;
}

/** The disks of a VM. The drive of cloud-init is none: it is made anew where it is needed. */
function disksOf(guest: Guest, world: World): Disk[] {
  return drivesOf(guest.config).flatMap(([name, drive]) => {
    const { file = "", media } = readProperties(drive, "file");
    if (media === "cdrom") return [];
    const storage = world.storages.at(guest.node, readVolid(file).storage);
    const volume = storage.volumes.get(file);
    return volume === undefined ? [] : [{ name, drive, storage, volume }];
  });
}

async function cloneVm(call: Call, world: World): Promise<string> {
  known(call, (name) =>
    /^(newid|name|full|storage|format|pool|target|description|bwlimit|snapname)$/.test(name),
  );
  const { params, rights } = call;
  const node = part(call, "node");
  const vmid = readVmid(part(call, "vmid"));
  const newid = readVmid(required(call, "newid"), "newid");
  rights.need(`/vms/${vmid}`, "VM.Clone");
  const { pool, storage, target = node } = params;
  if (pool !== undefined && rights.has(`/pool/${pool}`, "VM.Allocate")) needPool(pool, world);
  else rights.need(`/vms/${newid}`, "VM.Allocate");
  needName(params["name"]);
  const source = world.guests.at(node, vmid);
  await world.tasks.lockVm(vmid);
  needUnlocked(source);
  world.guests.needFree(newid);
  const isFull = params["full"] === undefined ? !source.isTemplate : params["full"] === "1";
  needCloneable(source, { isFull, storage, target }, world);
  for (const disk of disksOf(source, world))
    rights.need(`/storage/${storage ?? disk.storage.facts.name}`, "Datastore.AllocateSpace");
  return beginClone(source, { newid, isFull, storage, target, pool }, call, world);
}

interface Wanted {
  readonly isFull: boolean;
  readonly storage: string | undefined;
  readonly target: string;
}

function needCloneable(source: Guest, { isFull, storage, target }: Wanted, world: World): void {
  if (!world.hosts.some(({ name }) => name === target))
    throw died(`no such cluster node '${target}'`);
  if (!isFull && storage !== undefined)
    throw wrongParameters({ storage: "parameter 'storage' not allowed for linked clones" });
  for (const disk of disksOf(source, world)) {
    if (!isFull && !source.isTemplate)
      throw died(`Linked clone feature is not supported for drive '${disk.name}'`);
    if (!isFull && disk.storage.facts.type === "lvm")
      throw died(`Linked clone feature is not supported for drive '${disk.name}'`);
    if (target !== source.node && disk.storage.facts.isShared !== true)
      throw died(`can't clone VM to node '${target}' (VM uses local storage)`);
    if (storage !== undefined) needContent(world.storages.at(target, storage), "images");
  }
}

function beginClone(
  source: Guest,
  wanted: Wanted & { readonly newid: number; readonly pool: string | undefined },
  call: Call,
  world: World,
): string {
  const { newid, isFull, target, pool } = wanted;
  const { name, description } = call.params;
  const guest: Guest = {
    vmid: newid,
    type: "qemu",
    node: target,
    config: {},
    isTemplate: false,
    lock: "clone",
  };
  const own = {
    name: name ?? `Copy-of-VM-${source.config["name"]}`,
    ...(description !== undefined && { description }),
  };
  const kept = withoutAddresses(source.config);
  guest.config = { ...kept, ...born(world), ...storedOptions(own) };
  for (const [drive] of drivesOf(kept)) delete guest.config[drive];
  world.guests.add(guest);
  if (pool !== undefined) world.pools.get(pool)?.vms.add(newid);
  return world.tasks.start({
    node: source.node,
    type: "qmclone",
    id: String(source.vmid),
    user: call.rights.token,
    bytes: isFull ? disksOf(source, world).reduce((sum, { volume }) => sum + volume.written, 0) : 0,
    run: (log) => {
      guest.config = { ...guest.config, ...cloneDrives(source, guest, wanted, log, world) };
      delete guest.lock;
    },
    undo: () => {
      release(guest, world);
      world.guests.remove(newid);
      for (const { vms } of world.pools.values()) vms.delete(newid);
    },
  });
}

/** A clone has addresses of its own. */
function withoutAddresses(config: Config): Config {
  const networks = Object.entries(config)
    .filter(([name]) => /^net\d+$/.test(name))
    .map(([name, value]) => [name, String(value).replace(/^(\w+)=[^,]+/, "model=$1")]);
  return { ...config, ...storedOptions(Object.fromEntries(networks)) };
}

function cloneDrives(
  source: Guest,
  guest: Guest,
  { isFull, storage, target }: Wanted,
  log: (line: string) => void,
  world: World,
): Record<string, string> {
  const disks = new Map(disksOf(source, world).map((disk) => [disk.name, disk]));
  return Object.fromEntries(
    drivesOf(source.config).map(([name, drive]) => {
      const { file = "", ...rest } = readProperties(drive, "file");
      const disk = disks.get(name);
      if (disk === undefined && !/-cloudinit/.test(file)) return [name, drive];
      const from = storage ?? readVolid(file).storage;
      const place = world.storages.at(target, from);
      const size = disk?.volume.size ?? 4 * 1024 ** 2;
      const written = isFull || disk === undefined ? (disk?.volume.written ?? size) : 0;
      const made = allocate(
        place,
        {
          vmid: guest.vmid,
          // A linked clone promises nothing of its own.
          size,
          written: isThin(place.facts) ? written : size,
          format: disk?.volume.format ?? "raw",
          ...(disk === undefined && { suffix: "cloudinit" }),
          ...(!isFull && disk !== undefined && { base: disk.volume.volid }),
        },
        world,
      );
      log(`create ${isFull ? "full" : "linked"} clone of drive ${name} (${file})`);
      return [name, printProperties(made.volid, { ...rest, size: printSize(size) })];
    }),
  );
}

export const vmCopyRoutes = [
  route("POST", "/nodes/{node}/qemu/{vmid}/template", makeTemplate),
  route("POST", "/nodes/{node}/qemu/{vmid}/clone", cloneVm),
];
