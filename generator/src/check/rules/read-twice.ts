/** Monitors among `objects` that read what `metrics` lets Prometheus read already: every series is there twice, and sums are doubled. */
import { at, list, map, text } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isDerived, ownOf } from "../origin.ts";
import { containersIn, isSelected, podsBeside } from "../pods.ts";
import type { CheckedPod } from "../pods.ts";

/** By kind: the field with its endpoints. */
const kinds = {
  "monitoring.coreos.com/ServiceMonitor": "endpoints",
  "monitoring.coreos.com/PodMonitor": "podMetricsEndpoints",
} as const;

interface Reading {
  readonly object: CheckedObject;
  readonly field: string;
  readonly index: number;
  /** Workload, number of the port, path and query, of each that is read. */
  readonly targets: readonly string[];
}

/** Problems: MANIFEST_READ_TWICE, a warning. Pods of operators are not in the tree, nor are those of a chart without a copy. */
export function readTwice(tree: CheckedTree): Problem[] {
  const monitors = Object.keys(kinds).flatMap((kind) => tree.ofKind(kind));
  const own = monitors.filter((object) => ownOf(object) !== undefined);
  if (own.length === 0) return [];
  const derived = new Set(
    monitors
      .filter(isDerived)
      .flatMap((object) => readingsOf(tree, object))
      .flatMap(({ targets }) => targets),
  );
  return own
    .flatMap((object) => readingsOf(tree, object))
    .filter(({ targets }) => targets.some((target) => derived.has(target)))
    .map(({ object, field, index }) =>
      problemIn(object, {
        code: "MANIFEST_READ_TWICE",
        severity: "warning",
        path: ["spec", field, index],
        field: [],
        message: "Prometheus reads this port already, so every series of it is there twice",
        found: "a port with `metrics`",
        expected: "one monitor for what is read at one path",
        fix: "take the object out, and say under metrics what it says; or leave metrics out",
      }),
    );
}

function readingsOf(tree: CheckedTree, object: CheckedObject): Reading[] {
  const field = Object.entries(kinds).find(([kind]) => kind === object.kind)?.[1] ?? "";
  return list(object.tree, "spec", field).map((endpoint, index) => {
    const path = text(endpoint, "path") ?? "/metrics";
    const port = text(endpoint, "port") ?? at(endpoint, "targetPort") ?? at(endpoint, "portNumber");
    const targets = isAboutItself(object)
      ? portsRead(tree, object, port).map((read) => `${read} ${path} ${queryOf(endpoint)}`)
      : [];
    return { object, field, index, targets };
  });
}

/** One path gives other series for another query, as a prober's does for each of its modules. */
const queryOf = (endpoint: unknown): string =>
  JSON.stringify(Object.entries(map(endpoint, "params")).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** It reads in its own namespace, by labels alone. */
function isAboutItself({ tree, manifest }: CheckedObject): boolean {
  const names = at(tree, "spec", "namespaceSelector", "matchNames");
  return (
    at(tree, "spec", "selector", "matchExpressions") === undefined &&
    (!Array.isArray(names) || names.includes(manifest.namespace))
  );
}

function portsRead(tree: CheckedTree, object: CheckedObject, port: unknown): string[] {
  const selector = map(object.tree, "spec", "selector", "matchLabels");
  const pods = podsBeside(tree, object);
  if (object.kind.endsWith("/PodMonitor"))
    return pods.filter(({ labels }) => isSelected(labels, selector)).flatMap(portOf(port));
  const { release, manifest } = object;
  return tree
    .inNamespace(release.facts.clusterName, "/Service", manifest.namespace)
    .filter((service) => isSelected(map(service.tree, "metadata", "labels"), selector))
    .flatMap((service) => {
      const named = list(service.tree, "spec", "ports").find((one) => text(one, "name") === port);
      const target = named === undefined ? port : (at(named, "targetPort") ?? at(named, "port"));
      const selected = map(service.tree, "spec", "selector");
      return Object.keys(selected).length === 0
        ? []
        : pods.filter(({ labels }) => isSelected(labels, selected)).flatMap(portOf(target));
    });
}

/** The port of a pod by its name or number, as the name of what makes the pod and the number. */
const portOf =
  (port: unknown) =>
  (pod: CheckedPod): string[] =>
    containersIn(pod)
      .flatMap(({ tree }) => list(tree, "ports"))
      .filter((one) => text(one, "name") === port || at(one, "containerPort") === port)
      .map((one) => `${pod.object.kind} ${pod.object.manifest.name} ${at(one, "containerPort")}`);
