/** Disruption budgets, autoscalers and resource claims. */
import { isWorkload } from "../release/components.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { concernName } from "../model/names.ts";
import { compact } from "./compact.ts";
import { workloads } from "./workload.ts";

/** From two pods on one may be missing, unless said; with one pod a budget would only block drains. */
export function disruption(release: Release): ServiceValues["disruption"] {
  const values = workloads(release);
  const autoscalers = scale(release);
  return Object.fromEntries(
    release.service.components.filter(isWorkload).flatMap((component) => {
      const { spec } = component.source;
      const pods = autoscalers[component.objectName]?.min ?? values[component.name]?.replicas ?? 0;
      if (pods < 2) return [];
      const wanted = spec.disruption ?? { miss: 1 };
      // With fewer pods here than in the service's file, keeping all of them would block every drain.
      const allowed =
        "keep" in wanted ? { keep: Math.min(wanted.keep, pods - 1) } : { miss: wanted.miss };
      return [[component.objectName, { component: component.name, ...allowed }] as const];
    }),
  );
}

/** Autoscaling by component, never beyond the most pods of the environment; none while the service is stopped. */
export function scale(release: Release): ServiceValues["scale"] {
  const most = release.facts.environment.replicas ?? Number.POSITIVE_INFINITY;
  return Object.fromEntries(
    release.service.components.filter(isWorkload).flatMap((component) => {
      const wanted = component.source.spec.scale;
      if (wanted === undefined || release.service.spec.stopped === true) return [];
      const { min, max, cpu, memory } = wanted;
      return [
        [
          component.objectName,
          compact({
            component: component.name,
            min: Math.min(min, most),
            max: Math.min(max, most),
            cpu,
            memory,
          }),
        ] as const,
      ];
    }),
  );
}

/** Claims of devices such as a graphics card, by name (Kubernetes, dynamic resource allocation). */
export function resourceClaims(release: Release): ServiceValues["resourceClaims"] {
  return Object.fromEntries(
    release.service.components.filter(isWorkload).flatMap((component) => {
      const { gpu } = component.source.spec;
      return gpu !== undefined && "claim" in gpu
        ? [
            [
              concernName(component.objectName, "gpu"),
              { class: gpu.claim, count: gpu.count ?? 1 },
            ] as const,
          ]
        : [];
    }),
  );
}
