/** How a service's file names objects: those it patches, and those it brings itself. */
import type { Manifest } from "../model/manifest.ts";
import type { KubernetesObject } from "../model/objects.ts";
import type { ResolvedService } from "../model/platform.ts";

type Named = Pick<Manifest, "kind" | "name">;

/** The key under `patches` for an object: `deployment/sonarr`. */
export const patchName = ({ kind, name }: Named) => `${kind.toLowerCase()}/${name}`;

/** What a service brings itself. */
export interface OwnObject extends Named {
  /** Under `objects`, which is its name unless it says another. */
  readonly key: string;
  readonly object: KubernetesObject;
}

export const ownObjects = ({ spec }: ResolvedService): OwnObject[] =>
  Object.entries(spec.objects ?? {}).map(([key, object]) => ({
    key,
    object,
    kind: object.kind,
    name: object.metadata?.name ?? key,
  }));

/** The key of an object under `objects`; undefined when the service does not bring it itself. */
export const ownObject = (service: ResolvedService, { kind, name }: Named): string | undefined =>
  ownObjects(service).find((own) => own.kind === kind && own.name === name)?.key;
