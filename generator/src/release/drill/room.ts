/** Room for the largest service the restore drill restores: one after the other, and checked before it is started. */
import type { DrillWork, Release } from "../../model/platform.ts";
import { asksOf } from "../resources/pod-requests.ts";
import { drilledVolumes } from "./volumes.ts";
import { drillStart } from "./start.ts";
import { atLeast, nothing, plus, roomOf, times } from "../resources/amounts.ts";
import type { Room } from "../resources/amounts.ts";

/** What looks at a volume (generator/drill/check-pod.ts). */
const check = roomOf({ cpu: "50m", memory: "256Mi" });
/** What a volume is filled through: Velero's helper has these unless told (pod_volume_restore_action.go). */
const standIn = roomOf({ cpu: "100m", memory: "128Mi" });

/** In: all releases of a cluster. Out: of each resource, the most that the drill of one of them takes. */
export function drillRoom(releases: readonly Release[]): DrillWork["room"] {
  const all = releases.flatMap((release) => [...looking(release), ...running(release)]);
  const { cpu, memory, memoryLimit } = all.map(({ asks }) => asks).reduce(atLeast, nothing);
  return {
    cpu,
    memory,
    memoryLimit,
    pods: all.reduce((most, { pods }) => Math.max(most, pods), 0),
  };
}

interface Asked {
  readonly asks: Room;
  readonly pods: number;
}

function looking(release: Release): Asked[] {
  const volumes = drilledVolumes(release);
  const through = volumes.filter(({ throughPods }) => throughPods !== undefined).length;
  return [
    {
      asks: plus(times(check, volumes.length), times(standIn, through)),
      pods: volumes.length + through,
    },
  ];
}

/** One pod of each workload. */
function running(release: Release): Asked[] {
  const started = drillStart(release)?.workloads.map(({ name }) => name) ?? [];
  const asks = release.service.components.flatMap((component) =>
    started.includes(component.objectName) ? (asksOf(release, component) ?? []) : [],
  );
  return [{ asks: asks.reduce(plus, nothing), pods: asks.length }];
}
