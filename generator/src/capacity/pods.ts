/** Releases -> the pods they ask for: workloads, database instances, and pods of charts as far as they are said. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { Component } from "../model/component.ts";
import { storagePurpose } from "../model/storage-purpose.ts";
import { asksOf, podCount, runsEverywhere } from "../release/resources/pod-requests.ts";
import { isClaim, templatedVolumes } from "../release/claims.ts";
import { containersOf, mountedNames } from "../release/containers.ts";
import { hostPortsOf } from "../release/pods/host-ports.ts";
import { neighboursOf } from "../release/pods/same-node.ts";
import { nodeLabels, spreadOf } from "../release/pods/placement.ts";
import { isStopped } from "../release/pods/replicas.ts";
import { containerDefaults, withoutFactor } from "../release/resources/container-requests.ts";
import { roomOf } from "../release/resources/amounts.ts";
import { objectsWithPods } from "../release/resources/unknown-pods.ts";
import { passesStatic } from "./filters.ts";
import type { BoundVolume, Node, Pod, PodSet } from "./model.ts";

/** Pods of a release, and what has pods of which nobody says how many they are. */
export interface AskedPods {
  readonly pods: readonly Pod[];
  readonly unknown: readonly string[];
  /** Components of charts that do not say it: counted by what the namespace gives one container. */
  readonly assumed: readonly string[];
}

/** In: a release, and the nodes of its cluster: a DaemonSet has a pod on each that takes it. Out: its pods; none while it is stopped. */
export function podsOf(release: Release, nodes: readonly Node[]): AskedPods {
  const { components, namespace } = release.service;
  return {
    pods: components.flatMap((component) =>
      podsOfSet(release, component, setOf(release, component), nodes),
    ),
    unknown: objectsOf(release).map((name) => `${namespace}/objects.${name}`),
    assumed: components
      .filter((component) => asksOf(release, component) === undefined)
      .map((component) => nameOf(release, component)),
  };
}

/** Objects beside a chart configure it; what operators make of them is said as components. */
const objectsOf = ({ service }: Release) =>
  service.kind === "chart" ? [] : objectsWithPods(service);

const nameOf = ({ service }: Release, { objectName }: ResolvedComponent) =>
  `${service.namespace}/${objectName}`;

function setOf(release: Release, component: ResolvedComponent): PodSet {
  const { service, facts } = release;
  // The LimitRange of the namespace gives it to each container that says nothing; a pod has one at least.
  const asks = asksOf(release, component) ?? roomOf(containerDefaults(release));
  const { source } = component;
  const spec: Pick<Component, "placement" | "priority"> =
    source.kind === "chart" ? { placement: { tolerates: source.spec.tolerates } } : source.spec;
  const others = (names: readonly string[] = []) =>
    service.components
      .filter(({ name }) => names.includes(name))
      .map((one) => nameOf(release, one));
  return {
    name: nameOf(release, component),
    asks,
    priority: systemPriorities[spec.priority ?? ""] ?? facts.tiers[service.tier]?.priority ?? 0,
    nodes: nodeLabels(spec),
    tolerates: spec.placement?.tolerates ?? {},
    spread: spreadOfPods(component),
    apartFrom: others(spec.placement?.apartFrom),
    together: others(neighboursOf(release, component).together),
    hostPorts: hostPortsOf(component),
    origin: {
      environment: facts.name,
      service: service.name,
      file: service.file,
      keys: component.path,
      sizedBy: sizedBy(component),
      ...scaled(release, component),
    },
  };
}

function scaled(release: Release, component: ResolvedComponent): Pick<PodSet["origin"], "scaled"> {
  const by = release.facts.environment.requests ?? 1;
  if (by === 1 || component.source.kind === "chart") return {};
  const whole = asksOf({ ...release, facts: withoutFactor(release.facts) }, component);
  return whole === undefined ? {} : { scaled: { by, whole } };
}

function sizedBy({ source }: ResolvedComponent): PodSet["origin"]["sizedBy"] {
  if (source.kind === "chart") return source.spec.requests === undefined ? undefined : "requests";
  if (source.spec.resources !== undefined) return "resources";
  return source.spec.size === undefined ? undefined : "size";
}

/** Classes every cluster has (Kubernetes, "Guaranteed Scheduling For Critical Add-On Pods"). */
const systemPriorities: Readonly<Record<string, number>> = {
  "system-cluster-critical": 2_000_000_000,
  "system-node-critical": 2_000_001_000,
};

/** CloudNativePG spreads its instances over hosts by itself, and most charts say nothing. */
function spreadOfPods({ source }: ResolvedComponent): PodSet["spread"] {
  if (source.kind === "chart") return undefined;
  const { runs, placement } = source.spec;
  return runs?.as === "postgresCluster" && placement?.spread === undefined
    ? "hosts"
    : spreadOf(source.spec);
}

function podsOfSet(
  release: Release,
  component: ResolvedComponent,
  set: PodSet,
  nodes: readonly Node[],
): Pod[] {
  if (isStopped(release)) return [];
  if (runsEverywhere(component))
    return nodes.flatMap((node) => {
      const pod = { name: `${set.name}@${node.name}`, set, node: node.name, volumes: [] };
      return passesStatic(pod, node) ? [pod] : [];
    });
  const count = podCount(release, component);
  return Array.from({ length: count }, (_, index) => ({
    name: count === 1 ? set.name : `${set.name}-${index}`,
    set,
    node: undefined,
    volumes: boundVolumes(release, component, index),
  }));
}

/** Claims of a pod that do not reach every node. */
function boundVolumes(
  release: Release,
  component: ResolvedComponent,
  index: number,
): BoundVolume[] {
  const { service, facts } = release;
  const { storageReach = {} } = facts.cluster;
  if (component.source.kind === "chart" || Object.keys(storageReach).length === 0) return [];
  const mounted = mountedNames(containersOf(component));
  const own = templatedVolumes(release, component);
  return service.volumes.flatMap(({ name, volume }) => {
    if (!isClaim(volume) || !(mounted.has(name) || own.has(name))) return [];
    const reach = storageReach[storagePurpose(volume)];
    const claim = `${service.namespace}/${name}${own.has(name) ? `/${component.name}-${index}` : ""}`;
    return reach === undefined ? [] : [{ claim, reach }];
  });
}
