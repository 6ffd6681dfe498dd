/** What facts of machines are unless said. Apart from their model, which most runs do without. */

export const machineDefaults = {
  /** Disk of the system. */
  boot: "64Gi",
  bridge: "vmbr0",
  /** What a machine keeps from pods. */
  reserve: { cpu: "250m", memory: "2Gi" },
  /** Cores of machines for a thread of their host. */
  coresPerThread: 2,
  /** What Proxmox VE itself needs of a host (its "Requirements": 2 GB for the system and its services). */
  hostMemory: "2Gi",
} as const;
