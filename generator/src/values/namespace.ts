/** The namespace of a service, and the layer it starts in. */
import type { Cause, Derived } from "../model/derived.ts";
import type { Release, ResolvedService } from "../model/platform.ts";
import type { Layer } from "../model/layers.ts";
import {
  absent,
  environmentFact,
  namespaceFact,
  serviceFact,
  tierFact,
} from "../release/causes.ts";
import { configuresItself, layerOf, mayComeEarlier } from "../release/layers.ts";

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
      ...(mayComeEarlier(service, facts) ? [objectsFact(service)] : []),
    ],
  };
}

/** Its objects, of which one configures what the chart brings, or none does. */
function objectsFact(service: ResolvedService): Cause {
  const objects = serviceFact(service, "objects");
  return objects.absent === true || configuresItself(service)
    ? objects
    : absent(objects, "object that configures the chart");
}
