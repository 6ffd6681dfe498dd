/** `gatewayListeners("internal")` inside the objects of whoever carries the gateways. */
import { audiences } from "../../model/audiences.ts";
import type { Audience } from "../../model/audiences.ts";
import { askedFor, withReplaced } from "../../model/reading.ts";

/** The audience whose listeners a value stands for; undefined for any other value. */
function listenersAskedFor(value: object): Audience | undefined {
  const asked = askedFor(value, "gatewayListeners");
  return audiences.find((audience) => audience === asked);
}

/** The audiences whose listeners objects ask for. */
export function audiencesAskedFor(value: unknown): Audience[] {
  if (typeof value !== "object" || value === null) return [];
  const audience = listenersAskedFor(value);
  return audience === undefined ? Object.values(value).flatMap(audiencesAskedFor) : [audience];
}

/** In: an object, and the listeners of a gateway. Out: the same with them where it asks for them. */
export const withListeners = (
  value: unknown,
  listeners: (audience: Audience) => readonly object[],
): unknown =>
  withReplaced(value, (map) => {
    const audience = listenersAskedFor(map);
    return audience === undefined ? undefined : listeners(audience);
  });
