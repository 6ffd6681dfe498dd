/** How much room a namespace needs: while a new version comes in, and with head-room. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import { seconds } from "../model/units.ts";
import { asksOf, podCount, runsEverywhere } from "./asks.ts";
import { nothing, plus, times } from "./room.ts";
import type { Room } from "./room.ts";

/** Pods of a component, and what each asks for. */
export interface Share {
  readonly component: ResolvedComponent;
  readonly pods: number;
  readonly asks: Room;
}

export interface NamespaceRoom {
  readonly asks: Room;
  readonly pods: number;
}

/** What the components RZP renders ask for; none while the service is stopped. Charts bring pods nobody here knows. */
export function sharesOf(release: Release): Share[] {
  if (release.service.spec.stopped === true || release.service.kind === "chart") return [];
  return release.service.components.flatMap((component) => {
    const asks = asksOf(release, component);
    return asks === undefined ? [] : [{ component, pods: podsAtOnce(release, component), asks }];
  });
}

/** A job that may overlap starts once a minute at most (cron), until the first has ended. */
function podsAtOnce(release: Release, component: ResolvedComponent): number {
  if (runsEverywhere(component))
    return Math.max(1, Object.keys(release.facts.cluster.nodes).length);
  const runs = component.source.kind === "workload" ? component.source.spec.runs : undefined;
  return runs?.as === "schedule" && runs.overlap === "allow"
    ? Math.ceil(seconds(runs.endsWithin) / 60) + 1
    : podCount(release, component);
}

/** The least that holds nothing up: a quarter more pods, one at least (maxSurge of a Deployment), since one that is replaced may be there twice. */
export const peakOf = (release: Release): NamespaceRoom =>
  roomFor(sharesOf(release), (pods) => pods + Math.max(1, Math.ceil(pods / 4)));

/** Twice everything: all pods may be replaced at once, and an operator may run a job beside each of them. */
export const headRoomOf = (release: Release): NamespaceRoom =>
  roomFor(sharesOf(release), (pods) => pods * 2);

function roomFor(shares: readonly Share[], most: (pods: number) => number): NamespaceRoom {
  return {
    asks: shares.map(({ asks, pods }) => times(asks, most(pods))).reduce(plus, nothing),
    pods: shares.reduce((sum, { pods }) => sum + most(pods), 0),
  };
}
