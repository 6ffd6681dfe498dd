/** Disruption budgets, autoscalers and resource claims. */
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { gpuClaimName } from "../model/names.ts";
import { capFacts, countFacts } from "../release/resources/causes.ts";
import { componentFact, serviceFact } from "../release/causes.ts";
import { isWorkload } from "../release/components.ts";
import { replicasOf, scaleOf } from "../release/pods/replicas.ts";
import { compact } from "./compact.ts";

type Budgets = ServiceValues["disruption"];
type Autoscalers = ServiceValues["scale"];

export const disruption = (release: Release): Budgets =>
  Object.fromEntries(valuesOf(derivedBudgets(release)));

export const scale = (release: Release): Autoscalers =>
  Object.fromEntries(valuesOf(derivedAutoscalers(release)));

/** From two pods on one may be missing, unless said; with one pod a budget would only block drains. */
export function derivedBudgets(release: Release): Derived<[string, Budgets[string]]>[] {
  const { service } = release;
  return service.components.filter(isWorkload).flatMap((component) => {
    const { spec } = component.source;
    const kind = spec.runs?.as ?? "deployment";
    if (kind !== "deployment" && kind !== "statefulSet") return [];
    const pods = scaleOf(release, component)?.min ?? replicasOf(release, component) ?? 0;
    if (pods < 2) return [];
    const wanted = spec.disruption ?? { miss: 1 };
    // With fewer pods here than in the service's file, keeping all of them would block every drain.
    const allowed =
      "keep" in wanted ? { keep: Math.min(wanted.keep, pods - 1) } : { miss: wanted.miss };
    return [
      {
        value: [component.objectName, { component: component.name, ...allowed }],
        rule: "drains-never-blocked",
        causes: [
          componentFact(service, component, "disruption"),
          ...countFacts(release, component, { runs: false }),
        ],
      },
    ];
  });
}

/** Autoscaling by component, never beyond the most pods of the environment; none while the service is stopped. */
export function derivedAutoscalers(release: Release): Derived<[string, Autoscalers[string]]>[] {
  const { service } = release;
  return service.components.filter(isWorkload).flatMap((component) => {
    const wanted = component.source.spec.scale;
    const between = scaleOf(release, component);
    if (wanted === undefined || between === undefined) return [];
    const { cpu, memory } = wanted;
    return [
      {
        value: [
          component.objectName,
          compact({ component: component.name, ...between, cpu, memory }),
        ],
        rule: "scale-capped",
        causes: [
          componentFact(service, component, "scale"),
          serviceFact(service, "stopped"),
          ...capFacts(release, wanted.max),
        ],
      },
    ];
  });
}

/** Claims of devices such as a graphics card, by name (Kubernetes, dynamic resource allocation). */
export function resourceClaims(release: Release): ServiceValues["resourceClaims"] {
  return Object.fromEntries(
    release.service.components.filter(isWorkload).flatMap((component) => {
      const { gpu } = component.source.spec;
      return gpu !== undefined && "claim" in gpu
        ? [
            [
              gpuClaimName(component.objectName),
              { class: gpu.claim, count: gpu.count ?? 1 },
            ] as const,
          ]
        : [];
    }),
  );
}
