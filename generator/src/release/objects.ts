/** How a service's file names objects: those it patches, and those it brings itself. */
import type { Manifest } from "../model/manifest.ts";
import type { ResolvedService } from "../model/platform.ts";

type Named = Pick<Manifest, "kind" | "name">;

/** The key under `patches` for an object: `deployment/sonarr`. */
export const patchName = ({ kind, name }: Named) => `${kind.toLowerCase()}/${name}`;

/** The key of an object under `objects`; undefined when the service does not bring it itself. */
export function ownObject({ spec }: ResolvedService, { kind, name }: Named): string | undefined {
  return Object.entries(spec.objects ?? {}).find(
    ([key, object]) => object.kind === kind && (object.metadata?.name ?? key) === name,
  )?.[0];
}
