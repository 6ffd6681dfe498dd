/** The restore drill asks services it has started: in its own namespace, at the port of their health. */
import type { Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { componentFact } from "../../release/causes.ts";
import { policyRule } from "./policy-rule.ts";
import type { PolicyRule } from "./policy-rule.ts";

/** Both sides, for the component that drills: the first one. */
export function drillRules(release: Release, component: ResolvedComponent): Derived<PolicyRule>[] {
  const { service, drill } = release;
  if (drill === undefined || service.kind === "chart" || component !== service.components[0])
    return [];
  return drill.plan.targets.flatMap(({ environment, service: name, starts }) => {
    if (starts?.http === undefined) return [];
    const { pods, port } = starts.http;
    const rule = (direction: PolicyRule["direction"]) =>
      policyRule(release, component, {
        concern: direction === "egress" ? "started" : `started-${environment}-${name}`,
        ...(direction === "egress" ? {} : { selects: { selects: { ...pods } } }),
        direction,
        party: { is: "pods", end: { service, component } },
        peers: [
          direction === "egress"
            ? { namespace: service.namespace, pods: { ...pods } }
            : { component: component.name },
        ],
        ports: [{ port, protocol: "TCP" }],
        rule: "drill-asks",
        causes: [componentFact(service, component, "files")],
      });
    return [rule("egress"), rule("ingress")];
  });
}
