/** The pods that rendered objects make. */
import type { CheckedObject, CheckedTree } from "./objects.ts";
import { at, list, map, text } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
import type { Tree } from "../model/data.ts";

export interface CheckedPod {
  readonly object: CheckedObject;
  readonly spec: Tree;
  /** Path of the spec in its object. */
  readonly path: Keys;
  readonly labels: Tree;
  readonly annotations: Tree;
  /** Pods of these run until somebody stops them. */
  readonly keepsRunning: boolean;
}

export interface Container {
  readonly name: string;
  readonly tree: Tree;
  readonly path: Keys;
  /** A container that ends before the others start; one that restarts always is a sidecar and no init container. */
  readonly isInit: boolean;
}

const template = ["spec", "template"] as const;
const makers: Readonly<Record<string, { readonly path: Keys; readonly keepsRunning: boolean }>> = {
  "apps/Deployment": { path: template, keepsRunning: true },
  "apps/StatefulSet": { path: template, keepsRunning: true },
  "apps/DaemonSet": { path: template, keepsRunning: true },
  "apps/ReplicaSet": { path: template, keepsRunning: true },
  "/ReplicationController": { path: template, keepsRunning: true },
  "batch/Job": { path: template, keepsRunning: false },
  "batch/CronJob": { path: ["spec", "jobTemplate", "spec", "template"], keepsRunning: false },
  "/Pod": { path: [], keepsRunning: true },
};

/** Kinds whose objects make pods. */
export const podMakers: readonly string[] = Object.keys(makers);

/** All pods of all objects. */
export function podsOf(tree: CheckedTree): CheckedPod[] {
  return podMakers.flatMap((kind) => tree.ofKind(kind).flatMap((object) => podOf(object) ?? []));
}

/** The pods of the namespace an object is in. */
export function podsBeside(tree: CheckedTree, { release, manifest }: CheckedObject): CheckedPod[] {
  return podMakers
    .flatMap((kind) => tree.inNamespace(release.facts.clusterName, kind, manifest.namespace))
    .flatMap((object) => podOf(object) ?? []);
}

/** The pod an object makes; undefined for kinds that make none. */
export function podOf(object: CheckedObject): CheckedPod | undefined {
  const maker = makers[object.kind];
  if (maker === undefined) return undefined;
  const path = [...maker.path, "spec"];
  return {
    object,
    spec: map(object.tree, ...path),
    path,
    labels: map(object.tree, ...maker.path, "metadata", "labels"),
    annotations: map(object.tree, ...maker.path, "metadata", "annotations"),
    keepsRunning: maker.keepsRunning,
  };
}

/** All containers of a pod, the main ones first. */
export function containersIn(pod: CheckedPod): Container[] {
  return (["containers", "initContainers"] as const).flatMap((field) =>
    list(pod.spec, field).map((tree, index): Container => ({
      name: text(tree, "name") ?? "",
      tree: map(tree),
      path: [...pod.path, field, index],
      isInit: field === "initContainers" && at(tree, "restartPolicy") !== "Always",
    })),
  );
}

/** Whether labels are all that a selector asks for. */
export const isSelected = (labels: Tree, selector: Tree): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);
