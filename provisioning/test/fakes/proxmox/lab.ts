/** Two hosts with the storages of the installer, and the calls that make a machine: what most tests of the fake begin with. */
import { everything, type Grant } from "./access.ts";
import { GiB, MiB } from "./bytes.ts";
import { clientOf, type Client } from "./client.ts";
import { startFakeProxmox, type FakeProxmox, type FakeProxmoxFacts } from "./server.ts";

type Form = Readonly<Record<string, string | number>>;

export const secret = "00000000-0000-4000-8000-000000000001";
export const tokenId = "rzp@pve!infra";
export const node = "/nodes/pve1";
/** The machine that `create` makes. */
export const vm = `${node}/qemu/201`;
export const image = "local:import/talos.qcow2";
export const url = "https://factory.talos.dev/image/abc/v1.11.0/nocloud-amd64.qcow2";
export const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

export const downloadForm = {
  content: "import",
  filename: "talos.qcow2",
  url,
  "verify-certificates": 1,
};

/** As the provider sends it: `file=` before volumes, sizes in bytes, commas at the end. */
export const vmForm = {
  vmid: 201,
  name: "worker-1",
  acpi: 1,
  agent: "enabled=1,fstrim_cloned_disks=0,type=virtio",
  bios: "ovmf",
  boot: "order=scsi0",
  cores: 4,
  cpu: "host",
  efidisk0: "file=local-lvm:1,format=raw,efitype=4m,pre-enrolled-keys=0",
  ide2: "file=local-lvm:cloudinit,",
  ide3: "file=cdrom,media=cdrom,",
  ipconfig0: "gw=10.0.0.1,ip=10.0.0.21/24",
  memory: 8192,
  net0: "model=virtio,bridge=vmbr0,firewall=0,macaddr=bc:24:11:00:00:01",
  scsi0: `file=local-lvm:0,import-from=${image},size=68719476736,aio=io_uring,ssd=1,discard=on`,
  scsi1: "file=local-lvm:1024,size=1099511627776,aio=io_uring,",
  scsihw: "virtio-scsi-single",
  tags: "rzp;talos",
};

/** Without an image, for tests that need none. */
export const small = { scsi0: "local-lvm:8" };

/** What a token needs for images and machines. */
export const machinePrivileges = [
  "VM.Allocate",
  "VM.Audit",
  "VM.Clone",
  "VM.PowerMgmt",
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Cloudinit",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
];
const storagePrivileges = [
  "Datastore.AllocateSpace",
  "Datastore.AllocateTemplate",
  "Datastore.Audit",
];
export const needed: readonly Grant[] = [
  { path: "/", privileges: ["Sys.Audit", "Sys.Modify"] },
  { path: "/vms", privileges: machinePrivileges },
  { path: "/storage", privileges: storagePrivileges },
  { path: "/sdn/zones/localnetwork", privileges: ["SDN.Use"] },
];
export interface Lab extends Client, AsyncDisposable {
  readonly fake: FakeProxmox;
  readonly download: (form?: Form) => Promise<string>;
  readonly create: (form?: Form, host?: string) => Promise<string>;
  readonly config: (vmid?: number) => Promise<Record<string, unknown>>;
  readonly status: (vmid?: number) => Promise<Record<string, unknown>>;
  readonly used: (storage?: string) => Promise<number>;
}

/** A second of the fake lasts a hundredth. */
export async function startLab(
  facts: Partial<FakeProxmoxFacts> = {},
  grants: readonly Grant[] = everything,
): Promise<Lab> {
  const fake = await startFakeProxmox({
    hosts: [
      { name: "pve1", cores: 16, memory: 64 * GiB },
      { name: "pve2", cores: 8, memory: 32 * GiB, bridges: ["vmbr0"] },
    ],
    tokens: [{ id: tokenId, secret, grants }],
    images: [{ url, size: 300 * MiB, diskSize: 2 * GiB, checksums: { sha256 } }],
    scale: 0.01,
    ...facts,
  });
  const client = clientOf(fake, `${tokenId}=${secret}`);
  const read = async (path: string): Promise<Record<string, unknown>> =>
    (await client.ask("GET", path)).data as Record<string, unknown>;
  return {
    ...client,
    fake,
    download: (form = {}) =>
      client.done("POST", `${node}/storage/local/download-url`, { ...downloadForm, ...form }),
    create: (form = {}, host = "pve1") =>
      client.done("POST", `/nodes/${host}/qemu`, { ...vmForm, ...form }),
    config: (vmid = 201) => read(`${node}/qemu/${vmid}/config`),
    status: (vmid = 201) => read(`${node}/qemu/${vmid}/status/current`),
    used: async (storage = "local-lvm") =>
      Number((await read(`${node}/storage/${storage}/status`))["used"]),
    [Symbol.asyncDispose]: () => fake.stop(),
  };
}
