/**
 * From documents to releases in process: what `buildPlatform` does once the files have been run. No
 * file is, and no problem is looked up in a source text, so that two thousand platforms take seconds.
 */
import { checkBackups } from "../../src/backup/check.ts";
import { checkCapacity } from "../../src/capacity/check.ts";
import {
  clusterFile,
  environmentFile,
  overlayFile,
  serviceFile,
  tiersFile,
} from "../../src/model/paths.ts";
import type { AuthoredTree, SourceTree } from "../../src/model/tree.ts";
import type { Release } from "../../src/model/platform.ts";
import { model } from "../../src/judge.ts";
import { overlayEnvironment } from "../../src/overlay/environment.ts";
import type { Problem } from "../../src/problems/problem.ts";
import { settleClusters } from "../../src/resolve/cluster/settle.ts";
import { resolveEnvironment } from "../../src/resolve/environment.ts";
import { validateTree } from "../../src/validate/tree.ts";
import type { Scene } from "./scene.ts";

/** Files under config/ of every service; `render.ts` puts them on disk for Helm. */
export const configFiles = { "config/one.txt": "one\n", "config/two.txt": "two\n" } as const;

export interface Built {
  readonly authored: AuthoredTree;
  readonly releases: readonly Release[];
  readonly locks: readonly string[];
  /** Codes and words of everything that stops it. */
  readonly problems: readonly Pick<Problem, "code" | "message" | "found" | "expected">[];
  readonly warnings: readonly Problem[];
}

export function build(scene: Scene): Built {
  const tree = treeOf(scene);
  const { authored, problems, rejections } = validateTree(tree, valuesOf(scene), model);
  const overlaid = tree.environments.map((name) => overlayEnvironment(tree, authored, name, model));
  const hosts = [...authored.clusters.values()].flatMap((cluster) =>
    Object.keys(cluster.hosts ?? {}),
  );
  const resolved = overlaid.flatMap(({ result }) =>
    result === undefined
      ? []
      : [
          resolveEnvironment({
            environment: result,
            existing: tree.services,
            hosts,
            configFiles: tree.configFiles,
          }),
        ],
  );
  const {
    releases,
    locks,
    problems: ofClusters,
  } = settleClusters(
    resolved.flatMap((one) => one.releases),
    new Map(),
  );
  const found = [
    problems,
    ...overlaid.map((one) => one.problems),
    ...resolved.map((one) => one.problems),
    ofClusters,
    checkCapacity(releases),
    checkBackups(releases, () => false),
  ].flat();
  const refused = [...rejections, ...overlaid.flatMap((one) => one.rejections)].map(
    ({ files, error }) => ({
      code: "SPEC_INVALID" as const,
      message: `${files.join(", ")}: ${error.message}`,
    }),
  );
  return {
    authored,
    releases,
    locks: [...locks.values()],
    problems: [...found.filter(({ severity }) => severity === "error"), ...refused],
    warnings: found.filter(({ severity }) => severity === "warning"),
  };
}

function treeOf(scene: Scene): SourceTree {
  const services = Object.keys(scene.services).sort();
  return {
    root: "",
    // There, and without text.
    sources: new Map([...valuesOf(scene).keys()].map((file) => [file, ""])),
    services,
    clusters: Object.keys(scene.clusters).sort(),
    environments: Object.keys(scene.environments).sort(),
    overlays: new Map(
      Object.entries(scene.overlays).map(([environment, overlays]) => [
        environment,
        Object.keys(overlays).sort(),
      ]),
    ),
    configFiles: new Map(
      services.map((name) => [
        name,
        Object.entries(configFiles).map(([file, text]) => ({
          file,
          bytes: text.length,
          isText: true,
        })),
      ]),
    ),
    locks: new Map(),
    factSources: new Map(),
    unread: [],
    special: [],
  };
}

function valuesOf(scene: Scene): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    [tiersFile, { rzp: "tiers", spec: scene.tiers }],
    ...Object.entries(scene.clusters).map(
      ([name, spec]) => [clusterFile(name), { rzp: "cluster", spec }] as const,
    ),
    ...Object.entries(scene.environments).map(
      ([name, spec]) => [environmentFile(name), { rzp: "environment", spec }] as const,
    ),
    ...Object.entries(scene.services).map(
      ([name, exported]) => [serviceFile(name), exported] as const,
    ),
    ...Object.entries(scene.overlays).flatMap(([environment, overlays]) =>
      Object.entries(overlays).map(
        ([service, spec]) =>
          [overlayFile(environment, service), { rzp: "overlay", service, spec }] as const,
      ),
    ),
  ]);
}
