/** Facts of a cluster -> what its nodes are to be, and what each is told beside what Talos has for all. Pure. */
import { apiServerPort } from "../../../../generator/src/model/api-server.ts";
import type { Cluster, ClusterNode } from "../../../../generator/src/model/cluster.ts";
import { hardwareAddress } from "../../../../generator/src/model/names.ts";
import { installerImage } from "../../../../generator/src/model/talos-release.ts";
import type { Talos } from "../../../../generator/src/model/talos.ts";

export interface WantedNode {
  readonly name: string;
  readonly address: string;
  readonly controlPlane: boolean;
  readonly install: Install;
  /** Documents that are merged into its configuration. */
  readonly patches: readonly object[];
}

/** What Talos is installed on, and from. */
interface Install {
  readonly disk: string;
  readonly image: string;
  /** What it is judged as, in talosctl's words: `metal` is installed by its configuration, `cloud` came with its image. */
  readonly mode: "metal" | "cloud";
}

export interface WantedCluster {
  readonly name: string;
  /** Where nodes and people find the API server: `https://10.0.20.10:6443`. */
  readonly endpoint: string;
  readonly kubernetesVersion: string;
  readonly talos: Talos;
  /** Control planes first, each kind by name. */
  readonly nodes: readonly WantedNode[];
}

/** In: the name of a cluster, its facts. Out: what it is to be; undefined where its nodes do not run Talos. Stopped machines are left out. */
export function wantedCluster(name: string, cluster: Cluster): WantedCluster | undefined {
  const { talos, nodes } = cluster;
  if (talos === undefined) return undefined;
  const running = Object.entries(nodes).filter(
    ([, node]) => !("machine" in node) || node.machine.stopped !== true,
  );
  const about = { cluster: name, facts: cluster, talos };
  const wanted = running.map(([node, facts]) => wantedNode(about, node, facts));
  const members = wanted.filter(({ controlPlane }) => controlPlane).sort(byName);
  const workers = wanted.filter(({ controlPlane }) => !controlPlane).sort(byName);
  const address = sharedAddress(cluster) ?? members[0]?.address ?? "";
  return {
    name,
    endpoint: `https://${address}:${apiServerPort(cluster)}`,
    kubernetesVersion: cluster.kubernetesVersion,
    talos,
    nodes: [...members, ...workers],
  };
}

function wantedNode(about: Surroundings, name: string, node: ClusterNode): WantedNode {
  const install = installOf(about.talos, node);
  return {
    name,
    address: node.address,
    controlPlane: node.controlPlane === true,
    install,
    patches: patchesOf(about, node, { name, image: install.image }),
  };
}

/** Machines by Proxmox VE have the disk of their system here (scsi0). */
const systemDisk = "/dev/sda";

function installOf(talos: Talos, node: ClusterNode): Install {
  if ("machine" in node)
    return { disk: systemDisk, image: installerImage(talos, "nocloud"), mode: "cloud" };
  // `check` has it said of every node that is there.
  const { installDisk = "" } = node;
  return { disk: installDisk, image: installerImage(talos, "metal"), mode: "metal" };
}

const byName = (one: WantedNode, other: WantedNode): number => (one.name < other.name ? -1 : 1);

/** The address of the API server that is no node's. */
function sharedAddress({ apiServer, nodes }: Cluster): string | undefined {
  const ofNodes = new Set(Object.values(nodes).map(({ address }) => address));
  return apiServer.addresses.find((address) => !ofNodes.has(address));
}

interface Surroundings {
  readonly cluster: string;
  readonly facts: Cluster;
  readonly talos: Talos;
}

function patchesOf(
  about: Surroundings,
  node: ClusterNode,
  { name, image }: Pick<WantedNode, "name"> & Pick<Install, "image">,
): object[] {
  const isMember = node.controlPlane === true;
  return [
    {
      machine: {
        ...labelsAndTaints(node),
        kubelet: { nodeIP: { validSubnets: [about.facts.networks.nodes] } },
        install: { image },
        ...("machine" in node ? {} : interfaceOf(about.facts, node)),
      },
      cluster: {
        network: networkOf(about),
        ...(isMember ? memberOf(about.facts, node) : {}),
      },
    },
    { apiVersion: "v1alpha1", kind: "HostnameConfig", auto: "off", hostname: name },
    ...("machine" in node ? ofMachine(about, node) : []),
  ];
}

/** A control plane that runs workloads is for load balancers too. */
function labelsAndTaints(node: ClusterNode): object {
  const zone = node.zone ?? ("machine" in node ? node.machine.host : undefined);
  const labels = {
    ...(zone !== undefined && { "topology.kubernetes.io/zone": zone }),
    ...node.labels,
    ...(node.workloads === true && {
      "node.kubernetes.io/exclude-from-external-load-balancers": { $patch: "delete" },
    }),
  };
  return { nodeLabels: labels, ...(node.taints !== undefined && { nodeTaints: node.taints }) };
}

/** Flannel alone would let everything through: policies are kept by what Talos brings beside it. */
const networkOf = ({ facts: { networks, dns }, talos }: Surroundings): object => ({
  dnsDomain: dns.domain,
  podSubnets: [networks.pods],
  serviceSubnets: [networks.services],
  cni:
    talos.network === "none"
      ? { name: "none" }
      : { name: "flannel", flannel: { kubeNetworkPoliciesEnabled: true } },
});

function memberOf({ apiServer, networks }: Cluster, node: ClusterNode): object {
  return {
    allowSchedulingOnControlPlanes: node.workloads === true,
    apiServer: { certSANs: apiServer.addresses },
    etcd: { advertisedSubnets: [networks.nodes] },
    ...(apiServer.port !== undefined && {
      controlPlane: { localAPIServerPort: apiServer.port },
    }),
  };
}

/** The only network interface of a machine, which is known by its hardware address. */
const link = "net0";

function ofMachine({ cluster, facts }: Surroundings, node: ClusterNode): object[] {
  const { machines, networks } = facts;
  if (machines === undefined || !("machine" in node)) return [];
  const document = (kind: string, content: object) => ({
    apiVersion: "v1alpha1",
    kind,
    ...content,
  });
  const [, prefix = "32"] = networks.nodes.split("/");
  const hardware = hardwareAddress(cluster, node.machine.id).toLowerCase();
  const shared = node.controlPlane === true ? sharedAddress(facts) : undefined;
  return [
    document("LinkAliasConfig", {
      name: link,
      selector: { match: `mac(link.permanent_addr) == "${hardware}"` },
    }),
    document("LinkConfig", {
      name: link,
      addresses: [{ address: `${node.address}/${prefix}` }],
      routes: [{ gateway: machines.network.gateway }],
    }),
    document("ResolverConfig", {
      nameservers: machines.network.nameservers.map((address) => ({ address })),
    }),
    ...(shared === undefined ? [] : [document("Layer2VIPConfig", { name: shared, link })]),
    ...(node.machine.data === undefined ? [] : [document("UserVolumeConfig", volume)]),
  ];
}

/** The second disk, whole, at /var/mnt/data. */
const volume = {
  name: "data",
  provisioning: {
    diskSelector: { match: "!system_disk && !disk.cdrom && !disk.readonly" },
    minSize: "1GiB",
    grow: true,
  },
  filesystem: { type: "xfs" },
};

/** One that is there has its address from elsewhere; the shared one moves between its likes. */
function interfaceOf(facts: Cluster, node: ClusterNode): object {
  const shared = node.controlPlane === true ? sharedAddress(facts) : undefined;
  if (shared === undefined) return {};
  const ours = { deviceSelector: { physical: true }, dhcp: true, vip: { ip: shared } };
  return { network: { interfaces: [ours] } };
}
