/** How many pods a component has, and what each of them asks for. */
import type { Component } from "../../model/component.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { isWorkload, kindThatEnds } from "../components.ts";
import { containersOf, startsAfterInit } from "../containers.ts";
import type { AuthoredContainer } from "../containers.ts";
import { neededConnections } from "../layers.ts";
import { instancesOf, replicasOf, scaleOf } from "../pods/replicas.ts";
import { requestsOf, waitRequests } from "./container-requests.ts";
import { atLeast, nothing, plus, roomOf, sum } from "./amounts.ts";
import type { Room } from "./amounts.ts";

/** What a pod asks for: its containers together, or what one that runs before asks beside the sidecars that have started, if that is more. */
export function asksOf(release: Release, component: ResolvedComponent): Room | undefined {
  const { source } = component;
  if (source.kind === "chart")
    return source.spec.requests === undefined ? undefined : roomOf(source.spec.requests);
  const asks = (wanted: (container: AuthoredContainer) => boolean) =>
    containersOf(component)
      .filter(wanted)
      .map(({ spec }) => roomOf(requestsOf(release.facts, spec)));
  const waits = neededConnections(release, component).length > 0 ? [roomOf(waitRequests)] : [];
  const started = sum(asks((one) => one.role === "sidecar" && !startsAfterInit(one)));
  const before = [...asks(({ role }) => role === "init"), ...waits].map((one) =>
    plus(one, started),
  );
  const together = sum(asks(({ role }) => role !== "init"));
  return before.reduce(atLeast, plus(together, gpuOf(source.spec)));
}

/** Whether waiting for other services asks for more than the pod does. */
export function waitsForMore(release: Release, component: ResolvedComponent): boolean {
  const main = containersOf(component).find(({ role }) => role === "main");
  if (main === undefined || neededConnections(release, component).length === 0) return false;
  const own = roomOf(requestsOf(release.facts, main.spec));
  const wait = roomOf(waitRequests);
  return wait.cpu > own.cpu || wait.memory > own.memory;
}

function gpuOf({ gpu }: Pick<Component, "gpu">): Room {
  if (gpu === undefined) return nothing;
  const device = "plugin" in gpu ? gpu.plugin : deviceOfClass(gpu.claim);
  return { ...nothing, devices: { [device]: gpu.count ?? 1 } };
}

/** Whether it is a DaemonSet. */
export const runsEverywhere = ({ source }: ResolvedComponent): boolean =>
  source.kind === "chart" ? source.spec.everyNode === true : source.spec.runs?.as === "daemonSet";

/** Pods at the most: an autoscaler at its upper end, a job while it runs. */
export function podCount(release: Release, component: ResolvedComponent): number {
  const { source } = component;
  if (source.kind === "chart") return source.spec.replicas ?? 1;
  const { runs } = source.spec;
  if (runs?.as === "postgresCluster") return instancesOf(release, runs);
  if (!isWorkload(component) || kindThatEnds(component) !== undefined) return 1;
  return replicasOf(release, component) ?? scaleOf(release, component)?.max ?? 0;
}

const ofClass = "deviceclass/";

/** The name under which devices of a DeviceClass are counted; no plugin's resource is called so. */
export const deviceOfClass = (name: string) => `${ofClass}${name}`;

/** The DeviceClass whose devices are counted under a name; undefined for a plugin's resource. */
export const classOfDevice = (device: string): string | undefined =>
  device.startsWith(ofClass) ? device.slice(ofClass.length) : undefined;
