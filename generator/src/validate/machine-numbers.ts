/** What machines of all clusters together may have once: numbers and hardware addresses. */
import { machinesOf } from "../model/cluster-machines.ts";
import type { Cluster } from "../model/cluster.ts";
import { hardwareAddress } from "../model/names.ts";
import { clusterFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

/** Something that may be there once. */
interface Claim {
  readonly what: "number" | "hardware address";
  readonly value: string;
  readonly who: string;
  readonly endpoint: string;
  /** Hosts of that Proxmox VE cluster. */
  readonly hosts: readonly string[];
  readonly file: string;
  readonly keys: readonly string[];
}

/**
 * In: clusters by name. Problems: MACHINE_TAKEN. Numbers are unique on a Proxmox VE cluster. Hardware addresses follow from them there,
 * and may meet those of another.
 */
export function takenTwice(clusters: ReadonlyMap<string, Cluster>): Problem[] {
  const claims = [...clusters].flatMap(([name, cluster]) => claimsOf(name, cluster));
  return claims.flatMap((claim, index) => {
    const first = claims
      .slice(0, index)
      .find(
        (other) =>
          other.what === claim.what &&
          other.value === claim.value &&
          (claim.what === "number") === isOneProxmox(other, claim),
      );
    return first === undefined
      ? []
      : [
          problemAt("MACHINE_TAKEN", claim.file, claim.keys, {
            message: `${claim.who} and ${first.who} have the same ${claim.what}, ${claim.value}`,
            expected: "a number for each machine and template, whatever the cluster",
            fix: `give ${claim.who} another id`,
          }),
        ];
  });
}

/**
 * Whether two clusters make machines on one Proxmox VE cluster, of which any host answers: by one endpoint, or by two neighbours with a
 * host in common. Hosts of one name in two networks are two hosts: the installer proposes the same name everywhere.
 */
function isOneProxmox(one: Claim, other: Claim): boolean {
  if (one.endpoint === other.endpoint) return true;
  const networks = [one, other].map(({ endpoint }) => networkOf(endpoint));
  return networks[0] === networks[1] && one.hosts.some((host) => other.hosts.includes(host));
}

/** `https://10.0.20.2:8006` -> `10.0.20`, `https://pve-1.example.com:8006` -> `example.com`. */
function networkOf(endpoint: string): string {
  const { hostname } = new URL(endpoint);
  return /^[\d.]+$/.test(hostname)
    ? hostname.replace(/\.\d+$/, "")
    : hostname.replace(/^[^.]+\.?/, "");
}

function claimsOf(name: string, { machines, nodes }: Cluster): Claim[] {
  if (machines === undefined) return [];
  const { endpoint, hosts } = machines;
  const file = clusterFile(name);
  const ofTemplates = Object.entries(hosts).flatMap(([host, { template }]): Claim[] =>
    template === undefined
      ? []
      : [
          {
            what: "number",
            value: String(template),
            who: `the template on ${host}`,
            endpoint,
            hosts: Object.keys(hosts),
            file,
            keys: ["machines", "hosts", host, "template"],
          },
        ],
  );
  const ofNodes = machinesOf(nodes).flatMap(({ node, machine }): Claim[] => {
    const keys = ["nodes", node, "machine", "id"];
    const claim = {
      who: `${node} of ${name}`,
      endpoint,
      hosts: Object.keys(hosts),
      file,
      keys,
    };
    return [
      { ...claim, what: "number", value: String(machine.id) },
      { ...claim, what: "hardware address", value: hardwareAddress(name, machine.id) },
    ];
  });
  return [...ofTemplates, ...ofNodes];
}
