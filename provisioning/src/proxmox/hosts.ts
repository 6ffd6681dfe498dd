/** Hosts with Proxmox VE as they are, and what stands against making machines on them. */
import type { Cluster } from "../../../generator/src/model/cluster.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { wantedMachines, wantedTemplates } from "../machines/wanted.ts";
import { proxmoxApi, Refused, Unreachable } from "./client.ts";
import { readInventory, type Inventory } from "./inventory.ts";
import { checkInventory } from "./preflight.ts";

/** In: a cluster, a token. Out: what is on its hosts; undefined where no machine is made. Problems: PROXMOX_UNREACHABLE, PROXMOX_REFUSED. */
export async function lookAtHosts(
  name: string,
  { machines }: Cluster,
  token: string,
): Promise<Inventory | undefined | Problem> {
  if (machines === undefined) return undefined;
  try {
    return await readInventory(proxmoxApi(machines, token), Object.keys(machines.hosts));
  } catch (error) {
    if (error instanceof Refused) return refused(name, error);
    if (error instanceof Unreachable) return unreachable(name, machines.endpoint, error);
    throw error;
  }
}

/** In: a cluster, its hosts, machines its state knows. Problems: those of checkInventory. */
export function preflight(
  name: string,
  cluster: Cluster,
  inventory: Inventory | undefined,
  ours: ReadonlyMap<number, string>,
): Problem[] {
  if (cluster.machines === undefined || inventory === undefined) return [];
  const machines = wantedMachines(name, cluster);
  const templates = wantedTemplates(name, cluster);
  const asked = { cluster: name, facts: cluster.machines, machines, templates, ours };
  return checkInventory(asked, inventory);
}

const at = (name: string) => [clusterFile(name), ["machines", "endpoint"]] as const;

const refused = (name: string, { status, message }: Refused): Problem =>
  problemAt("PROXMOX_REFUSED", ...at(name), {
    message: `Proxmox VE refuses the token: ${status} ${message}`,
    expected: "a token that is known and may look at hosts, guests and storages",
    fix: `\`npm run infra -- token ${name}\` prints the commands that make one`,
  });

/** What Node says of a certificate that leads to no authority it knows. */
const ofCertificates = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/;

function unreachable(name: string, endpoint: string, { code, message }: Unreachable): Problem {
  const text = { message: `${endpoint} does not answer: ${message}`, found: endpoint };
  return problemAt(
    "PROXMOX_UNREACHABLE",
    ...at(name),
    ofCertificates.test(code)
      ? {
          ...text,
          expected: "a certificate this machine trusts",
          fix: 'export NODE_EXTRA_CA_CERTS=<pve-root-ca.pem of a host>, or write unverified: because(true, "say why here")',
        }
      : {
          ...text,
          expected: "the API of Proxmox VE",
          fix: "mend the address, or start the host; any other of the same Proxmox VE cluster will do",
        },
  );
}
