/** How the keys that `from(service, key)` reads are called: one rule for what they stand for and for what an editor completes. */
import type { z } from "zod";
import type { Offers } from "../../model/connections.ts";
import type { ResolvedPort } from "../../model/platform.ts";
import type { ServiceKind } from "../../model/service.ts";

/** What every port gives. */
export const portFacts = ["host", "port", "url"] as const;

/** In: the ports of all components. Out: each with its component and with what its keys begin with. */
export function keyedPorts<
  C extends { readonly name: string; readonly ports: readonly ResolvedPort[] },
>(
  kind: ServiceKind,
  components: readonly C[],
): { component: C; port: ResolvedPort; prefix: string }[] {
  const ports = components.flatMap((component) =>
    component.ports.map((port) => ({ component, port })),
  );
  return ports.map(({ component, port }) => {
    const ofPort = `${port.containerName}-`;
    const prefix =
      ports.length === 1 ? "" : kind === "service" ? ofPort : `${component.name}-${ofPort}`;
    return { component, port, prefix };
  });
}

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
