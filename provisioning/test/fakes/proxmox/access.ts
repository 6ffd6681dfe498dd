/** Tokens and what they may do: privileges by path, as access control lists of Proxmox VE 9 give them. */
import type { Faults } from "./faults.ts";
import { forbidden, Refusal } from "./refusal.ts";

/** The privileges of Proxmox VE 9, where VM.Monitor is gone and VM.GuestAgent.* came. */
const privileges = `
  Datastore.Allocate Datastore.AllocateSpace Datastore.AllocateTemplate Datastore.Audit
  Group.Allocate Mapping.Audit Mapping.Modify Mapping.Use Permissions.Modify Pool.Allocate
  Pool.Audit Realm.Allocate Realm.AllocateUser SDN.Allocate SDN.Audit SDN.Use Sys.AccessNetwork
  Sys.Audit Sys.Console Sys.Incoming Sys.Modify Sys.PowerMgmt Sys.Syslog User.Modify VM.Allocate
  VM.Audit VM.Backup VM.Clone VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk
  VM.Config.HWType VM.Config.Memory VM.Config.Network VM.Config.Options VM.Console
  VM.GuestAgent.Audit VM.GuestAgent.FileRead VM.GuestAgent.FileSystemMgmt VM.GuestAgent.FileWrite
  VM.GuestAgent.Unrestricted VM.Migrate VM.PowerMgmt VM.Replicate VM.Snapshot VM.Snapshot.Rollback
`
  .trim()
  .split(/\s+/);

export interface Grant {
  readonly path: string;
  readonly privileges: readonly string[];
  /** Whether it holds for what is below the path; it does unless it is said not to. */
  readonly propagate?: boolean;
}

export interface Token {
  /** `rzp@pve!infra`. */
  readonly id: string;
  /** The secret: a UUID. */
  readonly secret: string;
  readonly grants: readonly Grant[];
}

/** May do everything everywhere, as the token of an administrator. */
export const everything: readonly Grant[] = [{ path: "/", privileges }];

/** What one token may do. `need` throws what Proxmox answers; of several privileges it names the first that lacks. */
export interface Rights {
  readonly token: string;
  readonly has: (path: string, privilege: string) => boolean;
  readonly need: (path: string, ...all: readonly string[]) => void;
  readonly needAny: (path: string, ...any: readonly string[]) => void;
  /** As GET /access/permissions answers: 1 when it holds below the path too. */
  readonly list: (path?: string) => Record<string, Record<string, 0 | 1>>;
}

/** Paths that GET /access/permissions names though no list does. */
const knownPaths = ["/", "/access", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

export function keepAccess(
  tokens: readonly Token[],
  faults: Faults,
  poolOf: (vmid: string) => string | undefined,
): (authorization: string | undefined) => Rights {
  for (const { grants } of tokens) grants.forEach(checkGrant);
  return (authorization) => rightsOf(authenticate(authorization, tokens), faults, poolOf);
}

/** A test that grants what there is not would prove nothing. */
function checkGrant({ path, privileges: granted }: Grant): void {
  const unknown = granted.filter((one) => !privileges.includes(one));
  if (unknown.length > 0) throw new Error(`no privilege of Proxmox VE 9: ${unknown.join(", ")}`);
  if (!/^\/$|^(\/[^/]+)+$/.test(path))
    throw new Error(`no path of an access control list: ${path}`);
}

function authenticate(authorization: string | undefined, tokens: readonly Token[]): Token {
  const match = /^PVEAPIToken=([^!]+)!([^=]+)=(.+)$/.exec(authorization ?? "");
  if (match === null) throw new Refusal(401, "No ticket");
  const [, user = "", name = "", secret = ""] = match;
  const token = tokens.find(({ id }) => id === `${user}!${name}`);
  if (token === undefined) throw new Refusal(401, `no such token '${name}' for user '${user}'`);
  if (token.secret !== secret) throw new Refusal(401, "invalid token value!");
  return token;
}

function rightsOf(
  { id, grants }: Token,
  faults: Faults,
  poolOf: (vmid: string) => string | undefined,
): Rights {
  const at = (path: string): Map<string, 0 | 1> => {
    const granted = grantsAt(path, grants);
    const pool = poolOf(/^\/vms\/(\d+)$/.exec(path)?.[1] ?? "");
    if (pool !== undefined)
      for (const [name, below] of grantsAt(`/pool/${pool}`, grants)) granted.set(name, below);
    for (const name of granted.keys()) if (faults.lacks(id, name)) granted.delete(name);
    return granted;
  };
  return {
    token: id,
    has: (path, privilege) => at(path).has(privilege),
    need: (path, ...all) => {
      const missing = all.find((privilege) => !at(path).has(privilege));
      if (missing !== undefined) throw forbidden(`${path}, ${missing}`);
    },
    needAny: (path, ...any) => {
      if (!any.some((privilege) => at(path).has(privilege)))
        throw forbidden(`${path}, ${any.join("|")}`);
    },
    list: (path) => {
      const paths = path === undefined ? [...knownPaths, ...grants.map((one) => one.path)] : [path];
      const rows = [...new Set(paths)].map((one) => [one, Object.fromEntries(at(one))] as const);
      return Object.fromEntries(rows.filter(([, held]) => Object.keys(held).length > 0));
    },
  };
}

/** The list nearest to a path is the one that counts: it takes the place of those above, it does not add to them. */
function grantsAt(path: string, grants: readonly Grant[]): Map<string, 0 | 1> {
  const parts = path.split("/").filter((part) => part !== "");
  const levels = ["/", ...parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`)];
  let found: Grant[] = [];
  for (const level of levels) {
    const here = grants.filter(
      (one) => one.path === level && (level === path || one.propagate !== false),
    );
    if (here.length > 0) found = here;
  }
  return new Map(
    found.flatMap((one) =>
      one.privileges.map((name) => [name, one.propagate === false ? 0 : 1] as const),
    ),
  );
}
