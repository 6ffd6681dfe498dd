/** Clusters whose nodes run Talos: versions, images, what is said of nodes. */
import type { Cases } from "../change.ts";
import { butOf, rack } from "./machines.ts";

const schematic = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba";
const talos = `talos: { version: "v1.13.0", schematic: "${schematic}" }`;

/** A cluster of Talos without a mistake. */
const whole = rack
  .replace("/v1.11.0/", "/v1.13.0/")
  .replace("  apiServer:", `  ${talos},\n  apiServer:`);

const but = butOf(whole);
const worker = 'address: "10.0.40.21"';
const disk = ', installDisk: "/dev/nvme0n1"';
/** Nodes that are there, whoever made them. */
const existing = whole
  .slice(0, whole.indexOf("  machines: {"))
  .replaceAll(/machine: \{[^}]*\}/g, `cpu: "4", memory: "8Gi"${disk}`)
  .concat(whole.slice(whole.indexOf("  talos: {")));
const butOfExisting = butOf(existing);

export const talosCases: Cases = {
  // --- versions
  "talos-version-without-v": but(['version: "v1.13.0"', 'version: "1.13.0"']),
  "talos-version-not-released": but(['version: "v1.13.0"', 'version: "v1.13.0-beta.1"']),
  "talos-of-an-older-minor-version": but(['version: "v1.13.0"', 'version: "v1.12.4"'], ["/v1.13.0/", "/v1.12.4/"]),
  "talos-of-a-later-minor-version": but(['version: "v1.13.0"', 'version: "v1.15.0"'], ["/v1.13.0/", "/v1.15.0/"]),
  "kubernetes-too-old-for-talos": but(['kubernetesVersion: "1.35.4"', 'kubernetesVersion: "1.30.9"']),
  "kubernetes-too-new-for-talos": but(['kubernetesVersion: "1.35.4"', 'kubernetesVersion: "1.37.0"']),
  // --- images
  "schematic-that-is-none": but([`schematic: "${schematic}"`, 'schematic: "iscsi-tools"']),
  "talos-without-a-schematic": but([`, schematic: "${schematic}"`, ""]),
  "image-of-another-talos": but(["/v1.13.0/", "/v1.13.2/"]),
  "image-of-another-schematic": but([`/image/${schematic}/`, `/image/${"0".repeat(64)}/`]),
  "image-for-another-platform": but(["nocloud-amd64.qcow2", "metal-amd64.qcow2"]),
  // --- disks of nodes that are there
  "node-without-a-disk-for-talos": butOfExisting([`${disk}, ${worker}`, `, ${worker}`]),
  "disk-that-is-no-device": butOfExisting([`${disk}, ${worker}`, `, installDisk: "nvme0n1", ${worker}`]),
  "disk-of-a-machine": but([worker, `${worker}, installDisk: "/dev/sda"`]),
  "disk-for-talos-that-does-not-run": butOf(existing.replaceAll(disk, "").replace(`  ${talos},\n`, ""))([worker, `installDisk: "/dev/sda", ${worker}`]),
  // --- the rest of the cluster
  "network-of-another-kind": but([talos, talos.replace(" }", ', network: "cilium" }')]),
  "misspelt-fact-of-talos": but([talos, talos.replace(" }", ', cni: "none" }')]),
  "label-a-node-may-not-have": but([worker, `${worker}, labels: { "node-role.kubernetes.io/worker": "" }`]),
  "api-server-on-a-worker": but(['addresses: ["10.0.40.10", ', 'addresses: ["10.0.40.21", "10.0.40.10", ']),
  "talos-with-a-control-plane-pods-may-not-call": butOfExisting([', "10.0.40.13"] }', "] }"]),
  "talos-without-a-control-plane": butOfExisting(['address: "10.0.40.11", controlPlane: true', 'address: "10.0.40.11"'], ['address: "10.0.40.12", controlPlane: true', 'address: "10.0.40.12"'], ['address: "10.0.40.13", controlPlane: true', 'address: "10.0.40.13"']),
  "talos-with-two-control-planes": butOfExisting(['address: "10.0.40.13", controlPlane: true', 'address: "10.0.40.13"']),
};
