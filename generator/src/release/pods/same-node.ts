/** On whose node the pods of a component must be. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { oneWriterClaims } from "../claims.ts";
import { kindThatEnds } from "../components.ts";

export interface SameNode {
  /** Components of the service that share a node with it. */
  readonly together: readonly string[];
  /** Claims only one node may write to, for which that is so; none where it is said. */
  readonly volumes: readonly string[];
}

/**
 * `placement.together` goes first. Otherwise all components that mount a claim with one writer follow one of them to its node: the
 * first that keeps running and follows nobody itself, since two that wait for each other never start. All follow the same one: the
 * scheduler looks for a single pod that matches all that a pod wants beside it.
 */
export function neighboursOf(release: Release, component: ResolvedComponent): SameNode {
  if (component.source.kind === "chart") return { together: [], volumes: [] };
  const said = component.source.spec.placement?.together;
  if (said !== undefined) return { together: said, volumes: [] };
  const mine = sharedClaims(release, component);
  const group = mine.length === 0 ? [] : groupOf(release, component);
  const first = group.find(staysAndWaitsForNobody);
  if (first === undefined || first === component) return { together: [], volumes: [] };
  const others = new Set(
    group.filter((one) => one !== component).flatMap((one) => sharedClaims(release, one)),
  );
  return { together: [first.name], volumes: mine.filter((name) => others.has(name)) };
}

/** A DaemonSet is on every node, whoever else is. */
function sharedClaims(release: Release, component: ResolvedComponent): string[] {
  const { source } = component;
  if (source.kind === "chart" || source.spec.runs?.as === "daemonSet") return [];
  return oneWriterClaims(release, component);
}

/** All that share a claim with it, or with one that does, in the order of the service. */
function groupOf(release: Release, component: ResolvedComponent): ResolvedComponent[] {
  const claims = new Set(sharedClaims(release, component));
  const joins = (one: ResolvedComponent) =>
    sharedClaims(release, one).some((name) => claims.has(name));
  for (let size = 0; size < claims.size;) {
    size = claims.size;
    for (const one of release.service.components.filter(joins))
      for (const name of sharedClaims(release, one)) claims.add(name);
  }
  return release.service.components.filter(joins);
}

function staysAndWaitsForNobody(component: ResolvedComponent): boolean {
  const { source } = component;
  if (source.kind === "chart" || source.spec.placement?.together !== undefined) return false;
  return kindThatEnds(component) === undefined;
}
