/** Labels and ports a service says of its chart's pods: policies and metrics go by them, and a wrong one meets nobody. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { CheckedTree } from "../objects.ts";
import { containersIn, podsOf } from "../pods.ts";
import type { CheckedPod } from "../pods.ts";
import { at, list, text } from "../../model/reading.ts";

/** Problems: MANIFEST_PODS_UNMATCHED, of vendored charts: what others bring is not known. */
export function podsUnmatched(tree: CheckedTree): Problem[] {
  const releases = new Set(
    tree.objects.filter(({ manifest }) => manifest.vendored === true).map(({ release }) => release),
  );
  const pods = Map.groupBy(
    podsOf(tree).filter(({ object }) => object.manifest.vendored === true),
    ({ object }) => object.release,
  );
  return [...releases].flatMap((release) => {
    // Policies are in the service's namespace and see no pod elsewhere.
    const own = (pods.get(release) ?? []).filter(
      ({ object }) => object.manifest.namespace === release.service.namespace,
    );
    return release.service.components.flatMap((component) => check(release, component, own));
  });
}

function check(
  release: Release,
  component: ResolvedComponent,
  pods: readonly CheckedPod[],
): Problem[] {
  if (component.source.kind !== "chart" || component.source.spec.rendered !== undefined) return [];
  const matched = pods.filter(({ labels }) =>
    Object.entries(component.podLabels).every(([key, value]) => labels[key] === value),
  );
  return matched.length === 0
    ? [noPod(release, component, pods)]
    : component.ports.flatMap((_, index) =>
        checkPort({ release, component, pods: matched }, index),
      );
}

function noPod(
  { service, facts }: Release,
  component: ResolvedComponent,
  pods: readonly CheckedPod[],
): Problem {
  return problemAt(
    "MANIFEST_PODS_UNMATCHED",
    service.file,
    [...component.path, "pods"],
    {
      message: `no pod of the chart has the labels of component \`${component.name}\``,
      found: JSON.stringify(component.podLabels),
      expected:
        pods.length === 0
          ? `labels of a pod in ${service.namespace}; the chart renders none`
          : `labels of one of: ${pods.map(inWords).join("; ")}`,
      fix: 'take labels from there; for pods that a controller makes: rendered: because(false, "say why here")',
    },
    facts.name,
  );
}

const inWords = ({ object, labels }: CheckedPod) =>
  `${object.manifest.kind} ${object.manifest.name} ${JSON.stringify(labels)}`;

interface Site {
  readonly release: Release;
  readonly component: ResolvedComponent;
  readonly pods: readonly CheckedPod[];
}

interface ContainerPort {
  readonly name: string | undefined;
  readonly number: unknown;
  readonly protocol: string;
}

function checkPort({ release, component, pods }: Site, index: number): Problem[] {
  const port = component.ports[index];
  const there = pods.flatMap((pod) =>
    containersIn(pod).flatMap(({ tree }) => list(tree, "ports").map(containerPort)),
  );
  // Ports of a pod are advice (Kubernetes, "containerPort"): one that lists none is taken at our word.
  if (port === undefined || there.length === 0) return [];
  const report = (message: string, found: string, fix: string) =>
    problemAt(
      "MANIFEST_PODS_UNMATCHED",
      release.service.file,
      [...component.path, "ports", port.name],
      {
        message,
        found,
        fix,
        expected: `one of: ${there.map(({ name, number, protocol }) => `${name === undefined ? "" : `${name} `}${String(number)}/${protocol}`).join(", ")}`,
      },
      release.facts.name,
    );
  const same = there.filter(
    ({ number, protocol }) => number === port.number && protocol === port.protocol,
  );
  if (same.length === 0)
    return [
      report(
        `no pod of component \`${component.name}\` has port ${port.number}`,
        String(port.number),
        "take the number from there, or change it in chart.values",
      ),
    ];
  const { metrics } = component.source.spec;
  const scraped = metrics !== undefined && "port" in metrics ? [metrics.port].flat() : [];
  const isScraped = scraped.includes(port.name);
  if (!isScraped || same.some(({ name }) => name === port.containerName)) return [];
  return [
    report(
      `metrics are read at a port by its name, and no pod of component \`${component.name}\` calls ${port.number} \`${port.containerName}\``,
      JSON.stringify(port.name),
      "name the port as the pod does",
    ),
  ];
}

function containerPort(port: unknown): ContainerPort {
  return {
    name: text(port, "name"),
    number: at(port, "containerPort"),
    protocol: text(port, "protocol") ?? "TCP",
  };
}
