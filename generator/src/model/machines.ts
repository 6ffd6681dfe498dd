/** Facts of the virtual machines that a cluster's nodes are, where `infra` makes them on hosts with Proxmox VE. */
import "./meta.ts";
import { z } from "zod";
import { Bytes, Cores, IpAddress, rule } from "./primitives.ts";
import { because } from "./references.ts";
import { ipv4 } from "./patterns.ts";

/** Proxmox VE takes no number below (pve-common, JSONSchema `pve-vmid`). */
const firstId = 100;
/** What still fits into the last three bytes of a hardware address. */
const lastId = 2 ** 24 - 1;

export const MachineId = z
  .int()
  .min(firstId)
  .max(lastId)
  .meta({ description: "Its number in Proxmox VE. Never changes.", example: 221 });

/** Names of storages and bridges as Proxmox VE takes them (`pve-storage-id`, `pve-iface`). */
const ProxmoxName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9._-]*$/,
    "a name in Proxmox VE starts with a letter and has letters, digits, . _ and -",
  );

/** Name of a host as Proxmox VE takes it (`pve-node`): capitals are legal, and nobody renames a host for us. */
const HostOfMachines = z
  .string()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    "a host has letters, digits and hyphens, 63 characters at most",
  )
  .meta({ example: "pve-1" });

/** Proxmox VE counts memory and disks in binary units, and makes whole ones of the rest: 64G would be a disk of 60Gi. */
const MachineSize = Bytes.refine(
  (text) => text.endsWith("i"),
  rule(
    "this size is in decimal units, and machines are made in binary ones",
    "a number with Mi, Gi or Ti",
    'write it with an i: "4Gi" instead of "4G"',
  ),
).meta({ example: "32Gi" });

export const Machine = z
  .strictObject({
    host: HostOfMachines.meta({ description: "The host it is on." }),
    id: MachineId,
    cores: z.int().min(1).max(512).meta({ description: "Processor cores.", example: 12 }),
    memory: MachineSize.meta({ description: "Memory; the node offers less.", example: "32Gi" }),
    boot: MachineSize.optional().meta({
      description: "Disk of the system, images and logs; 64Gi unless said. Only grows.",
    }),
    data: MachineSize.optional().meta({
      description: "Second disk, for volumes; none unless said. Only grows.",
      example: "1Ti",
    }),
    stopped: z.literal(true).optional().meta({ description: "It is there, and does not run." }),
  })
  .meta({ id: "Machine", description: "The virtual machine a node is." });
export type Machine = z.infer<typeof Machine>;

const Host = z
  .strictObject({
    cores: z.int().min(1).meta({ description: "Its processor threads.", example: 16 }),
    memory: MachineSize.meta({
      description: "Its memory; machines get 2Gi less.",
      example: "64Gi",
    }),
    disk: MachineSize.meta({ description: "Space of its storage for disks.", example: "1800Gi" }),
    template: MachineId.optional().meta({
      description: "Number of the template on it, where machines are cloned.",
      example: 901,
    }),
  })
  .meta({ id: "MachineHost", description: "A host with Proxmox VE: what it has for machines." });

const addressRange = new RegExp(`^${ipv4}-${ipv4}$`);

export const Machines = z
  .strictObject({
    endpoint: z
      .string()
      .regex(
        /^https:\/\/[^/\s]+$/,
        "an address of Proxmox VE such as https://10.0.20.2:8006, without a path",
      )
      .meta({
        description: "Where the API of Proxmox VE answers; any host of its cluster.",
        example: "https://10.0.20.2:8006",
      }),
    unverified: because(z.literal(true)).optional().meta({
      description: "Why the certificate of the API is not verified; it is unless said.",
      ts: "Because<true>",
    }),
    hosts: z
      .record(HostOfMachines, Host)
      .meta({ description: "Hosts by their names in Proxmox VE.", example: {} }),
    storage: z
      .strictObject({
        images: ProxmoxName.meta({
          description: "Storage for images, with the content type `import`.",
          example: "local",
        }),
        disks: ProxmoxName.meta({
          description: "Storage for disks of machines.",
          example: "local-lvm",
        }),
        shared: z.literal(true).optional().meta({
          description: "Every host has the same disks: a machine can be started on another.",
        }),
      })
      .meta({ description: "Storages of Proxmox VE, by use." }),
    network: z
      .strictObject({
        bridge: ProxmoxName.optional().meta({ description: "The bridge; vmbr0 unless said." }),
        vlan: z
          .int()
          .min(1)
          .max(4094)
          .optional()
          .meta({ description: "Its VLAN; none unless said." }),
        gateway: IpAddress.meta({
          description: "The way out of the network of nodes.",
          example: "10.0.20.1",
        }),
        nameservers: z
          .array(IpAddress)
          .min(1)
          .meta({ description: "Who answers names for the nodes.", example: ["10.0.20.1"] }),
        dhcp: z
          .array(
            z
              .string()
              .regex(addressRange, "a range of addresses is written first-last")
              .meta({ example: "10.0.20.100-10.0.20.199" }),
          )
          .optional()
          .meta({ description: "Addresses the network gives to others." }),
      })
      .meta({ description: "The network of the nodes, beside its addresses." }),
    image: z
      .strictObject({
        url: z
          .string()
          .regex(
            /^https:\/\/[^\s]+\.(qcow2|raw)$/,
            "an image is a .qcow2 or .raw at an address with https",
          )
          .meta({
            description: "Image of the system's disk; its address holds its version.",
            example: "https://factory.talos.dev/image/<schematic>/v1.13.0/nocloud-amd64.qcow2",
          }),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, "a SHA-256 checksum is 64 hexadecimal digits")
          .meta({ description: "Its checksum.", example: "9f86d081…" }),
      })
      .meta({ description: "What the machines start from first." }),
    clone: z.enum(["full", "linked"]).optional().meta({
      description:
        "Machines are cloned from the template of their host: as whole copies of its disk, or as copies that need it for ever. Each is made from the image unless said.",
    }),
    startAgain: z.literal(true).optional().meta({
      description:
        "Proxmox VE starts the machines of a lost host on the others, and moves them back when it returns (HA): the others must have room for them. Needs a shared storage.",
    }),
    reserve: z
      .strictObject({
        cpu: Cores.optional().meta({ description: "Processor time; 250m unless said." }),
        memory: Bytes.optional().meta({ description: "Memory; 2Gi unless said." }),
      })
      .optional()
      .meta({
        description:
          "What a machine keeps from pods: system, kubelet, and what runs on each node and is not in this repository.",
      }),
    coresPerThread: z
      .number()
      .min(1)
      .max(8)
      .optional()
      .meta({ description: "Most cores of machines for a thread of their host; 2 unless said." }),
  })
  .refine(({ startAgain, storage }) => startAgain === undefined || storage.shared === true, {
    ...rule(
      "machines cannot start on another host, as their disks stay on the one that is gone",
      "storage.shared where startAgain is said",
      "remove startAgain, or name a storage all hosts share and write shared: true",
    ),
    path: ["startAgain"],
  })
  .meta({
    id: "Machines",
    description: "Hosts with Proxmox VE on which `infra` makes the nodes that say `machine`.",
  });
export type Machines = z.infer<typeof Machines>;
