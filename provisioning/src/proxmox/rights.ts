/** The rights a token needs, where, and the commands that give them. Sources: pve-docs, "User Management", and the checks in the API's own descriptions. */
import { machineDefaults } from "../../../generator/src/model/machine-defaults.ts";
import type { Machines } from "../../../generator/src/model/machines.ts";
import type { Inventory } from "./inventory.ts";

/** Privileges on a path of Proxmox VE. */
export interface Right {
  readonly role: string;
  readonly path: string;
  readonly privileges: readonly string[];
  /** Whether it holds for what is below the path too. */
  readonly below: boolean;
}

/** In: facts of machines. Out: what is needed, no more. Roles have names of their own in `tokenCommands`. */
export function neededRights({ storage, network, clone, startAgain }: Machines): Right[] {
  const bridge = network.bridge ?? machineDefaults.bridge;
  return [
    {
      role: "Machines",
      path: "/vms",
      below: true,
      privileges: [
        "VM.Allocate",
        "VM.Audit",
        ...(clone === undefined ? [] : ["VM.Clone"]),
        "VM.Config.CDROM",
        "VM.Config.CPU",
        "VM.Config.Cloudinit",
        "VM.Config.Disk",
        "VM.Config.HWType",
        "VM.Config.Memory",
        "VM.Config.Network",
        "VM.Config.Options",
        "VM.PowerMgmt",
      ],
    },
    ...[...new Set([storage.images, storage.disks])].map((name) => ({
      role: name === storage.images ? "Images" : "Disks",
      path: `/storage/${name}`,
      below: false,
      privileges: [
        "Datastore.AllocateSpace",
        ...(name === storage.images ? ["Datastore.AllocateTemplate"] : []),
        "Datastore.Audit",
      ],
    })),
    {
      role: "Network",
      path: `/sdn/zones/localnetwork/${bridge}`,
      below: true,
      privileges: ["SDN.Use"],
    },
    // Images are downloaded by the host: since 8.1 that needs no right to change it (pve-manager, "download-url").
    { role: "Hosts", path: "/nodes", below: true, privileges: ["Sys.Audit", "Sys.AccessNetwork"] },
    // Proxmox VE asks for the console of all hosts (pve-ha-manager, API2/HA); not below, it opens none.
    ...(startAgain === undefined
      ? []
      : [{ role: "HA", path: "/", below: false, privileges: ["Sys.Audit", "Sys.Console"] }]),
  ];
}

/** In: what is needed, what the token has. Out: what it lacks. */
export function missingRights(needed: readonly Right[], has: Inventory["permissions"]): Right[] {
  return needed.flatMap((right) => {
    const given = givenAt(right.path, has);
    const privileges = right.privileges.filter((privilege) => !given.has(privilege));
    return privileges.length === 0 ? [] : [{ ...right, privileges }];
  });
}

/** What is said of the nearest path above, where it holds below. */
function givenAt(path: string, has: Inventory["permissions"]): ReadonlySet<string> {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("/")) || "/") {
    const said = has[at];
    if (said !== undefined) {
      const holds = Object.entries(said).filter(([, below]) => at === path || below === 1);
      return new Set(holds.map(([privilege]) => privilege));
    }
    if (at === "/") return new Set();
  }
}

/**
 * In: the name of a cluster, rights. Out: commands for the shell of a host, in order, which may be given again; the last one prints
 * a token, once, and voids the one before. User and roles are the cluster's own, so that two clusters do not take rights from one another.
 */
export function tokenCommands(cluster: string, rights: readonly Right[]): string[] {
  const user = userOf(cluster);
  const roles = new Map(rights.map(({ role, privileges }) => [nameOf(cluster, role), privileges]));
  return [
    `pveum user add ${user} 2>/dev/null || true`,
    ...[...roles].map(([role, privileges]) => {
      const what = `${role} --privs "${privileges.join(" ")}"`;
      return `pveum role add ${what} 2>/dev/null || pveum role modify ${what}`;
    }),
    ...rights.map(
      ({ role, path, below }) =>
        `pveum acl modify ${path} --users ${user} --roles ${nameOf(cluster, role)} --propagate ${below ? 1 : 0}`,
    ),
    `pveum user token remove ${user} infra >/dev/null 2>&1; pveum user token add ${user} infra --privsep 0`,
  ];
}

export const userOf = (cluster: string): string => `rzp-${cluster}@pve`;
const nameOf = (cluster: string, role: string): string => `RZP-${cluster}-${role}`;
