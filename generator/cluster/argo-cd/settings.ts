/** What Argo CD finds in its namespace before anything of the environment is there: its own definitions and settings. */
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
      data: { ...chartDefaults(module), ...settingsOf(release), ...settings },
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

/** What its manifests set, and its chart likewise: mostly which events are of no interest. */
function chartDefaults(module: string): Record<string, string> {
  const file = join(module, "manifests/base/config/argocd-cm.yaml");
  const map = parse(readFileSync(file, "utf8")) as { readonly data?: Record<string, string> };
  return map.data ?? {};
}

function settingsOf({ service }: Release): Record<string, string> {
  if (service.kind !== "chart") return {};
  const values = service.spec.chart.values as
    | { readonly configs?: { readonly cm?: Record<string, unknown> } }
    | undefined;
  const entries = Object.entries(values?.configs?.cm ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
