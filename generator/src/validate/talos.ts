/** Rules over a cluster whose nodes run Talos: its version, its image, what its nodes are. */
import type { Cluster } from "../model/cluster.ts";
import { clusterFile } from "../model/paths.ts";
import { imageFactory, talosRelease } from "../model/talos-release.ts";
import type { Talos } from "../model/talos.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { checkControlPlane } from "./control-plane.ts";

/** In: the facts of a cluster. Problems: TALOS_FACTS; CONTROL_PLANE where machines would not tell. */
export function checkTalos(name: string, cluster: Cluster): Problem[] {
  const { talos } = cluster;
  const file = clusterFile(name);
  const ofDisks = checkDisks(file, cluster);
  if (talos === undefined) return ofDisks;
  return [
    ...ofDisks,
    ...checkVersion(file, talos),
    ...checkKubernetes(file, cluster),
    ...(cluster.machines === undefined
      ? checkControlPlane(file, cluster, [])
      : checkImage(file, talos, cluster.machines.image.url)),
    ...checkEndpoint(file, cluster),
    ...Object.entries(cluster.nodes).flatMap(([node, { labels = {} }]) =>
      Object.keys(labels).flatMap((label) => checkLabel(file, node, label)),
    ),
  ];
}

function checkVersion(file: string, { version }: Talos): Problem[] {
  const { minor } = talosRelease;
  if (version.startsWith(`${minor}.`)) return [];
  return [
    problemAt("TALOS_FACTS", file, ["talos", "version"], {
      message: `Talos ${version} is not what this repository's talosctl speaks`,
      found: JSON.stringify(version),
      expected: `a version of ${minor} (tools/talosctl/go.mod)`,
      fix: `write "${minor}.0" or a later one of ${minor}; nodes go from one minor version to the next, none is skipped`,
    }),
  ];
}

/** Talos: "Support Matrix". */
function checkKubernetes(file: string, { kubernetesVersion }: Cluster): Problem[] {
  const { minor, kubernetes } = talosRelease;
  const found = Number(kubernetesVersion.split(".")[1]);
  if (found >= kubernetes.from && found <= kubernetes.to) return [];
  return [
    problemAt("TALOS_FACTS", file, ["kubernetesVersion"], {
      message: `Talos ${minor} does not run Kubernetes ${kubernetesVersion}`,
      found: JSON.stringify(kubernetesVersion),
      expected: `from 1.${kubernetes.from} to 1.${kubernetes.to}`,
      fix: `write a version of 1.${found < kubernetes.from ? kubernetes.from : kubernetes.to}`,
    }),
  ];
}

/** Machines start from one image and are upgraded by another; both are to be the same Talos. */
function checkImage(file: string, { version, schematic }: Talos, url: string): Problem[] {
  const keys = ["machines", "image", "url"];
  const expected = `${imageFactory}${schematic}/${version}/nocloud-amd64.qcow2`;
  const tell = (message: string, fix: string): Problem[] => [
    problemAt("TALOS_FACTS", file, keys, { message, found: JSON.stringify(url), expected, fix }),
  ];
  if (!url.includes(version))
    return tell(
      `machines start from an image that is not Talos ${version}`,
      "write the address of that version and its checksum, or the version of the image in talos.version",
    );
  // A copy elsewhere is called as its owner likes.
  if (!url.startsWith(imageFactory)) return [];
  if (!url.includes(`/${schematic}/`))
    return tell(
      "machines start from an image of another schematic than they are upgraded to",
      "write one schematic in both",
    );
  if (!/\/nocloud-amd64\.(?:qcow2|raw)$/.test(url))
    return tell(
      "machines find their addresses with the image for nocloud alone",
      "write nocloud-amd64.qcow2 at the end, and its checksum",
    );
  return [];
}

/** The first disk of a machine is known. Which one of a node that is there may be lost, nobody but its owner knows. */
function checkDisks(file: string, { talos, nodes }: Cluster): Problem[] {
  return Object.entries(nodes).flatMap(([name, node]) => {
    if ("machine" in node) return [];
    if (talos === undefined)
      return node.installDisk === undefined ? [] : [diskOfNobody(file, name, node.installDisk)];
    return node.installDisk === undefined ? [noDisk(file, name)] : [];
  });
}

const noDisk = (file: string, node: string): Problem =>
  problemAt("TALOS_FACTS", file, ["nodes", node], {
    message: `node ${node} runs Talos, and nothing says which of its disks is for that`,
    expected: 'installDisk: the disk Talos may have, such as "/dev/nvme0n1"',
    fix: "look at its disks (talosctl get disks --insecure --nodes <address>), and add installDisk; what is on it is lost",
    target: "key",
  });

const diskOfNobody = (file: string, node: string, disk: string): Problem =>
  problemAt("TALOS_FACTS", file, ["nodes", node, "installDisk"], {
    message: `node ${node} says a disk for Talos, and the cluster does not run Talos`,
    found: JSON.stringify(disk),
    expected: "installDisk where there is talos: { version, schematic }",
    fix: "take installDisk out, or add talos to the cluster",
    target: "key",
  });

/** Nodes and people are to find the API server at an address that Talos can give. */
function checkEndpoint(file: string, { apiServer, nodes }: Cluster): Problem[] {
  const members = Object.values(nodes).filter(({ controlPlane }) => controlPlane === true);
  // Who is missing there is told by the rules of the control plane.
  if (members.length % 2 === 0) return [];
  const workers = Object.entries(nodes).filter(([, { controlPlane }]) => controlPlane !== true);
  const ofWorker = workers.find(([, { address }]) => apiServer.addresses.includes(address));
  if (ofWorker === undefined) return [];
  const [node, { address }] = ofWorker;
  return [
    problemAt("TALOS_FACTS", file, ["apiServer", "addresses"], {
      message: `${address} is the address of ${node}, where no API server runs`,
      found: JSON.stringify(address),
      expected: "addresses of control planes, and one that moves between them",
      fix: `leave "${address}" out, or write controlPlane: true for ${node}`,
    }),
  ];
}

/**
 * What a kubelet may say of its own node (Kubernetes: "NodeRestriction"). With another label Talos would ask in vain on workers,
 * and the node would go without.
 */
const allowed = [
  /^(?:[^/]+\.)?(?:kubelet|node)\.kubernetes\.io\//,
  /^(?:topology|failure-domain\.beta)\.kubernetes\.io\/(?:region|zone)$/,
  /^(?:beta\.)?kubernetes\.io\/(?:os|arch|instance-type|hostname)$/,
];

function checkLabel(file: string, node: string, label: string): Problem[] {
  const domain = label.includes("/") ? label.slice(0, label.indexOf("/")) : "";
  const isKept = /(?:^|\.)(?:kubernetes|k8s)\.io$/.test(domain);
  if (!isKept || allowed.some((form) => form.test(label))) return [];
  return [
    problemAt("TALOS_FACTS", file, ["nodes", node, "labels", label], {
      message: `a node may not give itself the label ${label}`,
      expected: "a label of your own domain, or one under node.kubernetes.io/",
      fix: `write it as node.kubernetes.io/${label.slice(label.indexOf("/") + 1)}, or take it out`,
      target: "key",
    }),
  ];
}
