/** The namespace of a service, and the layer it starts in. */
import type { Derived } from "../model/derived.ts";
import type { Release } from "../model/platform.ts";
import type { Layer } from "../model/layers.ts";
import { environmentFact, namespaceFact, serviceFact, tierFact } from "../release/causes.ts";
import { layerOf } from "../release/layers.ts";

export function derivedNamespace({ service, facts }: Release): Derived<string> {
  return {
    value: service.namespace,
    rule: "namespace",
    causes: [
      serviceFact(service, "tier"),
      namespaceFact(service),
      environmentFact(facts, "prefix"),
    ],
  };
}

export function derivedLayer({ service, facts }: Release): Derived<Layer> {
  return {
    value: layerOf(service, facts),
    rule: "start-layer",
    causes: [
      serviceFact(service, "tier"),
      tierFact(facts, service.tier, "layer"),
      ...(service.kind === "chart" ? [serviceFact(service, "objects")] : []),
    ],
  };
}
