/**
 * Charts in place of those of registries, which the local cluster cannot reach: each brings the pods its service
 * declares of the real one, and the real definitions. Helm itself packs and indexes them.
 */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import { nameOfChart, upstreamChart, type UpstreamChart } from "../../src/release/chart.ts";
import { priorityClassName } from "../../src/model/names.ts";
import type { Release, ResolvedComponent } from "../../src/model/platform.ts";
import type { KubernetesObject } from "../api.ts";
import type { Definition } from "../definitions.ts";

/** API groups whose definitions a chart brings, by its name; the definitions themselves are the pinned ones. */
const broughtBy: Readonly<Record<string, readonly string[]>> = {
  "argo-cd": ["argoproj.io"],
  "cert-manager": ["cert-manager.io", "acme.cert-manager.io"],
  "cloudnative-pg": ["postgresql.cnpg.io"],
  "external-dns": ["externaldns.k8s.io"],
  "external-secrets": ["external-secrets.io", "generators.external-secrets.io"],
  "gateway-helm": ["gateway.networking.k8s.io", "gateway.envoyproxy.io"],
  "kube-prometheus-stack": ["monitoring.coreos.com"],
  metallb: ["metallb.io"],
  velero: ["velero.io"],
};

export interface StandInContent {
  readonly releases: readonly Release[];
  /** Of which each chart brings those of its groups. */
  readonly definitions: readonly Definition[];
}

interface StandIn {
  readonly service: string;
  readonly chart: UpstreamChart;
}

/** Releases of an environment whose chart Argo CD fetches. */
function fetchedCharts(releases: readonly Release[]): (StandIn & { readonly release: Release })[] {
  return releases.flatMap((release) => {
    const chart = upstreamChart(release);
    return chart === undefined || chart.archive !== undefined
      ? []
      : [{ release, chart, service: release.service.name }];
  });
}

/**
 * Writes a chart repository. In: Helm, where it will be served, and what is in the charts.
 * Out: nothing; the folder holds `index.yaml` and a package for each chart.
 */
export async function writeStandIns(
  helm: string,
  folder: string,
  url: string,
  { releases, definitions }: StandInContent,
): Promise<void> {
  const sources = join(folder, "..", "chart-sources");
  mkdirSync(folder, { recursive: true });
  const made = fetchedCharts(releases).map(({ release, chart }) =>
    writeChart(sources, release, chart, definitions),
  );
  for (const source of made) await execa(helm, ["package", source, "--destination", folder]);
  await execa(helm, ["repo", "index", folder, "--url", url]);
}

function writeChart(
  sources: string,
  release: Release,
  chart: UpstreamChart,
  definitions: readonly Definition[],
): string {
  const name = nameOfChart(chart.from);
  const folder = join(sources, name);
  mkdirSync(join(folder, "templates"), { recursive: true });
  writeFileSync(
    join(folder, "Chart.yaml"),
    stringify({ apiVersion: "v2", name, version: chart.version }),
  );
  const objects = standInObjects(release);
  // Nothing of it is a template; what looks like one stays as it is.
  const text = objects
    .map((object) => stringify(object))
    .join("---\n")
    .replaceAll("{{", '{{ "{{" }}');
  writeFileSync(join(folder, "templates/objects.yaml"), text);
  mkdirSync(join(folder, "crds"), { recursive: true });
  for (const { file, group } of definitions)
    if (broughtBy[name]?.includes(group)) copyFileSync(file, join(folder, "crds", basename(file)));
  return folder;
}

/** What stands in for a chart: workloads and Services. */
export const standInObjects = (release: Release): KubernetesObject[] =>
  release.service.components.flatMap((component) => objectsOf(release, component));

/** A workload with the pods a component is said to have, and a Service of its name for its ports. */
function objectsOf({ service }: Release, component: ResolvedComponent): KubernetesObject[] {
  const { source, podLabels, ports, objectName } = component;
  if (source.kind !== "chart" || Object.keys(podLabels).length === 0) return [];
  const metadata = { name: objectName, namespace: service.namespace };
  const spec = {
    selector: { matchLabels: podLabels },
    template: { metadata: { labels: podLabels }, spec: podSpec(component, service.tier) },
  };
  const workload = source.spec.everyNode
    ? { kind: "DaemonSet", spec }
    : { kind: "Deployment", spec: { ...spec, replicas: source.spec.replicas ?? 1 } };
  const servicePorts = ports.map(({ containerName, number, protocol }) => ({
    name: containerName,
    port: number,
    targetPort: number,
    protocol,
  }));
  return [
    { apiVersion: "apps/v1", metadata, ...workload },
    ...(servicePorts.length === 0
      ? []
      : [
          {
            apiVersion: "v1",
            kind: "Service",
            metadata,
            spec: { selector: podLabels, ports: servicePorts },
          },
        ]),
  ];
}

function podSpec({ source, ports, hostNetwork }: ResolvedComponent, tier: string): object {
  const spec = source.kind === "chart" ? source.spec : undefined;
  return {
    priorityClassName: priorityClassName(tier),
    ...(hostNetwork && { hostNetwork: true }),
    tolerations: Object.entries(spec?.tolerates ?? {}).map(([key, effect]) => ({
      key,
      operator: "Exists",
      ...(effect !== "any" && { effect }),
    })),
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_534,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "stand-in",
        image: "registry.invalid/stand-in:1.0.0",
        ports: ports.map(({ containerName, number, protocol }) => ({
          name: containerName,
          containerPort: number,
          protocol,
        })),
        resources: { requests: spec?.requests ?? {} },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
  };
}
