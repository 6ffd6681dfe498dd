/** How a new version of a Deployment comes in, with its causes. */
import type { Cause, Derived } from "../../model/derived.ts";
import type { Release, ResolvedService } from "../../model/platform.ts";
import { absent, componentFact, serviceFact } from "../../release/causes.ts";
import type { WorkloadComponent } from "../../release/components.ts";
import { exporterOf } from "../../release/exporters.ts";
import { updateStrategyOf } from "../../release/pods/update-strategy.ts";
import type { UpdateStrategy } from "../../release/pods/update-strategy.ts";

export function derivedUpdateStrategy(
  release: Release,
  component: WorkloadComponent,
): Derived<UpdateStrategy> {
  const { service } = release;
  const value = updateStrategyOf(release, component);
  const said = componentFact(service, component, "update");
  if (component.source.spec.update !== undefined)
    return { value, rule: "update-strategy", causes: [said] };
  return {
    value,
    rule: "update-strategy",
    causes: [
      said,
      componentFact(service, component, "gpu"),
      ...causesOfPorts(service, component),
      ...(value.volumes.length === 0
        ? [absent(serviceFact(service, "storage"), "claim with one writer")]
        : value.volumes.map((name) => serviceFact(service, "storage", name))),
    ],
  };
}

/** Only in the network of the node it matters which ports its containers declare, an exporter's among them. */
function causesOfPorts(service: ResolvedService, component: WorkloadComponent): Cause[] {
  const fact = (...path: string[]) => componentFact(service, component, ...path);
  const host = fact("network", "host");
  if (host.absent === true) return [host];
  const declaring = [
    ...(component.ports.length === 0 ? [] : [fact("ports")]),
    ...(exporterOf(component) === undefined ? [] : [fact("metrics")]),
  ];
  return declaring.length === 0 ? [fact("ports")] : [host, ...declaring];
}
