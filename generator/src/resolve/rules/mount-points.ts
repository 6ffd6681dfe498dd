/** What is mounted below a volume that is mounted for reading only: the container runtime cannot make its place there. */
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../model/reading.ts";
import { containersOf, mountsOf } from "../../release/containers.ts";
import type { AuthoredContainer, PlainMount } from "../../release/containers.ts";
import { siteOf } from "../site.ts";

/** Problems: SPEC_INVALID, a warning, as what is on the volume is not known: where the place is there already, all is well. */
export function checkMountPoints(release: Release): Problem[] {
  const { report } = siteOf(release);
  return release.service.components.flatMap(containersOf).flatMap((container) => {
    const mounts = mountsOf(container.spec);
    const closed = mounts.filter((mount) => isReadOnly(release, mount));
    return pathsOf(release, container, mounts).flatMap(({ path, keys, target, mount }) => {
      const around = nearestAround(path, mounts);
      if (around === undefined || !closed.includes(around)) return [];
      if (mount !== undefined && isSamePlace(release, mount, around)) return [];
      return [
        report("SPEC_INVALID", keys, {
          severity: "warning",
          message: `${path} lies in ${around.mountPath}, where the volume \`${around.volume}\` is mounted for reading only: unless it is on the volume already, nothing can be mounted there, and the container never starts`,
          found: JSON.stringify(path),
          expected: `a path outside ${around.mountPath}, or a volume that may be written to`,
          fix: "move it out of that folder, or take readOnly off the volume",
          target,
        }),
      ];
    });
  });
}

interface OwnPath {
  readonly path: string;
  readonly keys: Keys;
  readonly target: "key" | "value";
  readonly mount?: PlainMount;
}

function pathsOf(
  { service }: Release,
  { spec, keys }: AuthoredContainer,
  mounts: readonly PlainMount[],
): OwnPath[] {
  const isSole = service.kind === "service" && keys.length === 0;
  return [
    ...mounts.map((mount) => ({
      path: mount.mountPath,
      keys: [
        ...(isSole ? ["storage", mount.volume, "at"] : [...keys, "mounts", mount.volume]),
        ...(mount.nth === undefined ? [] : [mount.nth]),
      ],
      target: "value" as const,
      mount,
    })),
    ...Object.keys(spec.files ?? {}).map((path) => ({
      path,
      keys: [...keys, "files", path],
      target: "key" as const,
    })),
    ...(spec.security?.value.devices ?? []).map((path, index) => ({
      path,
      keys: [...keys, "security", "value", "devices", index],
      target: "value" as const,
    })),
  ];
}

/** The kubelet mounts what a token is in for reading only, whatever is said. */
const isReadOnly = ({ service }: Release, mount: PlainMount): boolean => {
  const volume = service.volumes.find(({ name }) => name === mount.volume)?.volume;
  return (
    volume !== undefined &&
    (volume.holds === "token" || (mount.readOnly ?? volume.readOnly) === true)
  );
};

/** Whether what is mounted inside is what the outer mount shows there: the kubelet makes the folder of a sub-path first, and a path of the node is there. */
function isSamePlace(release: Release, inner: PlainMount, outer: PlainMount): boolean {
  const [mine, around] = [inner, outer].map((mount) => placeOf(release, mount));
  return mine === `${around}${inner.mountPath.slice(outer.mountPath.length)}`;
}

/** What is mounted, as a path: below the root of the node, or below a volume of its own. */
function placeOf({ service }: Release, { volume, subPath }: PlainMount): string {
  const found = service.volumes.find(({ name }) => name === volume)?.volume;
  const base = found?.holds === "host" ? found.path.replace(/\/$/, "") : `${volume}:`;
  return subPath === undefined ? base : `${base}/${subPath}`;
}

/** Of what a path lies in, what is mounted last. */
const nearestAround = (path: string, mounts: readonly PlainMount[]): PlainMount | undefined =>
  mounts
    .filter(({ mountPath }) => path.startsWith(`${mountPath.replace(/\/$/, "")}/`))
    .toSorted((a, b) => b.mountPath.length - a.mountPath.length)[0];
