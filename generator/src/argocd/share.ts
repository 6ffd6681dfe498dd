/** What an environment's own objects are made from: the share of each release in it. */
import { hash } from "node:crypto";
import { contentHash } from "../model/content-hash.ts";
import type { CompleteRelease, RenderedRelease } from "../model/rendered.ts";
import { backedVolumes } from "../release/backups/backed-volumes.ts";
import { loadedVolumes } from "../release/backups/loaded.ts";
import { neededSecrets } from "../release/secrets/needed.ts";
import { outsideHash } from "../release/outside.ts";
import { optionalMetrics } from "../release/monitoring/platform-rules.ts";

/**
 * In: a rendered release. Out: a name for all that `argocdFiles` makes of it. Most of what a person changes in a service
 * acts on its pods alone, and is seen here by its secrets and by which objects there are.
 */
export function shareOf({ release, wantsSecrets, manifests }: RenderedRelease): string {
  const { service, facts } = release;
  return hash(
    "sha256",
    JSON.stringify([
      contentHash(facts),
      service.kind === "chart" ? contentHash(service) : outsideHash(service),
      wantsSecrets,
      neededSecrets([release]),
      optionalMetrics(facts, [release]),
      // What a recovery restores before the rest; who dumps is an end of a connection, and in no file of it.
      backedVolumes(release).map(({ dumpedBy: _dumpedBy, ...volume }) => volume),
      // Who waits until a database is loaded.
      loadedVolumes(release).map(({ users, ...load }) => ({
        ...load,
        users: users.map(({ service: user }) => user.name),
      })),
      manifests.map(({ text: _text, ...header }) => header),
    ]),
  );
}

/** In: the complete releases of an environment. Out: a name for all its own objects are made from. */
export function sharesOf(releases: readonly CompleteRelease[]): string {
  return hash("sha256", releases.map(({ share }) => share).join(" "));
}
