/** Reading and changing VMs. */
import { printSize, readSize } from "./bytes.ts";
import { allocate, drivesOf, needDrives, placeDrives, readVolid, release } from "./drives.ts";
import { needUnlocked, type Guest } from "./guests.ts";
import { printProperties, readProperties, type Properties } from "./property-string.ts";
import { died, wrongParameters } from "./refusal.ts";
import { needContent, type Storage, type Volume } from "./storages.ts";
import { digestOf, needBridges, needName, optionsOf } from "./vm-create.ts";
import { isDrive, isOption, needOptions, storedOptions } from "./vm-options.ts";
import { known, part, readVmid, required, route, type Call, type World } from "./world.ts";

function readConfig(call: Call, world: World): Record<string, unknown> {
  const vmid = readVmid(part(call, "vmid"));
  call.rights.need(`/vms/${vmid}`, "VM.Audit");
  const guest = world.guests.at(part(call, "node"), vmid);
  return {
    ...guest.config,
    digest: digestOf(guest),
    ...(guest.lock !== undefined && { lock: guest.lock }),
    ...(guest.isTemplate && { template: 1 }),
  };
}

/** PUT does it at once; POST gives a task, and is told apart by the route alone. */
async function changeConfig(call: Call, world: World): Promise<null> {
  const apply = await prepareChange(call, world);
  apply(() => undefined);
  return null;
}

async function beginChange(call: Call, world: World): Promise<string> {
  const apply = await prepareChange(call, world);
  return world.tasks.start({
    node: part(call, "node"),
    type: "qmconfig",
    id: part(call, "vmid"),
    user: call.rights.token,
    run: apply,
  });
}

async function prepareChange(
  call: Call,
  world: World,
): Promise<(log: (line: string) => void) => void> {
  const { params, rights } = call;
  known(
    call,
    (name) =>
      isOption(name) || /^(delete|digest|skiplock|revert|force|background_delay)$/.test(name),
  );
  const node = part(call, "node");
  const vmid = readVmid(part(call, "vmid"));
  const options = optionsOf(params);
  const deleted = (params["delete"] ?? "").split(",").filter((name) => name !== "");
  const strange = deleted.find((name) => !isOption(name));
  if (strange !== undefined) throw wrongParameters({ delete: `unknown option '${strange}'` });
  const both = deleted.find((name) => name in options);
  if (both !== undefined)
    throw wrongParameters({
      [both]: `you can't use '-${both}' and -delete ${both}' at the same time`,
    });
  if (Object.keys(options).length + deleted.length === 0) throw wrongParameters({});
  const guest = world.guests.at(node, vmid);
  const old = deleted.map((name) => [name, String(guest.config[name] ?? "")] as const);
  needOptions({ ...options, ...Object.fromEntries(old) }, `/vms/${vmid}`, rights);
  needBridges(options, rights);
  needName(options["name"]);
  await world.tasks.lockVm(vmid);
  needUnlocked(guest);
  const { digest } = params;
  if (digest !== undefined && digest !== digestOf(guest))
    throw died("detected modified configuration - file changed by other user? Try again.");
  needDrives(options, node, rights, world);
  return (log) => applyChange(guest, options, deleted, log, world);
}

function applyChange(
  guest: Guest,
  options: Readonly<Record<string, string>>,
  deleted: readonly string[],
  log: (line: string) => void,
  world: World,
): void {
  const config = { ...guest.config };
  // What is generated is no disk: the next one of it takes its place.
  const gone = deleted.filter((name) => isDrive(name)).map((name) => String(config[name] ?? ""));
  const cloudinits = gone.filter((drive) => /-cloudinit[.,]/.test(`${drive},`));
  release(guest, world, cloudinits);
  gone
    .filter((drive) => !cloudinits.includes(drive) && !/media=cdrom/.test(drive) && drive !== "")
    .forEach((drive) => keepUnused(config, drive));
  for (const name of deleted) delete config[name];
  const drives = placeDrives(options, guest, log, world);
  const others = Object.entries(options).filter(([name]) => !isDrive(name));
  guest.config = { ...config, ...storedOptions(Object.fromEntries(others)), ...drives };
}

/** A disk that is taken out of a VM stays, as `unused0`. */
function keepUnused(config: Guest["config"], drive: string): void {
  let number = 0;
  while (`unused${number}` in config) number += 1;
  config[`unused${number}`] = readProperties(drive, "file")["file"] ?? "";
}

async function resizeDisk(call: Call, world: World): Promise<string> {
  known(call, (name) => /^(disk|size|digest|skiplock)$/.test(name));
  const node = part(call, "node");
  const vmid = readVmid(part(call, "vmid"));
  const name = required(call, "disk");
  const wanted = required(call, "size");
  call.rights.need(`/vms/${vmid}`, "VM.Config.Disk");
  const guest = world.guests.at(node, vmid);
  await world.tasks.lockVm(vmid);
  needUnlocked(guest);
  const { storage, volume, rest } = diskOf(guest, name, world);
  call.rights.need(`/storage/${storage.facts.name}`, "Datastore.AllocateSpace");
  const given = readSize(wanted.replace(/^\+/, ""));
  if (given === undefined)
    throw wrongParameters({ size: "value does not match the regex pattern" });
  const size = wanted.startsWith("+") ? volume.size + given : given;
  if (size < volume.size) throw died("shrinking disks is not supported");
  return world.tasks.start({
    node,
    type: "resize",
    id: String(vmid),
    user: call.rights.token,
    run: () => {
      world.storages.needRoom(storage, volume.volid, size - volume.size, 0);
      volume.size = size;
      guest.config = {
        ...guest.config,
        [name]: printProperties(volume.volid, { ...rest, size: printSize(size) }),
      };
    },
  });
}

/** A disk of another storage: copied, and the old one kept unless it is to be deleted. */
async function moveDisk(call: Call, world: World): Promise<string> {
  known(call, (name) => /^(disk|storage|format|delete|digest|bwlimit)$/.test(name));
  const node = part(call, "node");
  const vmid = readVmid(part(call, "vmid"));
  const name = required(call, "disk");
  const target = required(call, "storage");
  call.rights.need(`/vms/${vmid}`, "VM.Config.Disk");
  call.rights.need(`/storage/${target}`, "Datastore.AllocateSpace");
  const guest = world.guests.at(node, vmid);
  await world.tasks.lockVm(vmid);
  needUnlocked(guest);
  const disk = diskOf(guest, name, world);
  const { volume, rest } = disk;
  if (disk.storage.facts.name === target)
    throw died("you can't move to the same storage with same format");
  const place = world.storages.at(node, target);
  needContent(place, "images");
  return world.tasks.start({
    node,
    type: "qmmove",
    id: String(vmid),
    user: call.rights.token,
    bytes: volume.written,
    run: () => {
      const { size, written, format } = volume;
      const made = allocate(place, { vmid, size, written, format }, world);
      const config = {
        ...guest.config,
        [name]: printProperties(made.volid, { ...rest, size: printSize(size) }),
      };
      if (call.params["delete"] === "1") disk.storage.volumes.delete(volume.volid);
      else keepUnused(config, volume.volid);
      guest.config = config;
    },
  });
}

interface Disk {
  readonly storage: Storage;
  readonly volume: Volume;
  /** What the drive says beside its volume and size. */
  readonly rest: Properties;
}

function diskOf(guest: Guest, name: string, world: World): Disk {
  const drive = drivesOf(guest.config).find(([one]) => one === name)?.[1];
  if (drive === undefined) throw died(`disk '${name}' does not exist`);
  const { file = "", size: _size, ...rest } = readProperties(drive, "file");
  const storage = world.storages.at(guest.node, readVolid(file).storage);
  const volume = storage.volumes.get(file);
  if (volume === undefined) throw died(`volume '${file}' does not exist`);
  return { storage, volume, rest };
}

/** Writes the drive of cloud-init anew, which is as it was here. */
function renewCloudinit(call: Call, world: World): null {
  const vmid = readVmid(part(call, "vmid"));
  call.rights.need(`/vms/${vmid}`, "VM.Config.Cloudinit");
  const { config } = world.guests.at(part(call, "node"), vmid);
  if (!drivesOf(config).some(([, drive]) => /-cloudinit[.,]/.test(drive)))
    throw died(`No cloudinit drive found for VM ${vmid}`);
  return null;
}

export const vmConfigRoutes = [
  route("GET", "/nodes/{node}/qemu/{vmid}/config", readConfig),
  route("PUT", "/nodes/{node}/qemu/{vmid}/config", changeConfig),
  route("POST", "/nodes/{node}/qemu/{vmid}/config", beginChange),
  route("PUT", "/nodes/{node}/qemu/{vmid}/resize", resizeDisk),
  route("POST", "/nodes/{node}/qemu/{vmid}/move_disk", moveDisk),
  route("PUT", "/nodes/{node}/qemu/{vmid}/cloudinit", renewCloudinit),
];
