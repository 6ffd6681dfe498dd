/** Where a component is the proxies of gateways, which pods are whose. */
import { audiences } from "../../model/audiences.ts";
import type { Audience } from "../../model/audiences.ts";
import type { Cause } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { clusterFact, componentFact } from "../../release/causes.ts";
import type { PolicyRule } from "./policy-rule.ts";

interface GatewayProxies {
  readonly audience: Audience;
  readonly selects: NonNullable<PolicyRule["selects"]>;
  readonly causes: readonly Cause[];
}

/** Out: a gateway each whose pods run in the namespace of the service; none for a component that is no proxy. */
export function gatewayProxies(
  { service, facts }: Pick<Release, "service" | "facts">,
  component: ResolvedComponent,
): GatewayProxies[] {
  if (!("gatewayPorts" in component.source.spec)) return [];
  return audiences.flatMap((audience) => {
    const gateway = facts.cluster.gateways[audience];
    if (gateway?.podNamespace !== service.namespace) return [];
    return {
      audience,
      selects: { selects: { ...component.podLabels, ...gateway.podLabels } },
      causes: [
        componentFact(service, component, "gatewayPorts"),
        clusterFact(facts, "gateways", audience),
      ],
    };
  });
}
