/** Addresses that load balancers ask for: Services, and Gateways, whose own Services bear what the Gateway says. */
import type { ManifestHeader } from "../model/manifest.ts";
import { list, text } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
import { kindOf } from "../model/scopes.ts";
import type { CheckedObject } from "./objects.ts";

export interface AskedAddress {
  readonly value: string;
  readonly path: Keys;
  /** Services that say the same key share an address (MetalLB). */
  readonly sharedBy?: string | undefined;
}

const kinds: ReadonlySet<string> = new Set(["/Service", "gateway.networking.k8s.io/Gateway"]);

/** Whether an object is of a kind that may be a load balancer. */
export const mayBalance = (manifest: ManifestHeader): boolean => kinds.has(kindOf(manifest));

/** In: an object of such a kind. Out: the addresses it asks for. */
export const askedAddresses = (object: CheckedObject): AskedAddress[] =>
  object.kind === "/Service" ? ofService(object) : ofGateway(object);

const ofService = (object: CheckedObject): AskedAddress[] => [
  ...ofAnnotations(object, ["metadata", "annotations"]),
  ...addressesAt(object, ["spec", "loadBalancerIP"]),
];

const ofGateway = (object: CheckedObject): AskedAddress[] => [
  ...ofAnnotations(object, ["spec", "infrastructure", "annotations"]),
  ...list(object.tree, "spec", "addresses").flatMap((_, index) =>
    addressesAt(object, ["spec", "addresses", index, "value"]),
  ),
];

/** MetalLB has had two names. */
const ofAnnotations = (object: CheckedObject, path: Keys): AskedAddress[] =>
  ["metallb.io", "metallb.universe.tf"].flatMap((domain) =>
    addressesAt(
      object,
      [...path, `${domain}/loadBalancerIPs`],
      text(object.tree, ...path, `${domain}/allow-shared-ip`),
    ),
  );

const addressesAt = (object: CheckedObject, path: Keys, sharedBy?: string): AskedAddress[] =>
  (text(object.tree, ...path) ?? "")
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "")
    .map((value) => ({ value, path, sharedBy }));
