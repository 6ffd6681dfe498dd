/** Ports that are named: by probes in their own container, by Services in the pods they select, by monitors in Services. */
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import { containerKeys, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isSelected, containersIn, podMakers, podOf, podsBeside } from "../pods.ts";
import type { Container, CheckedPod } from "../pods.ts";
import { at, list, map, text } from "../../model/reading.ts";

/** Problems: MANIFEST_DANGLING_REFERENCE for ports, and for a Service that selects no pod. */
export function unknownPorts(tree: CheckedTree): Problem[] {
  return [
    ...podMakers.flatMap((kind) => tree.ofKind(kind)).flatMap((object) => ofProbes(podOf(object))),
    ...tree.ofKind("/Service").flatMap((object) => ofService(tree, object)),
    ...tree
      .ofKind("monitoring.coreos.com/ServiceMonitor")
      .flatMap((object) => ofMonitor(tree, object)),
  ];
}

function ofProbes(pod: CheckedPod | undefined): Problem[] {
  if (pod === undefined) return [];
  return containersIn(pod).flatMap((container) =>
    ["startupProbe", "readinessProbe", "livenessProbe"].flatMap((probe) =>
      ["httpGet", "tcpSocket"].flatMap((way) => {
        const port = at(container.tree, probe, way, "port");
        const valid = portNames(container);
        if (typeof port !== "string" || valid.includes(port)) return [];
        return [
          problemIn(pod.object, {
            code: "MANIFEST_DANGLING_REFERENCE",
            path: [...container.path, probe, way, "port"],
            field: [...containerKeys(pod.object, container.name), "health", "port"],
            message: `the ${probe} of container ${container.name} asks port \`${port}\`, which it does not have`,
            ...choice(port, valid, "add it to ports"),
          }),
        ];
      }),
    ),
  );
}

const portNames = (container: Container): string[] =>
  list(container.tree, "ports").flatMap((port) => text(port, "name") ?? []);

/** A Service without a selector gets its endpoints elsewhere; pods of charts and operators are not in the tree. */
function ofService(tree: CheckedTree, object: CheckedObject): Problem[] {
  const selector = map(object.tree, "spec", "selector");
  if (Object.keys(selector).length === 0) return [];
  const pods = podsBeside(tree, object).filter(({ labels }) => isSelected(labels, selector));
  const { service } = object.release;
  if (pods.length === 0) {
    if (service.kind === "chart" || Object.keys(selector).some((key) => key.startsWith("cnpg.io/")))
      return [];
    return [
      problemIn(object, {
        code: "MANIFEST_DANGLING_REFERENCE",
        path: ["spec", "selector"],
        field: [],
        message: "it selects no pod",
        found: JSON.stringify(selector),
        expected: "labels of a pod in its namespace",
        fix: "mend the selector, or remove the Service",
      }),
    ];
  }
  const valid = new Set(pods.flatMap((pod) => containersIn(pod).flatMap(portNames)));
  return list(object.tree, "spec", "ports").flatMap((port, index) => {
    const target = at(port, "targetPort");
    if (typeof target !== "string" || valid.has(target)) return [];
    return [
      problemIn(object, {
        code: "MANIFEST_DANGLING_REFERENCE",
        path: ["spec", "ports", index, "targetPort"],
        field: ["ports"],
        message: `no pod it selects has a port \`${target}\``,
        ...choice(target, [...valid], "add it to ports"),
      }),
    ];
  });
}

function ofMonitor(tree: CheckedTree, object: CheckedObject): Problem[] {
  const selector = map(object.tree, "spec", "selector", "matchLabels");
  const { release, manifest } = object;
  // One that looks into other namespaces is for what is not here.
  if (
    at(object.tree, "spec", "namespaceSelector") !== undefined ||
    release.service.kind === "chart"
  )
    return [];
  const services = tree
    .inNamespace(release.facts.clusterName, "/Service", manifest.namespace)
    .filter((service) => isSelected(map(service.tree, "metadata", "labels"), selector));
  const valid = [
    ...new Set(
      services.flatMap((service) =>
        list(service.tree, "spec", "ports").flatMap((port) => text(port, "name") ?? []),
      ),
    ),
  ];
  return list(object.tree, "spec", "endpoints").flatMap((endpoint, index) => {
    const port = text(endpoint, "port");
    if (port === undefined || valid.includes(port)) return [];
    return [
      problemIn(object, {
        code: "MANIFEST_DANGLING_REFERENCE",
        path: ["spec", "endpoints", index, "port"],
        field: ["metrics", "port"],
        message:
          services.length === 0
            ? "it selects no Service"
            : `no Service it selects has a port \`${port}\``,
        ...choice(port, valid, "name a port of the Service"),
      }),
    ];
  });
}
