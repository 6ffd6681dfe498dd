/** How a service's file names objects: those it patches, and those it brings itself. */
import type { ManifestHeader } from "../model/manifest.ts";
import type { KubernetesObject } from "../model/objects.ts";
import type { ResolvedService } from "../model/platform.ts";

type Named = Pick<ManifestHeader, "kind" | "name">;

/** The key under `patches` for an object: `deployment/sonarr`. */
export const patchName = ({ kind, name }: Named) => `${kind.toLowerCase()}/${name}`;

/** What a service brings itself. */
export interface OwnObject extends Named {
  /** Under `objects`, which is its name unless it says another. */
  readonly key: string;
  readonly object: KubernetesObject;
  /** Where the object stands in the file: inside its `because`, where it has one. */
  readonly path: readonly string[];
  /** Whether the file says why it reaches beyond its service. */
  readonly hasReason: boolean;
}

/** All it brings, each as Kubernetes has it: nobody else reads `objects`, where some are inside a `because`. */
export function ownObjects({ spec }: Pick<ResolvedService, "spec">): readonly OwnObject[] {
  const { objects = none } = spec;
  const own = known.get(objects) ?? ownObjectsOf(objects);
  known.set(objects, own);
  return own;
}

/** Each rule asks of every rendered object whether it is one of these. */
const known = new WeakMap<object, readonly OwnObject[]>();
const none = {};

const ownObjectsOf = (objects: NonNullable<ResolvedService["spec"]["objects"]>): OwnObject[] =>
  Object.entries(objects).map(([key, written]) => {
    const hasReason = !("apiVersion" in written);
    const object = "apiVersion" in written ? written : written.value;
    return {
      key,
      object,
      path: ["objects", key, ...(hasReason ? ["value"] : [])],
      hasReason,
      kind: object.kind,
      name: object.metadata?.name ?? key,
    };
  });

/** An object under `objects`; undefined when the service does not bring it itself. */
export function ownObject(
  service: ResolvedService,
  { kind, name, apiVersion, namespace }: Named & Partial<ManifestHeader>,
): OwnObject | undefined {
  const named = ownObjects(service).filter((own) => own.kind === kind && own.name === name);
  const isIt = ({ object }: OwnObject) =>
    object.apiVersion === apiVersion &&
    (object.metadata?.namespace ?? service.namespace) === namespace;
  // Two of one name may differ in group or namespace.
  return named.find(isIt) ?? named[0];
}
