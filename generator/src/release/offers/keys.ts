/** How the keys that `from(service, key)` reads are called: one rule for what they stand for and for what an editor completes. */
import type { z } from "zod";
import type { Offers } from "../../model/connections.ts";
import type { ResolvedPort } from "../../model/platform.ts";
import type { ServiceKind } from "../../model/service.ts";

/** What every port gives. */
export const portFacts = ["host", "port", "url"] as const;

/** In: the ports of all components. Out: each with its component and with what its keys begin with. One with both protocols is one where both have its number. */
export function keyedPorts<
  C extends { readonly name: string; readonly ports: readonly ResolvedPort[] },
>(
  kind: ServiceKind,
  components: readonly C[],
): { component: C; port: ResolvedPort; prefix: string }[] {
  const ports = components.flatMap((component) =>
    addressesIn(component.ports).map((port) => ({ component, port })),
  );
  return ports.map(({ component, port }) => {
    const ofName = addressesIn(component.ports).filter(({ name }) => name === port.name);
    const ofPort = `${ofName.length > 1 ? port.containerName : port.name}-`;
    const prefix =
      ports.length === 1 ? "" : kind === "service" ? ofPort : `${component.name}-${ofPort}`;
    return { component, port, prefix };
  });
}

/** Two protocols of one port at the same number are one address. */
const addressesIn = (ports: readonly ResolvedPort[]) =>
  ports.filter(
    (port) =>
      port === ports.find(({ name, number }) => name === port.name && number === port.number),
  );

/** A key that is no port's: which secret it reads, the provider's own or that of a login. */
interface OfferedKey {
  readonly name: string;
  readonly kind: "shared" | "login";
  readonly key: string;
}

/** Secrets that are offered bear the offer's name; a login gives several keys. */
export function keysOfOffers(offers: z.infer<typeof Offers> | undefined): OfferedKey[] {
  return Object.entries(offers ?? {}).flatMap(([name, offer]): OfferedKey[] =>
    "secret" in offer
      ? [{ name, kind: "shared", key: offer.secret }]
      : offer.gives.map((given) => ({ name: given, kind: "login", key: given })),
  );
}
