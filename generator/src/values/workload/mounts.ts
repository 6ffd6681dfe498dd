/** What is mounted where, and the volumes of the pod that takes. */
import type { Component } from "../../model/component.ts";
import type { Release, ResolvedComponent, ResolvedVolume } from "../../model/platform.ts";
import type { ContainerValues } from "../../model/values/container.ts";
import type { VolumeValue } from "../../model/values/workload.ts";
import { deviceVolume } from "../../model/names.ts";
import { compact } from "../compact.ts";
import { deviceType } from "./device-type.ts";
import { fileVolumes } from "./files.ts";
import { seconds } from "../../model/units.ts";
import { containersOf, mountedNames, mountsOf } from "../../release/containers.ts";

type MountValues = NonNullable<ContainerValues["mounts"]>;

/** Mounts of the service's volumes, in the order of their paths. */
export function volumeMounts(release: Release, spec: Pick<Component, "mounts">): MountValues {
  const byName = new Map(release.service.volumes.map((volume) => [volume.name, volume]));
  return mountsOf(spec)
    .map(({ volume, mountPath, subPath, readOnly }) => {
      const always = byName.get(volume)?.volume;
      return compact({
        volume,
        at: mountPath,
        subPath: subPath ?? always?.subPath,
        readOnly: readOnly ?? always?.readOnly,
      });
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Devices of the node, each mounted at its own path. */
export function deviceMounts(devices: readonly string[]): MountValues {
  return devices.map((path) => ({ volume: deviceVolume(path), at: path }));
}

/** Volumes of a component's pods; those each pod has of its own come from `templates`. */
export function podVolumes(
  release: Release,
  component: ResolvedComponent,
  templated: ReadonlySet<string>,
): Record<string, VolumeValue> {
  const containers = containersOf(component);
  const mounted = mountedNames(containers);
  const ofService = release.service.volumes
    .filter(({ name }) => mounted.has(name) && !templated.has(name))
    .map((volume) => [volume.name, volumeValue(volume)] as const);
  const ofFiles = containers.flatMap((container) => fileVolumes(release, component, container));
  const ofDevices = containers.flatMap(({ spec }) =>
    (spec.security?.value.devices ?? []).map(
      (path) => [deviceVolume(path), { host: compact({ path, type: deviceType(path) }) }] as const,
    ),
  );
  return Object.fromEntries([...ofService, ...ofFiles, ...ofDevices]);
}

function volumeValue({ name, volume }: ResolvedVolume): VolumeValue {
  switch (volume.holds) {
    case "state":
    case "database":
    case "cache":
      return volume.adopt === undefined ? { claim: name } : { claim: volume.adopt, external: true };
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
