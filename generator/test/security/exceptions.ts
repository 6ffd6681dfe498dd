/** Which of today's services are not restricted, and why: everything else must be. */
export const exceptions: Readonly<
  Record<string, { readonly level: "baseline" | "privileged"; readonly reason: string }>
> = {
  qbittorrent: {
    level: "privileged",
    reason: "its VPN sidecar creates a tunnel and a firewall (NET_ADMIN, /dev/net/tun)",
  },
  vector: { level: "privileged", reason: "reads the log files of all pods on its node, as root" },
  metallb: { level: "privileged", reason: "answers ARP requests on the node's own network" },
  prometheus: {
    level: "privileged",
    reason: "its node exporter counts what goes through the node's own network and disks",
  },
  velero: { level: "privileged", reason: "reads the volumes of all pods on its node, as root" },
};

/** Who has the token of its service account, and for what. */
export const tokenHolders: Readonly<Record<string, string>> = {
  vector: "asks the API server whose lines it reads",
  "restore-drill": "asks Velero to restore, and looks after what comes of it",
};
