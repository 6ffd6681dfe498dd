/** The place of an edge in its file. */
import type { Endpoint } from "../model/platform.ts";
import type { Keys } from "../problems/report.ts";

/** Where an edge is written: at the component, or for all components at the top. */
export function edgeKeys({ component }: Endpoint, target: string): Keys {
  return [...component.path, "consumes", target];
}
