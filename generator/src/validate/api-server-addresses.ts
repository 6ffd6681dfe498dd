/** Whether pods may call every API server there is: policies see the address of the one a connection goes to. */
import type { Cluster } from "../model/cluster.ts";
import { clusterFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

/** In: the facts of a cluster, whoever made its nodes. Problems: CONTROL_PLANE, at each control plane whose address is missing. */
export function checkApiServerAddresses(name: string, { apiServer, nodes }: Cluster): Problem[] {
  return Object.entries(nodes)
    .filter(([, node]) => node.controlPlane === true && !apiServer.addresses.includes(node.address))
    .map(([node, { address }]) =>
      problemAt("CONTROL_PLANE", clusterFile(name), ["apiServer", "addresses"], {
        message: `the API server of ${node} answers at ${address}, which is not among its addresses`,
        found: apiServer.addresses.join(", "),
        expected: "the address of every control plane, as pods reach them",
        fix: `add "${address}"`,
      }),
    );
}
