/** Facts behind what the pods of a component ask for and how many they are: exactly those without which it would be another. */
import type { Component } from "../../model/component.ts";
import type { Cause } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { absent, componentFact, containerFact, environmentFact, serviceFact } from "../causes.ts";
import type { AuthoredContainer } from "../containers.ts";

/** What a container says about how much it gets, and the factor of the environment. */
export const sizeFacts = (
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Cause[] => [
  ...saidSizeFacts(release, component, container),
  environmentFact(release.facts, "requests"),
];

/** `resources`, else `size`, else neither; and that the container is there. */
export function saidSizeFacts(
  { service }: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Cause[] {
  const { keys, spec, role, exporterPort } = container;
  if (exporterPort !== undefined) return [containerFact(service, component, container)];
  const own = keys.slice(component.path.length);
  const fact = (...path: string[]) => componentFact(service, component, ...path);
  const size = fact(...own, "size");
  const said =
    spec.resources !== undefined
      ? [fact(...own, "resources")]
      : spec.size !== undefined
        ? [size]
        : [
            // The container is a cause itself, so that its size is not must be told.
            role === "main" ? size : absent(size, "size"),
            fact(...own, "resources"),
          ];
  const there = role === "main" ? [] : [fact(...own.slice(0, 1)), fact(...own)];
  return [...said, ...there];
}

/** How many pods it has; while the service is stopped nothing else decides. */
export function countFacts(
  release: Release,
  component: ResolvedComponent,
  { runs }: { readonly runs: boolean },
): Cause[] {
  const { service } = release;
  const stopped = serviceFact(service, "stopped");
  const spec: Spec = component.source.kind === "workload" ? component.source.spec : {};
  const fact = (field: string) => componentFact(service, component, field);
  const kind = spec.runs?.as ?? "deployment";
  const counted = kind === "deployment" || kind === "statefulSet";
  if (stopped.absent === undefined) return [stopped];
  return [
    stopped,
    ...(runs ? [fact("runs")] : []),
    ...(counted ? [fact("scale"), ...(spec.scale === undefined ? [fact("replicas")] : [])] : []),
    ...capFacts(release, mostWanted(spec)),
  ];
}

type Spec = Pick<Component, "runs" | "scale" | "replicas">;

function mostWanted({ runs, scale, replicas }: Spec): number {
  const instances = runs?.as === "postgresCluster" ? runs.instances : undefined;
  return instances ?? scale?.max ?? replicas ?? 1;
}

/** The most pods of the environment, where there is none or it is less than what is wanted. */
export function capFacts({ facts }: Release, wanted: number): Cause[] {
  const most = facts.environment.replicas;
  return most === undefined || most < wanted ? [environmentFact(facts, "replicas")] : [];
}
