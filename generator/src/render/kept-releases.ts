/**
 * Releases that were rendered before and would be the same again: by the hash of all that makes them (the library,
 * Helm's version, the release, its config files; the folder of the cache stands for the generator). They are
 * neither given values, nor rendered, split or printed again.
 */
import { configTexts } from "./config-texts.ts";
import path from "node:path";
import { readEntry, writeEntry } from "../cache/entry.ts";
import type { SourceTree } from "../model/tree.ts";
import type { Release } from "../model/platform.ts";
import type { Asked, CompleteRelease } from "../model/rendered.ts";
import type { RenderOptions } from "./cache.ts";
import { libraryKey } from "./library.ts";
import { releaseKey } from "./release-key.ts";

export interface KeptReleases {
  readonly get: (release: Release) => CompleteRelease | undefined;
  /** Keeps releases that are new here, or were not clean before or by other answers. */
  readonly keep: (releases: readonly CompleteRelease[], clean: ReadonlyMap<Release, Asked>) => void;
}

/** In: all releases of a tree. A release of an upstream chart is never kept: its archive is proved every time. */
export function keptReleases(
  { root, helm, cache }: RenderOptions,
  tree: SourceTree,
  releases: readonly Release[],
): KeptReleases {
  if (cache === undefined) return { get: () => undefined, keep: () => undefined };
  const base = libraryKey(root, helm);
  const textsOf = ({ service: { name } }: Release) =>
    configTexts(tree, name, tree.configFiles.get(name) ?? []);
  const places = new Map(
    releases
      .filter(({ service }) => service.kind !== "chart")
      .map((release) => [
        release,
        path.join(cache, "releases", releaseKey(release, [base, ...textsOf(release)])),
      ]),
  );
  const kept = new Map(
    [...places].flatMap(([release, place]) => {
      const entry = readEntry(place) as Omit<CompleteRelease, "release"> | undefined;
      return entry === undefined ? [] : [[release, { release, ...entry }] as const];
    }),
  );
  return {
    get: (release) => kept.get(release),
    keep: (all, clean) => {
      for (const { release, ...complete } of all) {
        const place = places.get(release);
        const asked = clean.get(release);
        if (place === undefined || (kept.has(release) && kept.get(release)?.asked === asked))
          continue;
        writeEntry(place, asked === undefined ? complete : { ...complete, asked });
      }
    },
  };
}
