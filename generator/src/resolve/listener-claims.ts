/** Ports of a gateway: a port knows no host, so one route has it, and those for names have theirs. */
import type { Release } from "../model/platform.ts";
import type { MakeClaim, Claim } from "./name-claims.ts";

/** Claims of routes for tcp and udp; ports of the two do not meet. */
export function listenerClaims({ service }: Release, claim: MakeClaim): Claim[] {
  return Object.entries(service.spec.routes ?? {}).flatMap(([name, route]) => {
    const { kind, listener, audience } = route;
    if ((kind !== "tcp" && kind !== "udp") || listener === undefined) return [];
    const what = (port: number | string) => `listener ${port}/${kind} of the ${audience} gateway`;
    return [
      claim(what(listener), ["routes", name, "listener"], {
        propose: (suffix) => String(listener + suffix - 1),
        with: what,
      }),
    ];
  });
}
