/** Facts behind what the pods of a component ask for and how many they are. */
import type { Cause } from "../model/derived.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import { componentFact, serviceFact } from "./causes.ts";
import { containersOf } from "./containers.ts";
import type { AuthoredContainer } from "./containers.ts";
import { neededConnections } from "./layers.ts";

/** What a container says about how much it gets: `resources`, else `size`, else neither. */
export function sizeFacts(
  { service }: Release,
  component: ResolvedComponent,
  { keys, spec }: AuthoredContainer,
): Cause[] {
  const own = keys.slice(component.path.length);
  const fact = (field: string) => componentFact(service, component, ...own, field);
  if (spec.resources !== undefined) return [fact("resources")];
  return spec.size === undefined ? [fact("size"), fact("resources")] : [fact("size")];
}

/** How many pods it has. */
export function countFacts({ service }: Release, component: ResolvedComponent): Cause[] {
  const fact = (field: string) => componentFact(service, component, field);
  const runs = fact("runs");
  const counted =
    component.source.kind === "workload" ? (component.source.spec.runs?.as ?? "deployment") : "";
  return counted === "deployment" || counted === "statefulSet"
    ? [runs, fact("scale"), ...(has(component, "scale") ? [] : [fact("replicas")])]
    : [runs];
}

const has = ({ source }: ResolvedComponent, field: "scale" | "replicas") =>
  source.kind === "workload" && source.spec[field] !== undefined;

/** Everything of a component that its share of the namespace's room follows from. */
export function requestFacts(release: Release, component: ResolvedComponent): Cause[] {
  const { service } = release;
  if (component.source.kind === "chart") return [];
  const needs = serviceFact(service, "needs");
  return [
    ...containersOf(component).flatMap((container) => sizeFacts(release, component, container)),
    ...(["sidecars", "init", "gpu"] as const).map((field) =>
      componentFact(service, component, field),
    ),
    ...countFacts(release, component),
    ...(needs.absent === true || neededConnections(release, component).length > 0 ? [needs] : []),
  ];
}
