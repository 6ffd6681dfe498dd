/** The containers of a component: as they were written, and the exporter it asks for. */
import type { Component } from "../model/component.ts";
import { configVolume, ownSecret, secretFromProvider, secretVolume } from "../model/names.ts";
import type { ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { Mount } from "../model/storage.ts";
import { exporterName, exporterOf } from "./exporters.ts";

/** A container of a component: itself, one that runs before, one beside. */
export interface AuthoredContainer {
  /** Undefined for the main one. */
  readonly name: string | undefined;
  readonly role: "main" | "init" | "sidecar";
  readonly keys: readonly string[];
  /** Of an exporter, which nobody writes as a container: `keys` lead to `metrics`. */
  readonly exporterPort?: ResolvedPort;
  readonly spec: Pick<
    Component,
    | "image"
    | "command"
    | "args"
    | "folder"
    | "env"
    | "envFrom"
    | "files"
    | "mounts"
    | "size"
    | "resources"
    | "security"
  > & { readonly health?: Component["health"]; readonly afterInit?: true | undefined };
}

/** Whether it is a sidecar that waits for what runs before the main container. */
export const startsAfterInit = ({ spec }: AuthoredContainer): boolean => spec.afterInit === true;

/** A volume at one place in a container, however it was written. */
export interface PlainMount {
  readonly volume: string;
  /** Its place where a list is written. */
  readonly nth?: number;
  readonly mountPath: string;
  readonly subPath?: string | undefined;
  readonly readOnly?: true | undefined;
}

/** Mounts of a container, each said in full: one a path, also where a volume has several. */
export function mountsOf({ mounts }: Pick<Component, "mounts">): PlainMount[] {
  return Object.entries(mounts ?? {}).flatMap(([volume, mount]) =>
    Array.isArray(mount)
      ? mount.map((one, nth) => ({ volume, nth, ...inFull(one) }))
      : [{ volume, ...inFull(mount) }],
  );
}

const inFull = (mount: Mount) => (typeof mount === "string" ? { mountPath: mount } : mount);

/** Names of the volumes that containers mount. */
export const mountedNames = (
  containers: readonly Pick<AuthoredContainer, "spec">[],
): ReadonlySet<string> => new Set(containers.flatMap(({ spec }) => Object.keys(spec.mounts ?? {})));

/** Whether pods of a component mount a volume. */
export const mounts = (component: ResolvedComponent, volume: string): boolean =>
  mountedNames(containersOf(component)).has(volume);

/** All containers of a component, the main one first. */
export function containersOf(component: ResolvedComponent): AuthoredContainer[] {
  if (component.source.kind === "chart") return [];
  const { spec } = component.source;
  const beside = (
    role: "init" | "sidecar",
    containers: Component["init"] | Component["sidecars"],
  ) =>
    Object.entries(containers ?? {}).map(([name, container]): AuthoredContainer => ({
      name,
      role,
      keys: [...component.path, role === "init" ? "init" : "sidecars", name],
      spec: container,
    }));
  return [
    { name: undefined, role: "main", keys: component.path, spec },
    ...exporterContainer(component),
    ...beside("sidecar", spec.sidecars),
    ...beside("init", spec.init),
  ];
}

function exporterContainer(component: ResolvedComponent): AuthoredContainer[] {
  const exporter = exporterOf(component);
  if (exporter === undefined) return [];
  return [
    {
      name: exporterName,
      role: "sidecar",
      keys: [...component.path, "metrics"],
      spec: exporter.spec,
      exporterPort: exporter.port,
    },
  ];
}

/** Names of the volumes a container's files take, or may take: what `from` reads is not known before references are checked. */
export function fileVolumeNames({ name, spec }: AuthoredContainer): string[] {
  return Object.values(spec.files ?? {}).flatMap((file) => {
    if (typeof file === "object" && "secret" in file) return [secretVolume(ownSecret)];
    return [
      configVolume(name),
      ...(typeof file === "object" && "from" in file
        ? [secretVolume(secretFromProvider(file.from))]
        : []),
    ];
  });
}
