/** Drives of a VM: what is allocated for them, and how they read back. */
import { GiB, MiB, printSize } from "./bytes.ts";
import type { Guest } from "./guests.ts";
import { printProperties, readProperties } from "./property-string.ts";
import { died, wrongParameters } from "./refusal.ts";
import { isFiles, needContent, type Storage, type Volume } from "./storages.ts";
import type { Rights } from "./access.ts";
import { isDrive } from "./vm-options.ts";
import type { World } from "./world.ts";

/** The drives among options. Firmware comes first, and so has the lowest number: `efidisk0` is `disk-0`. */
export function drivesOf(options: Readonly<Record<string, string | number>>): [string, string][] {
  return Object.entries(options)
    .filter(([name]) => isDrive(name))
    .map(([name, value]): [string, string] => [name, String(value)])
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, "en", { numeric: true }));
}

const rank = (name: string): number => (/^(efidisk|tpmstate)/.test(name) ? 0 : 1);

/** A storage and what comes after its colon. */
export function readVolid(file: string): { readonly storage: string; readonly rest: string } {
  const at = file.indexOf(":");
  if (at < 0) throw died(`unable to parse volume ID '${file}'`);
  return { storage: file.slice(0, at), rest: file.slice(at + 1) };
}

const isNew = (rest: string): boolean => /^(\d+(\.\d+)?|cloudinit)$/.test(rest);

/** What is checked before the task that makes drives begins. */
export function needDrives(
  options: Readonly<Record<string, string>>,
  node: string,
  rights: Rights,
  world: World,
): void {
  for (const [name, value] of drivesOf(options)) {
    const { file = "", "import-from": source } = readProperties(value, "file");
    if (file === "none" || file === "cdrom") continue;
    const { storage, rest } = readVolid(file);
    const found = world.storages.at(node, storage);
    if (isNew(rest)) {
      rights.need(`/storage/${storage}`, "Datastore.AllocateSpace");
      needContent(found, "images", name);
    }
    if (source !== undefined) needSource(source, name, node, rights, world);
  }
}

function needSource(
  source: string,
  name: string,
  node: string,
  rights: Rights,
  world: World,
): void {
  const { storage } = readVolid(source);
  rights.needAny(`/storage/${storage}`, "Datastore.Audit", "Datastore.AllocateSpace");
  if (!world.storages.at(node, storage).volumes.has(source))
    throw wrongParameters({ [name]: `volume '${source}' does not exist` });
}

/** Allocates what drives ask for and gives them as they read back; all or nothing. */
export function placeDrives(
  options: Readonly<Record<string, string>>,
  guest: Pick<Guest, "vmid" | "node">,
  log: (line: string) => void,
  world: World,
): Record<string, string> {
  const made: { readonly storage: Storage; readonly volume: Volume }[] = [];
  try {
    return Object.fromEntries(
      drivesOf(options).map(([name, value]) => {
        const { drive, storage, volume } = placeDrive(name, value, guest, world);
        if (storage !== undefined && volume !== undefined) {
          made.push({ storage, volume });
          log(
            `${name}: successfully created disk '${volume.volid},size=${printSize(volume.size)}'`,
          );
        }
        return [name, drive];
      }),
    );
  } catch (error) {
    for (const { storage, volume } of made) storage.volumes.delete(volume.volid);
    throw error;
  }
}

interface Placed {
  readonly drive: string;
  /** What was allocated, when something was. */
  readonly storage?: Storage;
  readonly volume?: Volume;
}

function placeDrive(
  name: string,
  value: string,
  { vmid, node }: Pick<Guest, "vmid" | "node">,
  world: World,
): Placed {
  const {
    file = "",
    "import-from": source,
    format,
    size: _said,
    ...rest
  } = readProperties(value, "file");
  if (file === "none" || file === "cdrom")
    return { drive: printProperties(file, { ...rest, media: "cdrom" }) };
  const { storage: storageName, rest: wanted } = readVolid(file);
  const storage = world.storages.at(node, storageName);
  if (!isNew(wanted)) {
    const volume = storage.volumes.get(file);
    if (volume === undefined) throw died(`volume '${file}' does not exist`);
    return { drive: printProperties(file, { ...rest, size: printSize(volume.size) }) };
  }
  const isCloudinit = wanted === "cloudinit";
  const { size, written } = sizeOf(name, wanted, source, node, world);
  const volume = allocate(
    storage,
    {
      vmid,
      size,
      written,
      format: format ?? (isFiles(storage.facts) && isCloudinit ? "qcow2" : "raw"),
      suffix: isCloudinit ? "cloudinit" : undefined,
    },
    world,
  );
  const more = isCloudinit ? { media: "cdrom" } : {};
  return {
    drive: printProperties(volume.volid, { ...rest, ...more, size: printSize(size) }),
    storage,
    volume,
  };
}

/** Firmware and cloud-init have a size of their own; an imported disk has that of its image, whatever is said. */
function sizeOf(
  name: string,
  wanted: string,
  source: string | undefined,
  node: string,
  world: World,
): { readonly size: number; readonly written: number } {
  if (rank(name) === 0 || wanted === "cloudinit") return { size: 4 * MiB, written: 4 * MiB };
  if (source === undefined) {
    const size = Math.round(Number(wanted) * GiB);
    if (size === 0) throw died(`${name}: size of a new disk must not be 0`);
    return { size, written: 0 };
  }
  const image = world.storages.at(node, readVolid(source).storage).volumes.get(source);
  if (image === undefined) throw died(`volume '${source}' does not exist`);
  return { size: image.diskSize ?? image.size, written: image.size };
}

interface Wanted {
  readonly vmid: number;
  readonly size: number;
  readonly written: number;
  readonly format: string;
  readonly suffix?: string | undefined;
  readonly base?: string;
}

/** Makes a volume of a VM. Throws what the storage says when it has no room. */
export function allocate(storage: Storage, wanted: Wanted, world: World): Volume {
  const { vmid, size, written, format, base, suffix } = wanted;
  const folder = isFiles(storage.facts) ? `${vmid}/` : "";
  const extension = isFiles(storage.facts) ? `.${format}` : "";
  // A thin volume does not tell whose clone it is, a data set and a file do.
  const origin =
    base === undefined || storage.facts.type === "lvmthin" ? "" : `${readVolid(base).rest}/`;
  const volidOf = (end: string): string =>
    `${storage.facts.name}:${origin}${folder}vm-${vmid}-${end}${extension}`;
  const isTaken = (end: string): boolean =>
    [...storage.volumes.keys()].some((one) => one.endsWith(`vm-${vmid}-${end}${extension}`));
  let number = 0;
  while (isTaken(`disk-${number}`)) number += 1;
  const end = suffix ?? `disk-${number}`;
  world.storages.needRoom(storage, `vm-${vmid}-${end}`, size, written);
  const volume: Volume = {
    volid: volidOf(end),
    content: "images",
    format,
    size,
    written,
    vmid,
    ctime: world.clock.date(),
    ...(base !== undefined && { base }),
  };
  storage.volumes.set(volume.volid, volume);
  return volume;
}

/** Takes the volumes of a VM away, of those drives alone when some are named. */
export function release(
  guest: Pick<Guest, "vmid" | "node">,
  world: World,
  drives?: readonly string[],
): void {
  for (const { volumes } of world.storages.of(guest.node))
    for (const { volid, vmid } of volumes.values())
      if (vmid === guest.vmid && (drives === undefined || drives.some((one) => isOf(one, volid))))
        volumes.delete(volid);
}

export const isOf = (drive: string, volid: string): boolean =>
  readProperties(drive, "file")["file"] === volid;
