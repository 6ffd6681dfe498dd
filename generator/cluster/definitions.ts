/** The pinned definitions of kinds that Kubernetes does not have itself. */
import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { applyAll, knows, type Api, type KubernetesObject } from "./api.ts";
import { waitFor } from "./wait.ts";

export interface Definition {
  readonly file: string;
  readonly group: string;
  readonly object: KubernetesObject;
}

/** All of them. In: their folder, which has a folder for each API group. */
export function allDefinitions(crds: string): Definition[] {
  return readdirSync(crds)
    .toSorted()
    .flatMap((group) =>
      readdirSync(join(crds, group))
        .toSorted()
        .map((name) => {
          const file = join(crds, group, name);
          return { file, group, object: load(readFileSync(file, "utf8")) as KubernetesObject };
        }),
    );
}

/** Those of kinds that an environment has objects of. In: its rendered folder. */
export function definitionsIn(folder: string, crds: string): Definition[] {
  const kinds = new Set(
    globSync("**/*.yaml", { cwd: folder }).map((name) =>
      kindIn(readFileSync(join(folder, name), "utf8")),
    ),
  );
  return allDefinitions(crds).filter(({ group, object }) =>
    kinds.has(`${group}/${(object["spec"] as Names).names.kind}`),
  );
}

/** A rendered file holds one object, whose kind is among its first lines. */
function kindIn(text: string): string {
  const group = /^apiVersion: *["']?([^/\s"']+)\//m.exec(text)?.[1] ?? "";
  return `${group}/${/^kind: *["']?(\w+)/m.exec(text)?.[1] ?? ""}`;
}

interface Names {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

/** Applies definitions and waits until the API server serves their kinds. */
export async function applyDefinitions(
  api: Api,
  definitions: readonly Pick<Definition, "object">[],
): Promise<void> {
  await Promise.all(definitions.map(({ object }) => applyAll(api, [object])));
  // Asked one by one what they serve: all definitions with their schemas are some ten megabytes.
  await Promise.all(
    definitions.map(({ object: { metadata, spec } }) =>
      waitFor(() => isServed(api, spec as Names), {
        for: `${metadata.name} to be served`,
        seconds: 60,
        every: 500,
      }),
    ),
  );
}

async function isServed(api: Api, { group, names, versions }: Names): Promise<boolean> {
  const version = versions.find(({ served }) => served)?.name ?? "";
  return knows(api, { apiVersion: `${group}/${version}`, kind: names.kind });
}
