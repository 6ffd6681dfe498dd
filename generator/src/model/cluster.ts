/** Typed facts of a cluster: what exists once, whatever environments share it. */
import { addressRange, familyOf, wholeNetwork } from "./networks.ts";
import { cidr } from "./patterns.ts";
import { ClusterBackup } from "./backup.ts";
import { Machine, Machines } from "./machines.ts";
import { mendKubernetesVersion } from "./mends.ts";
import "./meta.ts";
import { z } from "zod";
import {
  Bytes,
  butEverywhere,
  Cidr,
  HomeNetwork,
  Cores,
  DevicePath,
  DnsLabel,
  DomainName,
  HostName,
  IpAddress,
  PortNumber,
  QualifiedName,
  rule,
  StorageClassName,
} from "./primitives.ts";
import { PublicNames } from "./public-names.ts";
import { Talos } from "./talos.ts";
import { Prober, Scraper } from "./watchers.ts";

const NodeGpu = z
  .union([
    z
      .strictObject({
        resource: QualifiedName.meta({
          description: "Resource of the device plugin.",
          example: "nvidia.com/gpu",
        }),
        count: z.int().min(1).meta({ description: "How many." }),
      })
      .meta({ id: "NodeGpuByPlugin", description: "GPUs of a device plugin." }),
    z
      .strictObject({
        claim: QualifiedName.meta({
          description: "DeviceClass of dynamic resource allocation.",
          example: "gpu.intel.com",
        }),
        count: z.int().min(1).meta({ description: "How many." }),
      })
      .meta({ id: "NodeGpuByClaim", description: "GPUs that are claimed (DRA)." }),
  ])
  .meta({ id: "NodeGpu", description: "Its GPUs: who gives them out, and how many." });

const nodeFacts = {
  scratch: Bytes.optional().meta({
    description:
      "Allocatable space for logs and files of containers (ephemeral storage); without end unless said.",
  }),
  pods: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Most pods it takes; 110 unless said, as the kubelet has it." }),
  architecture: z
    .enum(["amd64", "arm64"])
    .optional()
    .meta({ description: "Its processor architecture; amd64 unless said." }),
  address: IpAddress.meta({ description: "Its address.", example: "10.0.20.21" }),
  zone: z.string().optional().meta({
    description: "Its zone: usually the Proxmox host, which a machine's is unless said.",
  }),
  controlPlane: z
    .literal(true)
    .optional()
    .meta({ description: "Runs the control plane; no workloads unless `workloads`." }),
  workloads: z
    .literal(true)
    .optional()
    .meta({ description: "A control plane node that runs workloads too." }),
  taints: z
    .record(QualifiedName, z.enum(["NoSchedule", "NoExecute", "PreferNoSchedule"]))
    .optional()
    .meta({
      description:
        "Its taints: key to effect. A control plane without `workloads` has its own beside them.",
      example: { "nvidia.com/gpu": "NoSchedule" },
    }),
  gpu: NodeGpu.optional(),
  labels: z.record(QualifiedName, z.string()).optional().meta({ description: "More labels." }),
};

/** One that is there, whatever it is. */
const SizedNode = z
  .strictObject({
    cpu: Cores.meta({
      description:
        "Allocatable processor time, less what runs there and is not in this repository (network plugin, storage driver).",
      example: "8",
    }),
    memory: Bytes.meta({ description: "Allocatable memory, less the same.", example: "30Gi" }),
    ...nodeFacts,
    installDisk: z
      .string()
      .regex(/^\/dev\/\S+$/, "a disk such as /dev/nvme0n1")
      .optional()
      .meta({
        description: "The disk Talos has for itself, where nodes run Talos. What is on it is lost.",
        example: "/dev/nvme0n1",
      }),
  })
  .meta({ id: "SizedNode", description: "A node that is there." });

/** One that `infra` makes: what it offers follows from its machine. */
const MachineNode = z
  .strictObject({ machine: Machine, ...nodeFacts })
  .meta({ id: "MachineNode", description: "A node that is a machine of `machines`." });

const ClusterNode = z
  .union([SizedNode, MachineNode])
  .meta({ id: "ClusterNode", description: "A node: with its size, or the machine it is." });
export type ClusterNode = z.infer<typeof ClusterNode>;

const Share = z
  .strictObject({
    server: z.union([IpAddress, HostName]).meta({ description: "NFS server." }),
    path: z.string().startsWith("/").meta({ description: "Exported path." }),
    size: Bytes.meta({
      description:
        "Size the claim says, which never changes once it is in use; NFS does not enforce it.",
      example: "2Ti",
    }),
    options: z.array(z.string()).optional().meta({ description: "Mount options." }),
  })
  .meta({ id: "Share", description: "A share of the home network (NFS)." });

const Gateway = z
  .strictObject({
    name: DnsLabel.meta({ description: "Name of the Gateway object.", example: "internal" }),
    namespace: DnsLabel.meta({ description: "Its namespace.", example: "network-gateway" }),
    podNamespace: DnsLabel.meta({
      description: "Namespace of the proxy pods.",
      example: "network-gateway",
    }),
    podLabels: z.record(QualifiedName, z.string()).meta({
      description:
        "Labels of the proxy pods: who may reach the services behind it. Of Envoy Gateway both the name and the namespace of the Gateway, so that no other Gateway's pods have them.",
    }),
    address: IpAddress.optional().meta({ description: "Its address of the pool." }),
  })
  .meta({ id: "Gateway", description: "A gateway for one audience." });

const poolLimit = 65_536;
/** The rules after one that is broken mean nothing. */
const poolRule = (message: string, expected: string, fix: string) => ({
  ...rule(message, expected, fix),
  abort: true,
});
const PoolEntry = z
  .string()
  .refine(
    isPoolEntry,
    poolRule(
      "this is no address, network or range of addresses",
      'an address, a network or a range "first-last" of IPv4 addresses',
      'write it like "10.0.10.200-10.0.10.230" or "10.0.10.192/26"',
    ),
  )
  .refine(
    (entry) => !entry.includes("/") || wholeNetwork(entry) === entry,
    poolRule(
      "this is an address inside a network, not the network",
      "the first address of a network",
      "write the network from its first address on, or the address alone without the prefix length",
    ),
  )
  .refine(
    (entry) => poolSize(entry) > 0,
    poolRule(
      "the last address of the range comes before its first",
      "the lower address first",
      "swap the two",
    ),
  )
  .refine(
    (entry) => poolSize(entry) <= poolLimit,
    poolRule(
      "this is more than a pool may hold",
      `at most ${poolLimit} addresses: a network of /16 or smaller`,
      "write the part load balancers may have",
    ),
  );

function isPoolEntry(entry: string): boolean {
  const ends = entry.split("-");
  if (ends.length === 2)
    return ends.every((end) => !end.includes(":") && IpAddress.safeParse(end).success);
  return IpAddress.safeParse(entry).success || cidr.test(entry);
}

/** How many addresses an entry has. Those of IPv6 networks are not counted: nothing is allocated from them. */
function poolSize(entry: string): number {
  if (familyOf(entry) === "ipv6") return 1;
  const range = addressRange(entry);
  return range === undefined ? 0 : Number(range.to - range.from) + 1;
}

const oneFamily = (field: string) => ({
  ...rule(
    "this network and that of pods are of two families, IPv4 and IPv6",
    "a network of the family of networks.pods",
    "write all three of IPv4, or all three of IPv6",
  ),
  path: [field],
});

/** A registry, or a folder of one; with a scheme only for charts. */
const RegistryPath = z
  .string()
  .regex(
    /^([a-z]+:\/\/)?[^\s/]+(\/[^\s/]+)*\/?$/,
    "a registry, or a folder of one, such as registry.example.com/docker",
  )
  .meta({ example: "registry.example.com/docker" });

export const Cluster = z
  .strictObject({
    kubernetesVersion: z
      .string()
      .regex(/^1\.\d+\.\d+$/, "a version such as 1.35.4")
      .meta({
        description: "Kubernetes version.",
        example: "1.35.4",
        mend: mendKubernetesVersion,
      }),
    carrier: DnsLabel.meta({
      description:
        "Environment that runs what exists once there, also where several share the cluster.",
      example: "prod",
      ts: "EnvironmentName",
    }),
    nodes: z
      .record(DnsLabel, ClusterNode)
      .meta({ description: "Its nodes: where `capacity` places all pods." }),
    machines: Machines.optional(),
    credentials: z.enum(["file", "infisical"]).optional().meta({
      description:
        "Where `infra` finds tokens and passwords that are not exported: in a file only the passphrase opens, or in the Infisical of the carrier, under `/infra/<cluster>`. Nowhere unless said.",
      example: "file",
    }),
    talos: Talos.optional(),
    apiServer: z
      .strictObject({
        addresses: z
          .array(IpAddress)
          .min(1)
          .meta({
            description: "Addresses pods connect to.",
            example: ["10.0.20.10"],
          }),
        port: PortNumber.optional().meta({ description: "Its port; 6443 unless said." }),
      })
      .meta({ description: "Addresses of the API server as pods reach it." }),
    networks: z
      .strictObject({
        pods: HomeNetwork.meta({ description: "Addresses of pods.", example: "10.244.0.0/16" }),
        services: HomeNetwork.meta({
          description: "Addresses of Services.",
          example: "10.96.0.0/12",
        }),
        nodes: HomeNetwork.meta({ description: "Addresses of nodes.", example: "10.0.20.0/24" }),
        lan: z.array(HomeNetwork).min(1).meta({
          description: "The home network: clients of load balancers and internal routes.",
        }),
      })
      .refine(({ pods, services }) => familyOf(pods) === familyOf(services), oneFamily("services"))
      .refine(({ pods, nodes }) => familyOf(pods) === familyOf(nodes), oneFamily("nodes"))
      .meta({ description: "Its networks." }),
    hosts: z
      .record(
        DnsLabel,
        z
          .union([IpAddress, Cidr])
          .refine(...butEverywhere("say `internet` in `reaches` of who calls there")),
      )
      .optional()
      .meta({ description: "Hosts of the home network by name." }),
    dns: z
      .strictObject({
        namespace: DnsLabel.meta({ description: "Namespace of its pods.", example: "kube-system" }),
        podLabels: z.record(QualifiedName, z.string()).meta({ description: "Labels of its pods." }),
        domain: DomainName.meta({
          description: "Domain of cluster names.",
          example: "cluster.local",
        }),
        nodeLocal: z
          .array(IpAddress)
          .optional()
          .meta({ description: "Addresses of the caches on the nodes." }),
      })
      .meta({
        description:
          "The cluster's DNS: where its pods are, its domain, addresses of node-local caches.",
      }),
    scraper: Scraper.optional(),
    prober: Prober.optional(),
    storageClasses: z.record(DnsLabel, StorageClassName).meta({
      description: "Storage class by purpose; `standard` must be there.",
      example: { standard: "longhorn", bulk: "longhorn-hdd" },
    }),
    storageReach: z
      .record(DnsLabel, z.enum(["zone", "node"]))
      .optional()
      .meta({
        description:
          "From where a volume can be used, by purpose of its class: only in its zone, or only on its node. Everywhere unless said.",
        example: { database: "node" },
      }),
    storageFixed: z
      .array(DnsLabel)
      .optional()
      .meta({
        description:
          "Purposes of storage classes whose volumes never grow: those without `allowVolumeExpansion`, as of local-path.",
        example: ["standard"],
      }),
    storageMany: z
      .array(DnsLabel)
      .optional()
      .meta({
        description:
          'Purposes of storage classes whose volumes many nodes can write to at once (ReadWriteMany); an empty list where none can, as of local-path. Unless said, nobody knows, which each volume with `access: "many"` is warned of. Shares always can.',
        example: ["standard"],
      }),
    openDevices: z
      .array(DevicePath)
      .optional()
      .meta({
        description:
          "Devices that the container runtime of the nodes was told to let containers open, beside those every runtime does, such as /dev/net/tun.",
        example: ["/dev/video0"],
      }),
    backup: ClusterBackup.optional(),
    shares: z.record(DnsLabel, Share).optional().meta({ description: "NFS shares by name." }),
    addressPool: z
      .array(PoolEntry)
      .optional()
      .meta({ description: "Addresses load balancers may have: networks or ranges `a-b`." }),
    addresses: z
      .record(DnsLabel, IpAddress)
      .optional()
      .meta({ description: "Addresses of the pool by name." }),
    gateways: z
      .strictObject({ internal: Gateway, public: Gateway.optional() })
      .meta({ description: "Gateways by audience." }),
    publicNames: PublicNames.optional(),
    mirrors: z.record(RegistryPath, RegistryPath).optional().meta({
      description:
        "Mirror per image registry or chart registry: prefix to prefix. One with a scheme (`https://`, `oci://`) is for charts only.",
    }),
    apiVersionsServed: z
      .array(z.string())
      .optional()
      .meta({ description: "More API versions its own add-ons serve, `group/version`." }),
    repository: z
      .strictObject({
        url: z.string().min(1).meta({ description: "Its address as Argo CD clones it." }),
        browse: z
          .string()
          .regex(/^https?:\/\/[^\s]*[^\s/]$/, "an address of the web without a slash at its end")
          .optional()
          .meta({
            description:
              "Where a browser finds its files, for the runbooks in alerts; `<url>/blob/HEAD` unless said.",
            example: "https://git.example.com/home/platform/src/branch/main",
          }),
      })
      .meta({ description: "Git repository Argo CD reads." }),
    annotationPrefix: z
      .string()
      .optional()
      .meta({ description: "Prefix of external-dns annotations." }),
  })
  .meta({ id: "Cluster", description: "Facts of a cluster: what exists once." });
export type Cluster = z.infer<typeof Cluster>;
