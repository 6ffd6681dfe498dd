/** What the nodes of a cluster have no room for, or do not have at all. */
import { blocky, home, immich, prod, prowlarr } from "../change.ts";
import type { Cases } from "../change.ts";

const placed = (placement: string) => ({ in: prowlarr, replace: "  ports:", by: `  placement: ${placement},\n  ports:` });
const learningGpu = (gpu: string) => ({ in: immich, replace: "health: { http: \"/ping\", port: \"ml\" },", by: `health: { http: "/ping", port: "ml" },\n      gpu: ${gpu},` });
const many = { in: blocky, replace: "replicas: 2,", by: "replicas: 12,\n  resources: { cpu: \"100m\", memory: \"2Gi\" }," };
const worker = '"worker-1": { cpu: "12", memory: "30Gi", address: "10.0.20.21", zone: "pve-1" }';

export const capacity: Cases = {
  "pod-larger-than-any-node": { in: immich, replace: 'memory: "2Gi"', by: 'memory: "64Gi"' },
  "label-that-no-node-has": placed('{ nodes: { disk: "ssd" } }'),
  "zone-that-no-node-has": placed('{ zone: "pve-9" }'),
  "architecture-that-no-node-has": placed('{ architecture: "arm64" }'),
  "gpu-that-no-node-has": learningGpu('{ plugin: "nvidia.com/gpu" }'),
  "gpu-of-another-kind": [
    learningGpu('{ plugin: "nvidia.com/gpu" }'),
    { in: home, replace: 'zone: "pve-1" }', by: 'zone: "pve-1", gpu: { resource: "amd.com/gpu", count: 1 } }' },
  ],
  "claim-of-a-device-that-no-node-has": learningGpu('{ claim: "gpu.intel.com" }'),
  "more-gpus-than-a-node-has": [
    learningGpu('{ plugin: "nvidia.com/gpu", count: 2 }'),
    { in: home, replace: 'zone: "pve-1" }', by: 'zone: "pve-1", gpu: { resource: "nvidia.com/gpu", count: 1 } }' },
  ],
  "quota-below-requests": { in: prowlarr, replace: "  ports:", by: '  quota: { memory: "256Mi" },\n  ports:' },
  "quota-below-processor-time": { in: blocky, replace: "replicas: 2,", by: 'replicas: 2,\n  quota: { cpu: "100m" },' },
  "quota-without-a-pod-for-the-update": { in: blocky, replace: "replicas: 2,", by: "replicas: 2,\n  quota: { pods: 2 }," },
  "port-of-the-node-taken-twice": { in: blocky, replace: "replicas: 2,", by: 'replicas: 2,\n  network: { host: { because: "answers where nothing else is up", value: true } },' },
  "cluster-without-room": [many, { in: blocky, replace: '"2Gi"', by: '"3Gi"' }],
  "no-room-when-a-node-is-gone": [
    many,
    { in: home, replace: worker, by: `${worker}, "worker-2": { cpu: "12", memory: "30Gi", address: "10.0.20.22" }` },
  ],
  "no-reason-why-no-node-can-be-spared": { in: prod, replace: "  secrets:", by: "  spareNode: false,\n  secrets:" },
  "fixed-size-of-a-class-that-is-not-there": { in: home, replace: "  shares:", by: '  storageFixed: ["standard", "bluk"],\n  shares:' },
  "many-writers-of-a-class-that-is-not-there": { in: home, replace: "  shares:", by: '  storageMany: ["bluk"],\n  shares:' },
  "reach-of-a-class-that-is-not-there": { in: home, replace: "  shares:", by: '  storageReach: { bluk: "node" },\n  shares:' },
};
