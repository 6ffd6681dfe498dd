/** What a namespace may read from its store. */
import type { Derived } from "../model/derived.ts";
import { edgeFolder, secretFolder, storeName } from "../model/names.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { noOtherReader, secretUses } from "../release/secrets/reads.ts";
import type { SecretReader, SecretUse } from "../release/secrets/use.ts";

export interface AllowedPath {
  /** One secret; with a slash at its end all below it. */
  readonly path: string;
  /** Who reads something there. */
  readonly readers: readonly SecretReader[];
}

/** In: a release. Out: the paths, each once; undefined where it reads no secret. */
export function secretPaths(release: Release): ServiceValues["namespace"]["secrets"] {
  const paths = derivedSecretPaths(release).map(({ value }) => value.path);
  return paths.length === 0
    ? undefined
    : { store: storeName(release.facts.name, release.service.tier), paths };
}

/** Its own folder, the folder of each edge it is an end of, and single secrets that others offer. */
export function derivedSecretPaths(release: Release): Derived<AllowedPath>[] {
  const byPath = Map.groupBy(secretUses(release), ({ read }) => allowedFor(release, read));
  return [...byPath]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, uses]) => ({
      value: { path, readers: uses.map(({ reader }) => reader) },
      rule: "secret-paths-bound",
      causes: [...uses.flatMap(({ causes }) => causes), noOtherReader(release.service)],
    }));
}

function allowedFor({ service }: Release, read: SecretUse["read"]): string {
  switch (read.kind) {
    case "own":
    case "pull":
    case "folder":
    case "owner":
      return `${secretFolder(service.name, ".")}/`;
    case "shared":
    case "signIn":
    case "receiver":
      return read.path;
    case "credential":
      return `${edgeFolder(read.connection.provider.service.name, service.name)}/`;
    case "login":
      return `${edgeFolder(service.name, read.consumer.name)}/`;
  }
}
