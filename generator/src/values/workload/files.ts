/** Files a container reads: from a ConfigMap, or from a Secret where they are one. */
import type { MountedFile } from "../../model/component.ts";
import type { Derived } from "../../model/derived.ts";
import { valuesOf } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { ContainerValues } from "../../model/values/container.ts";
import type { VolumeValue } from "../../model/values/workload.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { containerFact } from "../../release/causes.ts";
import { containersOf } from "../../release/containers.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { configVolume, fileKey, filesName, secretVolume } from "../../model/names.ts";
import { drillModifierMap } from "../drill.ts";
import { variableValue } from "./variables.ts";
import { writtenText } from "./written-files.ts";

type FileValue =
  | { readonly text: string }
  | { readonly file: string }
  | { readonly secret: string; readonly key: string };

/** Each file lies over the image's folder, which stays visible; in the order of their paths. */
export function fileMounts(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): NonNullable<ContainerValues["mounts"]> {
  return filesOf(release, component, container).map(({ at, value }) => ({
    volume: "secret" in value ? secretVolume(value.secret) : configVolume(container.name),
    at,
    subPath: "secret" in value ? value.key : fileKey(at),
    readOnly: true,
  }));
}

/** Volumes of the pod these mounts take. */
export function fileVolumes(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): (readonly [string, VolumeValue])[] {
  return filesOf(release, component, container).map(({ value }) =>
    "secret" in value
      ? ([secretVolume(value.secret), { secret: value.secret }] as const)
      : ([
          configVolume(container.name),
          { configMap: configMapName(component, container) },
        ] as const),
  );
}

/** ConfigMaps of all containers of the release, and the modifiers of the restore drill where Velero reads them. */
export function configMaps(release: Release): ServiceValues["configMaps"] {
  return { ...ofContainers(release), ...drillModifierMap(release) };
}

function ofContainers(release: Release): ServiceValues["configMaps"] {
  return Object.fromEntries(
    release.service.components.flatMap((component) =>
      containersOf(component).flatMap((container) => {
        const entries = filesOf(release, component, container).flatMap(({ at, value }) =>
          "secret" in value ? [] : [[fileKey(at), value] as const],
        );
        return entries.length === 0
          ? []
          : [[configMapName(component, container), Object.fromEntries(entries)] as const];
      }),
    ),
  );
}

/** Names of the ConfigMaps a component mounts: it restarts when they change. */
export const checksums = (release: Release, component: ResolvedComponent): string[] =>
  valuesOf(derivedChecksums(release, component)).map(({ configMap }) => configMap);

/** A ConfigMap a component mounts, and the paths of its files. */
export function derivedChecksums(
  release: Release,
  component: ResolvedComponent,
): Derived<{ configMap: string; paths: readonly string[] }>[] {
  return containersOf(component).flatMap((container) => {
    const paths = filesOf(release, component, container).flatMap(({ at, value }) =>
      "secret" in value ? [] : [at],
    );
    if (paths.length === 0) return [];
    return [
      {
        value: { configMap: configMapName(component, container), paths },
        rule: "restart-on-file" as const,
        causes: paths.map((at) =>
          containerFact(release.service, component, container, "files", at),
        ),
      },
    ];
  });
}

function filesOf(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): { at: string; value: FileValue }[] {
  return Object.entries(container.spec.files ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, file]) => ({ at, value: fileValue(release, component, container, file) }));
}

function fileValue(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
  file: MountedFile,
): FileValue {
  if (typeof file === "object" && "file" in file) return file;
  if (typeof file === "object" && "writes" in file)
    return { text: writtenText(release, component, container, file) };
  const value = variableValue(release, component, file);
  if (typeof value === "string") return { text: value };
  return "secret" in value ? value : { text: "" };
}

const configMapName = (component: ResolvedComponent, { name }: AuthoredContainer) =>
  filesName(component.objectName, name);
