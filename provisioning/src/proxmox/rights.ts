/** The rights a token needs, where, and the commands that give them. Sources: pve-docs, "User Management", and the checks in the API's own descriptions. */
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

/** In: facts of machines. Out: what is needed, no more. */
export function neededRights({ storage, network, clone }: Machines): Right[] {
  const bridge = network.bridge ?? "vmbr0";
  return [
    {
      role: "RZPMachines",
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
      role: name === storage.images ? "RZPImages" : "RZPDisks",
      path: `/storage/${name}`,
      below: false,
      privileges: [
        "Datastore.AllocateSpace",
        ...(name === storage.images ? ["Datastore.AllocateTemplate"] : []),
        "Datastore.Audit",
      ],
    })),
    {
      role: "RZPNetwork",
      path: `/sdn/zones/localnetwork/${bridge}`,
      below: true,
      privileges: ["SDN.Use"],
    },
    { role: "RZPHosts", path: "/nodes", below: true, privileges: ["Sys.Audit"] },
    // What an image is downloaded with: asked for on the root itself.
    { role: "RZPDownload", path: "/", below: false, privileges: ["Sys.Audit", "Sys.Modify"] },
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

const user = "rzp@pve";

/** In: rights. Out: commands for the shell of a host, in order; the token is printed by the last, once. */
export function tokenCommands(rights: readonly Right[]): string[] {
  const roles = new Map(rights.map(({ role, privileges }) => [role, privileges]));
  return [
    `pveum user add ${user}`,
    ...[...roles].map(
      ([role, privileges]) => `pveum role add ${role} --privs "${privileges.join(" ")}"`,
    ),
    ...rights.map(({ role, path, below }) => aclCommand(role, path, below)),
    `pveum user token add ${user} infra --privsep 0`,
  ];
}

const aclCommand = (role: string, path: string, below: boolean): string =>
  `pveum acl modify ${path} --users ${user} --roles ${role} --propagate ${below ? 1 : 0}`;
