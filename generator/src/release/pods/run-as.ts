/** As whom the pods of a component run. */
import type { ResolvedComponent } from "../../model/platform.ts";

export interface PodUser {
  readonly user: number;
  readonly group: number;
  /** Owns the files of its volumes. */
  readonly files: number;
  readonly groups: number[] | undefined;
}

const usualUser = 1000;

/** In: a component; undefined is like one that says nothing. Out: its user and groups, the usual ones where it does not say them. */
export function podUserOf(component: ResolvedComponent | undefined): PodUser {
  const said = component?.source.kind === "workload" ? component.source.spec.runAs : undefined;
  const { user = usualUser, group = user, files = group, groups } = said ?? {};
  return { user, group, files, groups };
}
