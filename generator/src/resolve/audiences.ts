/** A gateway that the cluster does not have. */
import type { Release } from "../model/platform.ts";
import { choice } from "../problems/report.ts";

/** `choice` for an audience: there are few, so each that the cluster has a gateway for is proposed. */
export function audienceChoice(
  { cluster }: Pick<Release["facts"], "cluster">,
  audience: string,
  otherwise: string,
): ReturnType<typeof choice> {
  const valid = Object.keys(cluster.gateways).sort();
  const proposed = valid.map((name) => JSON.stringify(name)).join(" or ");
  return {
    ...choice(audience, valid, otherwise),
    fix: valid.length === 0 ? otherwise : `write ${proposed}, or ${otherwise}`,
  };
}
