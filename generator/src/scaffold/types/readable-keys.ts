/** What consumers of a service can read with `from(service, key)`. */
import type { AuthoredService } from "../../model/service.ts";
import { keyedPorts, keysOfOffers, portFacts } from "../../release/offers/keys.ts";
import { resolvePorts } from "../../release/ports.ts";

/** Keys of a service, each once, in no particular order. */
export function readableKeys({ kind, spec }: AuthoredService): readonly string[] {
  const components =
    kind === "service"
      ? [{ name: "", ports: resolvePorts(spec.ports) }]
      : Object.entries(spec.components).map(([name, { ports }]) => ({
          name,
          ports: resolvePorts(ports),
        }));
  const ofPorts = keyedPorts(kind, components).flatMap(({ prefix }) =>
    portFacts.map((fact) => `${prefix}${fact}`),
  );
  return [...new Set([...ofPorts, ...keysOfOffers(spec.offers).map(({ name }) => name)])];
}
