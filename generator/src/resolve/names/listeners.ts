/** What gateways listen for: a port is one route's, since it knows no host; a Gateway is one of the cluster's. */
import { clusterFile } from "../../model/paths.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { listenerOf } from "../../release/network/gateways.ts";
import { audiencesAskedFor } from "../../release/network/listeners.ts";
import { audienceChoice } from "../audiences.ts";
import type { Claim, MakeClaim } from "./claim.ts";
import type { Site } from "../site.ts";

/** Claims of routes for tcp and udp; ports of the two do not meet. */
export function listenerClaims({ service }: Release, claim: MakeClaim): Claim[] {
  return Object.entries(service.spec.routes ?? {}).flatMap(([name, route]) => {
    const { kind, audience } = route;
    const listener = listenerOf(route);
    if (listener === undefined) return [];
    const what = (port: number | string) => `listener ${port}/${kind} of the ${audience} gateway`;
    return [
      claim(what(listener.port), ["routes", name, "listener"], {
        propose: (suffix) => String(listener.port + suffix - 1),
        with: what,
      }),
    ];
  });
}

/** Objects that ask for the listeners of a gateway the cluster does not have. Problems: GATEWAY_MISSING. */
export function checkListeners({ report, release: { facts, service } }: Site): Problem[] {
  const { gateways } = facts.cluster;
  return Object.entries(service.spec.objects ?? {}).flatMap(([name, object]) =>
    audiencesAskedFor(object)
      .filter((audience) => gateways[audience] === undefined)
      .map((audience) =>
        report("GATEWAY_MISSING", ["objects", name], {
          message: `cluster <cluster> has no ${audience} gateway`,
          ...audienceChoice(
            facts,
            audience,
            `add it to gateways in ${clusterFile("<cluster>")}, or remove objects.${name} in an overlay`,
          ),
          target: "key",
        }),
      ),
  );
}
