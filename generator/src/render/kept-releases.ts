/**
 * Releases that were rendered before and would be the same again: by the hash of all that makes them (the library,
 * Helm's version, the release, its config files; the folder of the cache stands for the generator). They are
 * neither given values, nor rendered, split or printed again. Of those the last run of this tree has made, even
 * what was kept is read only when it is asked for.
 */
import { configTexts } from "./config-texts.ts";
import path from "node:path";
import { readEntry, writeEntry } from "../cache/entry.ts";
import type { FiledManifest, ManifestHeader } from "../model/manifest.ts";
import type { SourceTree } from "../model/tree.ts";
import type { Release } from "../model/platform.ts";
import { questionText } from "../model/rendered.ts";
import type { Asked, CompleteRelease } from "../model/rendered.ts";
import type { FirstLines } from "../output/known-files.ts";
import type { RenderOptions } from "./cache.ts";
import { headerOf, readLedger, writeLedger } from "./ledger.ts";
import type { Ledger, ShortObject, ShortRelease } from "./ledger.ts";
import { libraryKey } from "./library.ts";
import { releaseKey } from "./release-key.ts";

type Kept = Omit<CompleteRelease, "release">;

export interface KeptReleases {
  readonly get: (release: Release) => CompleteRelease | undefined;
  /** Its key; undefined for one that is never kept. */
  readonly key: (release: Release) => string | undefined;
  /** First lines of what the last run of this tree has made. */
  readonly files: FirstLines;
  /** What the rules asked for it, without the answers, when the last run looked at all releases. */
  readonly questions: (release: Release) => readonly string[] | undefined;
  /** Releases that are not those of the last run, as they were and as they are. */
  readonly changed: (releases: readonly CompleteRelease[]) => readonly Changed[];
  /** Keeps releases that are new here, or were not clean before or by other answers, and all of them in short. */
  readonly keep: (
    releases: readonly CompleteRelease[],
    clean: ReadonlyMap<Release, Asked | "before">,
    files: FirstLines,
  ) => void;
}

/** As the rules see it from other releases. */
interface Changed {
  readonly cluster: string;
  readonly namespace: string;
  readonly objects: readonly ManifestHeader[];
}

/** What the ledger tells of was removed or damaged since. */
export class LostRelease extends Error {}

/** In: all releases of a tree. A release of an upstream chart is never kept: its archive is proved every time. */
export function keptReleases(
  options: RenderOptions,
  tree: SourceTree,
  releases: readonly Release[],
): KeptReleases {
  const { cache, root } = options;
  if (cache === undefined) return nothingKept;
  const ledger = readLedger(cache, root);
  const keys = keysOf(options, tree, releases);
  const placeOf = (key: string) => path.join(cache, "releases", key);
  const shortOf = (release: Release): ShortRelease | undefined => {
    const short = ledger.releases[nameOf(release)];
    return short !== undefined && short.key === keys.get(release) ? short : undefined;
  };
  const kept = new Map(
    [...keys].flatMap(([release, key]) => {
      const short = shortOf(release);
      if (short !== undefined) return [[release, readLater(release, short, placeOf(key))] as const];
      const entry = readEntry(placeOf(key)) as Kept | undefined;
      return entry === undefined ? [] : [[release, { release, ...entry }] as const];
    }),
  );
  return {
    get: (release) => kept.get(release),
    key: (release) => keys.get(release),
    files: ledger.files,
    questions: (release) => shortOf(release)?.asked,
    changed: (all) => changedSince(ledger, all, shortOf),
    keep: (all, clean, files) => {
      const shorts = all.flatMap((complete) => {
        const { release } = complete;
        const key = keys.get(release);
        // What its objects answered to others must be known when they are gone.
        if (key === undefined)
          return [[nameOf(release), inShort(complete, "", undefined)] as const];
        const found = clean.get(release);
        const short = shortOf(release);
        if (found === "before" && short?.asked !== undefined)
          return [[nameOf(release), short] as const];
        const asked = found === "before" ? complete.asked : found;
        if (!kept.has(release) || complete.asked !== asked)
          writeEntry(placeOf(key), entryOf(complete, asked));
        return [[nameOf(release), inShort(complete, key, asked)] as const];
      });
      writeLedger(cache, root, { releases: Object.fromEntries(shorts), files });
    },
  };
}

const nothingKept: KeptReleases = {
  get: () => undefined,
  key: () => undefined,
  files: {},
  questions: () => undefined,
  changed: () => [],
  keep: () => undefined,
};

const nameOf = ({ facts, service }: Release) => `${facts.name}/${service.name}`;

function keysOf(
  { root, helm }: RenderOptions,
  tree: SourceTree,
  releases: readonly Release[],
): ReadonlyMap<Release, string> {
  const base = libraryKey(root, helm);
  const textsOf = ({ service: { name } }: Release) =>
    configTexts(
      tree,
      name,
      (tree.configFiles.get(name) ?? []).map(({ file }) => file),
    );
  return new Map(
    releases
      .filter(({ service }) => service.kind !== "chart")
      .map((release) => [release, releaseKey(release, [base, ...textsOf(release).flat()])]),
  );
}

/** A release of which what was kept is read when it is asked for. */
function readLater(release: Release, short: ShortRelease, place: string): CompleteRelease {
  let read: Kept | undefined;
  const kept = () => (read ??= readEntry(place) as Kept | undefined) ?? lost(release);
  return {
    release,
    wantsSecrets: short.wantsSecrets,
    share: short.share,
    metrics: short.metrics,
    manifests: short.objects.map(
      (object, index) =>
        new LaterManifest(object, () => kept().manifests[index]?.text ?? lost(release)),
    ),
    get valuesText() {
      return kept().valuesText;
    },
    get asked() {
      return kept().asked;
    },
  };
}

class LaterManifest implements FiledManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly file: string;
  readonly #read: () => string;

  constructor(object: ShortObject, read: () => string) {
    const { apiVersion, kind, name, namespace } = headerOf(object);
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.name = name;
    this.namespace = namespace;
    this.file = object[4];
    this.#read = read;
  }

  get text(): string {
    return this.#read();
  }
}

function lost(release: Release): never {
  throw new LostRelease(nameOf(release));
}

function entryOf(
  { wantsSecrets, valuesText, manifests, metrics, share }: CompleteRelease,
  asked: Asked | undefined,
): Kept {
  return {
    wantsSecrets,
    valuesText,
    manifests: manifests.map(whole),
    metrics,
    share,
    ...(asked === undefined ? {} : { asked }),
  };
}

/** With the text, whoever has it: a getter is not kept. */
const whole = ({
  apiVersion,
  kind,
  name,
  namespace,
  file,
  text,
}: FiledManifest): FiledManifest => ({
  apiVersion,
  kind,
  name,
  namespace,
  file,
  text,
});

function inShort(
  { release: { facts, service }, wantsSecrets, share, metrics, manifests }: CompleteRelease,
  key: string,
  asked: Asked | undefined,
): ShortRelease {
  return {
    key,
    cluster: facts.clusterName,
    namespace: service.namespace,
    wantsSecrets,
    share,
    metrics,
    objects: manifests.map(({ apiVersion, kind, name, namespace, file }) => [
      apiVersion,
      kind,
      name,
      namespace ?? null,
      file,
    ]),
    ...(asked === undefined ? {} : { asked: asked.map(([question]) => questionText(question)) }),
  };
}

function changedSince(
  ledger: Ledger,
  releases: readonly CompleteRelease[],
  shortOf: (release: Release) => ShortRelease | undefined,
): Changed[] {
  const changed = releases.filter(({ release }) => shortOf(release) === undefined);
  const same = new Set(
    releases.flatMap(({ release }) => (shortOf(release) === undefined ? [] : [nameOf(release)])),
  );
  const before = Object.entries(ledger.releases).filter(([name]) => !same.has(name));
  return [
    ...before.map(([, { objects, ...short }]) => ({ ...short, objects: objects.map(headerOf) })),
    ...changed.map(({ release: { facts, service }, manifests }) => ({
      cluster: facts.clusterName,
      namespace: service.namespace,
      objects: manifests,
    })),
  ];
}
