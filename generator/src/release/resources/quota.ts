/** How much room a namespace needs: while a new version comes in, and with head-room. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { seconds } from "../../model/units.ts";
import { asksOf, podCount, runsEverywhere } from "./pod-requests.ts";
import { isWorkload } from "../components.ts";
import { containersOf } from "../containers.ts";
import { requestsOf, withoutFactor } from "./container-requests.ts";
import { nothing, plus, roomOf, times } from "./amounts.ts";
import type { Room } from "./amounts.ts";
import { updateStrategyOf } from "../pods/update-strategy.ts";
import { isStopped } from "../pods/replicas.ts";

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
  if (isStopped(release) || release.service.kind === "chart") return [];
  return release.service.components.flatMap((component) => {
    const asks = asksOf(release, component);
    return asks === undefined ? [] : [{ component, pods: podsAtOnce(release, component), asks }];
  });
}

/** Runs of a schedule that may overlap: cron starts one a minute at the most, until the first has ended. */
function podsAtOnce(release: Release, component: ResolvedComponent): number {
  if (runsEverywhere(component))
    return Math.max(1, Object.keys(release.facts.cluster.nodes).length);
  const runs = component.source.kind === "workload" ? component.source.spec.runs : undefined;
  return runs?.as === "schedule" && runs.overlap === "allow"
    ? Math.ceil(seconds(runs.endsWithin) / 60) + 1
    : podCount(release, component);
}

/**
 * The least room in which no update waits. A Deployment that rolls may have a quarter more pods while it does, and one more at least
 * (its maxSurge); an operator may run a job beside the pods it makes. A StatefulSet, a DaemonSet and a Deployment that is recreated
 * end a pod before they make the next, so they need no more.
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

/** A size asks for this many times the one before it, at the most. From `tiny` it is more; that is made up for by room for containers of the default size, the one after `tiny`. */
const sizeStep = 4;

/**
 * Each pod twice, since all may be replaced at once, and an operator may run a job beside each. When a service is made smaller, its
 * quota becomes smaller before its old pods have gone: so they may be one size larger, and of an environment without a factor.
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
