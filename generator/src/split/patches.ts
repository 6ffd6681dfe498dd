/** Typed patches: maps merge, lists replace, null removes (JSON merge patch, RFC 7396). */
import { patchName } from "../release/objects.ts";
import { asTree, isTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";
import type { Manifest } from "../model/manifest.ts";
import { readYaml, yaml } from "../output/yaml.ts";

/**
 * In: a manifest, the patches of its service by `kind/name`. Out: the same one where none is for it. It is read
 * as Kubernetes does (YAML 1.1): a chart may write `mode: 0644`.
 */
export function patched(manifest: Manifest, patches: Readonly<Record<string, Tree>>): Manifest {
  const patch = patches[patchName(manifest)];
  if (patch === undefined) return manifest;
  return { ...manifest, text: yaml(mergePatch(readYaml(manifest.text), patch)) };
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isTree(patch)) return patch;
  const base = asTree(target);
  const removed = new Set(Object.keys(patch).filter((key) => patch[key] === null));
  const kept = Object.entries(base).filter(([key]) => !removed.has(key));
  const changed = Object.entries(patch)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, mergePatch(base[key], value)] as const);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(changed) };
}
