/** The pinned definitions of kinds that Kubernetes does not have itself. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { applyAll, type Api, type KubernetesObject } from "./api.ts";
import { waitFor } from "./wait.ts";

/** In: the folder of pinned definitions, and API groups. Out: their definitions. */
export function definitionsOf(crds: string, groups: readonly string[]): KubernetesObject[] {
  return groups.flatMap((group) =>
    readdirSync(join(crds, group))
      .toSorted()
      .map((file) => parse(readFileSync(join(crds, group, file), "utf8")) as KubernetesObject),
  );
}

/** All API groups that have pinned definitions. */
export const definedGroups = (crds: string): string[] => readdirSync(crds).toSorted();

interface Definition {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** Applies definitions and waits until the API server serves their kinds. */
export async function applyDefinitions(
  api: Api,
  definitions: readonly KubernetesObject[],
): Promise<void> {
  await Promise.all(definitions.map((one) => applyAll(api, [one])));
  const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  const isServed = ({ status }: Definition): boolean =>
    status?.conditions?.some(({ type, status: is }) => type === "Established" && is === "True") ??
    false;
  await waitFor(async () => (await api.list<Definition>(path)).every(isServed), {
    for: "all definitions to be served",
    seconds: 60,
  });
}
