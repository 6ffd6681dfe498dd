/** The machines of a cluster on hosts with Proxmox VE, as Pulumi's engine keeps them. The only file that knows what the provider calls things. */
import { Provider, VmLegacy, type VmLegacyArgs } from "@muhlba91/pulumi-proxmoxve";
import { File } from "@muhlba91/pulumi-proxmoxve/download/index.js";
import * as pulumi from "@pulumi/pulumi";
import { machineDefaults } from "../../../generator/src/model/machine-defaults.ts";
import type { Machines } from "../../../generator/src/model/machines.ts";
import { declareStartAgain } from "./start-again.ts";
import type { WantedMachine, WantedTemplate } from "./wanted.ts";

/** What the engine calls a machine or a template, and the disks of one. */
export const machineType = "proxmoxve:index/vmLegacy:VmLegacy";
export const bootDisk = "scsi0";
export const dataDisk = "scsi1";

export interface ProxmoxArgs {
  readonly cluster: string;
  readonly facts: Machines;
  readonly machines: readonly WantedMachine[];
  readonly templates: readonly WantedTemplate[];
  /** `user@realm!name=secret`. */
  readonly token: string;
}

/** Where a machine's first disk comes from. */
type Origin = { readonly image: File } | { readonly template: VmLegacy };

/** Makes an image on each host that has machines, templates where machines are cloned, and the machines. */
export class ProxmoxMachines extends pulumi.ComponentResource {
  constructor(args: ProxmoxArgs) {
    super("rzp:machines:Proxmox", args.cluster, {});
    const { facts, machines, token } = args;
    const provider = new Provider(
      "proxmox",
      {
        endpoint: `${facts.endpoint}/`,
        apiToken: pulumi.secret(token),
        insecure: facts.unverified !== undefined,
      },
      { parent: this },
    );
    const within = { parent: this, provider };
    const hosts = [...new Set(machines.map(({ host }) => host))].sort();
    const origins = new Map(hosts.map((host) => [host, originOn(host, args, within)]));
    const made = machines.flatMap((machine) => {
      const origin = origins.get(machine.host);
      return origin === undefined
        ? []
        : [{ ...machine, vm: declareMachine(machine, args, origin, within) }];
    });
    if (facts.startAgain === true) declareStartAgain(args.cluster, made, within);
    this.registerOutputs();
  }
}

type Within = Pick<pulumi.CustomResourceOptions, "parent" | "provider">;

function originOn(host: string, args: ProxmoxArgs, within: Within): Origin {
  const image = declareImage(host, args, within);
  const template = args.templates.find((one) => one.host === host);
  return template === undefined
    ? { image }
    : { template: declareTemplate(template, args, image, within) };
}

/**
 * One that is there and not ours is not replaced: the provider stops with "refusing to override existing file", which is what a
 * lost state should run into first.
 */
function declareImage(host: string, { cluster, facts }: ProxmoxArgs, within: Within): File {
  const { image, storage } = facts;
  return new File(
    `image-${host}`,
    {
      nodeName: host,
      datastoreId: storage.images,
      contentType: "import",
      url: image.url,
      fileName: imageName(`${cluster}-${host}`, image),
      checksum: image.sha256,
      checksumAlgorithm: "sha256",
      overwrite: false,
    },
    // Machines that were made from the old one do not need it.
    within,
  );
}

/**
 * Another image is another file, as the new one is made before the old one goes; and hosts and clusters may share a storage.
 * In: whose it is. Out: that, eight digits of its checksum, and the last two parts of its address, which hold its version.
 */
function imageName(whose: string, { url, sha256 }: Machines["image"]): string {
  const parts = new URL(url).pathname.split("/").filter((part) => part !== "");
  return `${whose}-${sha256.slice(0, 8)}-${parts.slice(-2).join("-")}`;
}

/** No cloud-init drive: its name changes when a machine becomes a template, which the provider takes for a difference. */
function declareTemplate(
  { host, id, name }: WantedTemplate,
  { cluster, facts }: ProxmoxArgs,
  image: File,
  within: Within,
): VmLegacy {
  const boot = { ...diskOf(facts, bootDisk, templateGiB), importFrom: image.id };
  return new VmLegacy(
    `template-${host}`,
    {
      ...hardware(facts),
      nodeName: host,
      vmId: id,
      name,
      tags: [cluster, "rzp", "template"].sort(),
      template: true,
      started: false,
      disks: [boot],
    },
    { ...within, ignoreChanges: ["disks[0].speed", "disks[0].importFrom"] },
  );
}

/** What a template's disk has; a machine's grows to its own size. */
const templateGiB = 10;

function declareMachine(
  machine: WantedMachine,
  { cluster, facts }: ProxmoxArgs,
  origin: Origin,
  within: Within,
): VmLegacy {
  const { gateway, nameservers, vlan, bridge = machineDefaults.bridge } = facts.network;
  const boot = diskOf(facts, bootDisk, machine.bootGiB);
  const disks = [
    "image" in origin ? { ...boot, importFrom: origin.image.id } : boot,
    ...(machine.dataGiB === undefined ? [] : [diskOf(facts, dataDisk, machine.dataGiB)]),
  ];
  return new VmLegacy(
    machine.node,
    {
      ...hardware(facts),
      ...("template" in origin && {
        clone: { vmId: origin.template.vmId, full: facts.clone === "full", retries: 3 },
      }),
      nodeName: machine.host,
      vmId: machine.id,
      name: machine.name,
      description: `Node ${machine.node} of cluster ${cluster}. Made by RZP: change environments/clusters/${cluster}.ts.`,
      // Sorted and in lower case, as Proxmox VE gives them back.
      tags: [cluster, machine.controlPlane ? "control-plane" : "worker", "rzp"].sort(),
      onBoot: true,
      started: machine.running,
      cpu: { cores: machine.cores, type: "host" },
      // Without ballooning: the kubelet counts on what it saw when it started.
      memory: { dedicated: machine.memoryMiB, floating: 0 },
      disks,
      networkDevices: [
        {
          bridge,
          model: "virtio",
          macAddress: machine.hardwareAddress,
          ...(vlan !== undefined && { vlanId: vlan }),
        },
      ],
      initialization: {
        datastoreId: facts.storage.disks,
        ipConfigs: [{ ipv4: { address: machine.address, gateway } }],
        dns: { servers: nameservers },
      },
    },
    {
      ...within,
      ignoreChanges: [
        // The provider sees a speed of zeros as a change, each time.
        ...disks.map((_, index) => `disks[${index}].speed`),
        // A new image is for new machines; those that are there are upgraded by Talos.
        "disks[0].importFrom",
        "clone",
      ],
    },
  );
}

const diskOf = ({ storage }: Machines, name: string, size: number) => ({
  interface: name,
  datastoreId: storage.disks,
  size,
  discard: "on",
  ssd: true,
  iothread: true,
});

/** What all machines and templates have. */
const hardware = ({ storage }: Machines) =>
  ({
    bios: "ovmf",
    machine: "q35",
    scsiHardware: "virtio-scsi-single",
    bootOrders: [bootDisk],
    operatingSystem: { type: "l26" },
    efiDisk: { datastoreId: storage.disks, type: "4m", preEnrolledKeys: false },
    serialDevices: [{ device: "socket" }],
    // It is asked for nothing: addresses are known, and a machine without it would be waited for.
    agent: { enabled: true, waitForIp: { disabled: true } },
    stopOnDestroy: true,
    purgeOnDestroy: true,
    deleteUnreferencedDisksOnDestroy: true,
    // New cores and memory come with the next start, which `upgrade` gives one node at a time.
    rebootAfterUpdate: false,
  }) satisfies Partial<VmLegacyArgs>;
