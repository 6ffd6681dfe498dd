/** Resources as programs of RZP make them, for tests of the engine and the provider alone. */
import { Provider, VmLegacy, type VmLegacyArgs } from "@muhlba91/pulumi-proxmoxve";
import { File } from "@muhlba91/pulumi-proxmoxve/download/index.js";
import { secret, sha256, tokenId, url } from "../fakes/proxmox/lab.ts";

export const providerOf = (endpoint: string): Provider =>
  new Provider("proxmox", { endpoint, apiToken: `${tokenId}=${secret}`, insecure: true });

export const imageOf = (provider: Provider): File =>
  new File(
    "image",
    {
      nodeName: "pve1",
      datastoreId: "local",
      contentType: "import",
      url,
      fileName: "talos-v1.11.0.qcow2",
      checksum: sha256,
      checksumAlgorithm: "sha256",
      overwrite: false,
    },
    { provider },
  );

const disk = { datastoreId: "local-lvm", iothread: true, ssd: true, discard: "on" };

export const bootDisk = (size: number) => ({ ...disk, interface: "scsi0", size });
export const dataDisk = (size: number) => ({ ...disk, interface: "scsi1", size });

/** In: what differs from a machine without disks that runs. */
export function machine(
  provider: Provider,
  vmId: number,
  args: Partial<VmLegacyArgs> & { readonly disks: VmLegacyArgs["disks"] },
): VmLegacy {
  return new VmLegacy(
    `vm-${vmId}`,
    {
      nodeName: "pve1",
      vmId,
      name: `worker-${vmId}`,
      tags: ["rzp", "talos"],
      bios: "ovmf",
      machine: "q35",
      scsiHardware: "virtio-scsi-single",
      bootOrders: ["scsi0"],
      operatingSystem: { type: "l26" },
      cpu: { cores: 4, type: "host" },
      memory: { dedicated: 8192, floating: 0 },
      efiDisk: { datastoreId: "local-lvm", type: "4m" },
      agent: { enabled: true, waitForIp: { disabled: true } },
      serialDevices: [{ device: "socket" }],
      networkDevices: [
        { bridge: "vmbr0", macAddress: `BC:24:11:00:0${String(vmId)[0]}:${String(vmId).slice(1)}` },
      ],
      initialization: {
        datastoreId: "local-lvm",
        ipConfigs: [{ ipv4: { address: `10.0.0.${vmId - 180}/24`, gateway: "10.0.0.1" } }],
      },
      stopOnDestroy: true,
      rebootAfterUpdate: false,
      ...args,
    },
    // The provider sees a speed of zeros as a change, each time.
    { provider, ignoreChanges: ["disks[0].speed", "disks[1].speed", "disks[0].importFrom"] },
  );
}
