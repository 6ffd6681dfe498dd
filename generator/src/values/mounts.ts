/** What is mounted where, and the volumes of the pod that takes. */
import type { Component } from "../model/component.ts";
import type { Release, ResolvedComponent, ResolvedVolume } from "../model/platform.ts";
import type { ContainerValues } from "../model/values/container.ts";
import type { VolumeValue } from "../model/values/workload.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { limited, ownSecret } from "../resolve/names.ts";
import { compact } from "./compact.ts";
import { seconds } from "./units.ts";
import { containersOf } from "../resolve/containers.ts";
import type { AuthoredContainer } from "../resolve/containers.ts";

type MountValues = NonNullable<ContainerValues["mounts"]>;

const volumeNameLength = 63;
const secretFilesVolume = "secret-files";

/** Mounts of the service's volumes, in the order of their paths. */
export function volumeMounts(release: Release, mounts: NonNullable<Component["mounts"]>): MountValues {
  const byName = new Map(release.service.volumes.map((volume) => [volume.name, volume]));
  return Object.entries(mounts)
    .map(([volume, mount]) => {
      const { at, subPath, readOnly } = typeof mount === "string" ? { at: mount } : { subPath: undefined, readOnly: undefined, ...mount };
      const always = byName.get(volume)?.volume.readOnly;
      return compact({ volume, at, subPath, readOnly: readOnly ?? always });
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Files a container reads: each lies over the image's folder, which stays visible. */
export function fileMounts(container: AuthoredContainer): MountValues {
  return Object.entries(container.spec.files ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, file]) =>
      typeof file === "object" && "secret" in file
        ? { volume: secretFilesVolume, at, subPath: file.secret, readOnly: true as const }
        : { volume: filesVolume(container.name), at, subPath: fileKey(at), readOnly: true as const },
    );
}

export function deviceMounts(devices: readonly string[]): MountValues {
  return devices.map((path) => ({ volume: deviceVolume(path), at: path }));
}

/** One ConfigMap a container: key is the path with slashes as dots, so two files of one name do not meet. */
const fileKey = (path: string) => path.slice(1).replaceAll("/", ".");
const filesVolume = (container: string | undefined) => (container === undefined ? "files" : limited(`files-${container}`, volumeNameLength));
const deviceVolume = (path: string) => limited(`device${path.replaceAll("/", "-").toLowerCase()}`, volumeNameLength);
const configMapName = (component: ResolvedComponent, container: string | undefined) => limited(container === undefined ? `${component.objectName}-files` : `${component.objectName}-files-${container}`, volumeNameLength);

/** ConfigMaps of all containers of the release. */
export function configMaps(release: Release): ServiceValues["configMaps"] {
  return Object.fromEntries(
    release.service.components.flatMap((component) =>
      containersOf(component).flatMap((container) => {
        const entries = Object.entries(container.spec.files ?? {}).flatMap(([path, file]): [string, { text: string } | { file: string }][] => {
          if (typeof file === "string") return [[fileKey(path), { text: file }]];
          return "file" in file ? [[fileKey(path), { file: file.file }]] : [];
        });
        return entries.length === 0 ? [] : [[configMapName(component, container.name), Object.fromEntries(entries)] as const];
      }),
    ),
  );
}

/** Names of the ConfigMaps a component mounts: it restarts when they change. */
export function checksums(release: Release, component: ResolvedComponent): string[] {
  const all = configMaps(release);
  return containersOf(component)
    .map((container) => configMapName(component, container.name))
    .filter((name) => name in all);
}

/** Volumes of a component's pods; those each pod has of its own come from `templates`. */
export function podVolumes(release: Release, component: ResolvedComponent, templated: ReadonlySet<string>): Record<string, VolumeValue> {
  const containers = containersOf(component);
  const mounted = new Set(containers.flatMap(({ spec }) => Object.keys(spec.mounts ?? {})));
  const ofService = release.service.volumes.filter(({ name }) => mounted.has(name) && !templated.has(name)).map((volume) => [volume.name, volumeValue(volume)] as const);
  const all = configMaps(release);
  const ofFiles = containers.flatMap(({ name, spec }): (readonly [string, VolumeValue])[] => {
    const configMap = configMapName(component, name);
    const hasSecret = Object.values(spec.files ?? {}).some((file) => typeof file === "object" && "secret" in file);
    return [...(configMap in all ? [[filesVolume(name), { configMap }] as const] : []), ...(hasSecret ? [[secretFilesVolume, { secret: ownSecret }] as const] : [])];
  });
  const ofDevices = containers.flatMap(({ spec }) => (spec.security?.value.devices ?? []).map((path) => [deviceVolume(path), { host: { path, type: "CharDevice" } }] as const));
  return Object.fromEntries([...ofService, ...ofFiles, ...ofDevices]);
}

function volumeValue({ name, volume }: ResolvedVolume): VolumeValue {
  switch (volume.holds) {
    case "state":
    case "database":
    case "cache":
      return { claim: volume.adopt ?? name };
    case "share":
      return { claim: name };
    case "scratch":
      return { scratch: compact({ size: volume.size, memory: volume.memory }) };
    case "host":
      return { host: compact({ path: volume.path, type: volume.type }) };
    case "token":
      return { token: { audience: volume.audience, seconds: seconds(volume.lasts ?? "1h") } };
  }
}
