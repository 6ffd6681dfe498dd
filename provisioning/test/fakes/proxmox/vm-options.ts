/** The options of a VM: which there are, who may set them, and how they read back. */
import { randomBytes } from "node:crypto";
import type { Rights } from "./access.ts";
import type { Config } from "./guests.ts";
import { printProperties, readProperties } from "./property-string.ts";
import { died } from "./refusal.ts";

export const isDrive = (name: string): boolean =>
  /^(ide[0-3]|sata[0-5]|scsi([12]?\d|30)|virtio(\d|1[0-5])|efidisk0|tpmstate0)$/.test(name);

/** Any of these privileges lets an option be set. */
const groups: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(cores|sockets|cpu|vcpus|cpulimit|cpuunits|numa\d?|affinity)$/, ["VM.Config.CPU"]],
  [/^(memory|balloon|shares)$/, ["VM.Config.Memory"]],
  [
    /^(acpi|hotplug|kvm|machine|scsihw|smbios1|tablet|vga|watchdog|audio0|rng0|serial[0-3]|vmgenid)$/,
    ["VM.Config.HWType"],
  ],
  [
    /^(agent|autostart|bios|description|keyboard|localtime|name|onboot|ostype|protection|reboot|startdate|startup|tags|tdf|template)$/,
    ["VM.Config.Options"],
  ],
  [/^(boot|bootdisk)$/, ["VM.Config.Disk"]],
  [/^net([12]?\d|3[01])$/, ["VM.Config.Network"]],
  [
    /^(cicustom|cipassword|citype|ciuser|ciupgrade|nameserver|searchdomain|sshkeys|ipconfig([12]?\d|3[01]))$/,
    ["VM.Config.Cloudinit", "VM.Config.Network"],
  ],
];

const rootOnly = /^(args|hookscript)$/;

export const isOption = (name: string): boolean =>
  isDrive(name) || rootOnly.test(name) || groups.some(([pattern]) => pattern.test(name));

/** In: options that a call sets or deletes, with their values; throws what Proxmox answers who may not. */
export function needOptions(
  options: Readonly<Record<string, string>>,
  path: string,
  rights: Rights,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (rootOnly.test(name)) throw died(`only root can set '${name}' config`);
    if (isDrive(name)) {
      const { file = "", media } = readProperties(value, "file");
      const isCdrom = media === "cdrom" || /^(none|cdrom|[^:]+:cloudinit)$/.test(file);
      rights.need(path, isCdrom ? "VM.Config.CDROM" : "VM.Config.Disk");
      continue;
    }
    const [, privileges = []] = groups.find(([pattern]) => pattern.test(name)) ?? [];
    rights.needAny(path, ...privileges);
  }
}

/** Bridges are zones of the local network to access control. */
export function needBridge(value: string, rights: Rights): void {
  const { bridge } = readProperties(value, "model");
  if (bridge !== undefined) rights.need(`/sdn/zones/localnetwork/${bridge}`, "SDN.Use");
}

const numbers =
  /^(cores|sockets|onboot|protection|numa|acpi|tablet|balloon|template|vcpus|shares|cpuunits|autostart)$/;

/** In: options that are no drives; out: as they read back. */
export function storedOptions(options: Readonly<Record<string, string>>): Config {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      if (/^net\d+$/.test(name)) return [name, printNetwork(value)];
      return [name, numbers.test(name) ? Number(value) : value];
    }),
  );
}

/** `model=virtio,macaddr=..` and `virtio=..` are the same; without an address one is made. */
function printNetwork(value: string): string {
  const { model, macaddr, ...others } = readProperties(value, "model");
  const known = ["virtio", "e1000", "e1000e", "rtl8139", "vmxnet3"];
  const named = known.find((one) => one in others);
  const { [named ?? ""]: ownAddress, ...rest } = others;
  const address = macaddr ?? ownAddress ?? makeAddress();
  return printProperties(`${named ?? model ?? "virtio"}=${address.toUpperCase()}`, rest);
}

function makeAddress(): string {
  return ["BC", "24", "11", ...(randomBytes(3).toString("hex").match(/../g) ?? [])].join(":");
}
