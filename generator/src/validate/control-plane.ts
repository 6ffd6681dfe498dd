/** Whether the control plane of a cluster of machines survives what it is meant to. */
import type { Cluster } from "../model/cluster.ts";
import type { NamedMachine } from "../model/cluster-machines.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

/**
 * In: the file, the cluster, its machines. Problems: CONTROL_PLANE. etcd works while more than half of its members do
 * (its "Failure Tolerance").
 */
export function checkControlPlane(
  file: string,
  cluster: Cluster,
  all: readonly NamedMachine[],
): Problem[] {
  const mine = all.filter(({ facts }) => facts.controlPlane === true);
  const every = Object.values(cluster.nodes).filter(({ controlPlane }) => controlPlane === true);
  if (every.length % 2 === 0) {
    return [
      problemAt("CONTROL_PLANE", file, ["nodes"], {
        message: `${every.length} nodes run the control plane`,
        found: String(every.length),
        expected: "an odd number: one more to make it even keeps nothing alive longer",
        fix: every.length === 0 ? "write controlPlane: true for one or three" : "take one or three",
        target: "key",
      }),
    ];
  }
  return [
    ...(every.length > 1 ? sharedAddress(file, cluster) : []),
    ...sameHost(file, cluster.machines, mine),
    ...tooFew(file, every.length, mine),
  ];
}

function sharedAddress(file: string, { apiServer, nodes }: Cluster): Problem[] {
  const ofNodes = Object.values(nodes).map(({ address }) => address);
  const shared = apiServer.addresses.filter((address) => !ofNodes.includes(address));
  if (shared.length === 1) return [];
  return [
    problemAt("CONTROL_PLANE", file, ["apiServer", "addresses"], {
      message:
        shared.length === 0
          ? "every address of the API server is one node's, and goes with it"
          : `${shared.length} addresses of the API server are no node's`,
      found: shared.length === 0 ? "none" : shared.join(", "),
      expected: "one that moves between the control planes",
      fix: "add an unused address of the network of nodes",
    }),
  ];
}

/** As few on a host as there are hosts for: the loss of one then costs as little as it can. */
function sameHost(
  file: string,
  machines: Cluster["machines"],
  mine: readonly NamedMachine[],
): Problem[] {
  const hosts = Object.keys(machines?.hosts ?? {}).length;
  const most = Math.ceil(mine.length / Math.max(1, hosts));
  return mine.flatMap(({ node, machine }, index) => {
    const before = mine.slice(0, index).filter((other) => other.machine.host === machine.host);
    return before.length < most
      ? []
      : [
          problemAt("CONTROL_PLANE", file, ["nodes", node, "machine", "host"], {
            message: `${[...before.map((other) => other.node), node].join(", ")} are all on ${machine.host}, whose loss would stop the cluster`,
            found: JSON.stringify(machine.host),
            expected:
              most === 1
                ? "another host for each control plane"
                : `at most ${most} control planes on a host`,
            fix: `move ${node} to a host with fewer`,
          }),
        ];
  });
}

function tooFew(file: string, members: number, mine: readonly NamedMachine[]): Problem[] {
  const stopped = mine.filter(({ machine }) => machine.stopped === true);
  const [first] = stopped;
  if (first === undefined || members - stopped.length > members / 2) return [];
  return [
    problemAt("CONTROL_PLANE", file, ["nodes", first.node, "machine", "stopped"], {
      message: `${members - stopped.length} of ${members} control planes run, which is not more than half`,
      found: stopped.map(({ node }) => node).join(", "),
      expected: `at most ${Math.ceil(members / 2) - 1} stopped`,
      fix: members === 1 ? "remove stopped" : "stop one after the other",
      target: "key",
    }),
  ];
}
