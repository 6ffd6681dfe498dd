/** How much room a namespace needs: while a new version comes in, and with head-room. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import { seconds } from "../model/units.ts";
import { asksOf, podCount, runsEverywhere } from "./asks.ts";
import { isWorkload } from "./components.ts";
import { containersOf } from "./containers.ts";
import { requestsOf, withoutFactor } from "./requests.ts";
import { nothing, plus, roomOf, times } from "./room.ts";
import type { Room } from "./room.ts";
import { updateStrategyOf } from "./update-strategy.ts";

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

/**
 * The least that holds nothing up. A Deployment that rolls may have a quarter more pods, one at least (its maxSurge), and an operator a
 * job beside its pods; what is recreated, a StatefulSet and a DaemonSet end a pod before they make its next one.
 */
export function peakOf(release: Release): NamespaceRoom {
  const shares = sharesOf(release).map(({ component, pods, asks }) => ({
    asks,
    pods: endsFirst(release, component) ? pods : pods + Math.max(1, Math.ceil(pods / 4)),
  }));
  return {
    asks: shares.map(({ asks, pods }) => times(asks, pods)).reduce(plus, nothing),
    pods: shares.reduce((sum, { pods }) => sum + pods, 0),
  };
}

function endsFirst(release: Release, component: ResolvedComponent): boolean {
  if (!isWorkload(component)) return false;
  const kind = component.source.spec.runs?.as ?? "deployment";
  if (kind === "statefulSet" || kind === "daemonSet") return true;
  return kind === "deployment" && updateStrategyOf(release, component).type === "Recreate";
}

/** From one size to the next one it is this much at the most, but for the smallest: the next one to that is the default size. */
const sizeStep = 4;

/**
 * All pods twice, since all may be replaced at once, and an operator may run a job beside each of them. The ones that are replaced may
 * be of the next larger size, and of an environment without a factor: the quota is the new one as soon as their successors come.
 */
export function headRoomOf(release: Release): NamespaceRoom {
  const whole: Release = { ...release, facts: withoutFactor(release.facts) };
  const container = roomOf(requestsOf(whole.facts, {}));
  const shares = sharesOf(whole);
  const restored = { ...nothing, ...roomBeside(release) };
  return {
    asks: shares
      .map(({ component, asks, pods }) => {
        const { devices, ...amounts } = asks;
        const sized = plus(
          times({ ...amounts, devices: {} }, 1 + sizeStep),
          times(container, alongside(component)),
        );
        return times({ ...sized, devices: times({ ...nothing, devices }, 2).devices }, pods);
      })
      .reduce(plus, plus(container, { ...restored, devices: {} })),
    pods: shares.reduce((sum, { pods }) => sum + pods * 2, 1 + (release.drill?.room.pods ?? 0) * 2),
  };
}

/** Pods the restore drill has in its namespace for a while. */
const roomBeside = ({ drill }: Release) =>
  drill === undefined
    ? {}
    : { cpu: drill.room.cpu, memory: drill.room.memory, memoryLimit: drill.room.memoryLimit };

/** Containers of a pod that run at once. */
const alongside = (component: ResolvedComponent) =>
  containersOf(component).filter(({ role }) => role !== "init").length;
