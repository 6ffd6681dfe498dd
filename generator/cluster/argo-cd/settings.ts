/** What Argo CD finds before anything of the environment is there: objects in its namespace, variables of its controller. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Release } from "../../src/model/platform.ts";
import type { KubernetesObject } from "../api.ts";

const namespace = "argocd";
const labels = { "app.kubernetes.io/part-of": "argocd" };

/** What a proof wants otherwise than it is shipped, to show that the shipped is needed. */
export interface ArgoCdOverrides {
  /** Of `argocd-cm`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Environment variables of the application controller. */
  readonly controller?: Readonly<Record<string, string>>;
}

/**
 * In: the folder of Argo CD's module, the release of the service `argo-cd`, whose values its chart would make these
 * settings of, and settings over them. Out: objects, in the order to apply them.
 */
export function argoCdObjects(
  module: string,
  release: Release,
  { settings }: ArgoCdOverrides = {},
): KubernetesObject[] {
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "argocd-cm", namespace, labels },
      data: { ...chartDefaults(module), ...settingsOf(release, "cm"), ...settings },
    },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "argocd-secret", namespace, labels },
      stringData: { "server.secretkey": "of no use elsewhere" },
    },
    // argocd-server makes it in a real cluster.
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "default", namespace },
      spec: { sourceRepos: [], destinations: [] },
    },
  ];
}

/** Variables of the application controller, by the key of the chart's values that its chart would make them of. */
const variables = {
  ARGOCD_RECONCILIATION_TIMEOUT: ["cm", "timeout.reconciliation"],
  ARGOCD_APPLICATION_CONTROLLER_SYNC_TIMEOUT: ["params", "controller.sync.timeout.seconds"],
} as const;

/** In: as above. Out: environment variables of the application controller; one that the values do not say is left out. */
export function controllerVariables(
  release: Release,
  { controller }: ArgoCdOverrides = {},
): Record<string, string> {
  const said = Object.entries(variables).flatMap(([variable, [map, key]]) => {
    const value = settingsOf(release, map)[key];
    return value === undefined ? [] : [[variable, value]];
  });
  return { ...Object.fromEntries(said), ...controller };
}

/** What its manifests set, and its chart likewise: mostly which events are of no interest. */
function chartDefaults(module: string): Record<string, string> {
  const file = join(module, "manifests/base/config/argocd-cm.yaml");
  const map = parse(readFileSync(file, "utf8")) as { readonly data?: Record<string, string> };
  return map.data ?? {};
}

/** Of `configs` in its values: `cm` becomes `argocd-cm`, `params` becomes `argocd-cmd-params-cm`. */
function settingsOf({ service }: Release, map: "cm" | "params"): Record<string, string> {
  if (service.kind !== "chart") return {};
  const values = service.spec.chart.values as
    | { readonly configs?: Readonly<Partial<Record<typeof map, Record<string, unknown>>>> }
    | undefined;
  const entries = Object.entries(values?.configs?.[map] ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
