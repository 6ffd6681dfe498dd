/** What a component is. */
import type { Component } from "../model/component.ts";
import type { ResolvedComponent } from "../model/platform.ts";
import { isPostgresCluster } from "./postgres.ts";

/** Components RZP makes a Service for: CloudNativePG and upstream charts bring their own. */
export function hasService(component: ResolvedComponent): boolean {
  return isWorkload(component) && component.ports.length > 0;
}

/** A component whose pods the library renders. */
export type WorkloadComponent = ResolvedComponent & {
  readonly source: {
    readonly kind: "workload";
    readonly spec: Omit<Component, "runs"> & { readonly runs?: WorkloadRuns | undefined };
  };
};

/** How it runs. */
export type WorkloadRuns = Exclude<NonNullable<Component["runs"]>, { as: "postgresCluster" }>;

/** Whether the library renders the pods of a component; those of charts and of database clusters it does not. */
export function isWorkload(component: ResolvedComponent): component is WorkloadComponent {
  return component.source.kind === "workload" && !isPostgresCluster(component);
}

/** The kind of a component whose pods end by themselves; undefined where they keep running. */
export function kindThatEnds({ source }: ResolvedComponent): "schedule" | "job" | undefined {
  if (source.kind !== "workload") return undefined;
  const kind = source.spec.runs?.as;
  return kind === "schedule" || kind === "job" ? kind : undefined;
}

/** Whether a component that logs in is unhealthy until the other one is there. A schedule is not: it has no pod until its time. */
export const waitsForLogins = (component: ResolvedComponent): boolean =>
  kindThatEnds(component) !== "schedule";
