/** Volumes in memory: what is written there counts as memory of the container that writes it (Kubernetes, emptyDir). */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { bytes, bytesWords } from "../../model/units.ts";
import type { Problem } from "../../problems/problem.ts";
import type { ProblemText } from "../../problems/report.ts";
import { containersOf, mountsOf } from "../../release/containers.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { requestsOf } from "../../release/resources/container-requests.ts";
import { siteOf } from "../site.ts";

interface MemoryVolume {
  readonly name: string;
  readonly size: string;
}

/** Volumes that containers cannot fill without being killed, each alone or all that they write. Problems: SPEC_INVALID. */
export function checkMemoryVolumes(release: Release): Problem[] {
  const { components, volumes } = release.service;
  const inMemory = volumes.flatMap(({ name, volume }) =>
    volume.holds === "scratch" && volume.memory === true && volume.size !== undefined
      ? [{ name, size: volume.size }]
      : [],
  );
  const alone = new Map(inMemory.map((volume) => [volume, aloneTooLarge(release, volume)]));
  const others = inMemory.filter((volume) => alone.get(volume)?.length === 0);
  return [
    ...[...alone.values()].flat(),
    ...components.flatMap((component) => togetherTooLarge(release, component, others)),
  ];
}

/** No container has the memory for it. */
function aloneTooLarge(release: Release, volume: MemoryVolume): Problem[] {
  const limits = release.service.components
    .flatMap(containersOf)
    .filter((container) => writes(container, volume))
    .map((container) => limitOf(release, container));
  const most = Math.max(...limits);
  if (limits.length === 0 || bytes(volume.size) < most) return [];
  return [
    told(release, volume, {
      message: `\`${volume.name}\` is in memory, which counts against the memory limit of what writes it, ${bytesWords(most)}: that is killed before the volume is full`,
      expected: `less than ${bytesWords(most)}, with room for the program itself`,
    }),
  ];
}

/**
 * All that the same containers of a pod write, and no other container of it, they cannot fill, however it falls to them. Told at the
 * largest, once a pod.
 */
function togetherTooLarge(
  release: Release,
  component: ResolvedComponent,
  volumes: readonly MemoryVolume[],
): Problem[] {
  const containers = containersOf(component);
  const written = volumes
    .map((volume) => ({ volume, by: containers.filter((one) => writes(one, volume)) }))
    .filter(({ by }) => by.length > 0);
  const groups = written.map(({ by }) => {
    const theirs = written
      .filter((one) => one.by.every((container) => by.includes(container)))
      .map(({ volume }) => volume);
    return {
      theirs,
      size: sum(theirs.map(({ size }) => bytes(size))),
      limit: sum(by.map((container) => limitOf(release, container))),
    };
  });
  const [group] = groups
    .filter(({ theirs, size, limit }) => theirs.length > 1 && size >= limit)
    .toSorted((a, b) => a.theirs.length - b.theirs.length);
  const [largest, ...rest] = group?.theirs.toSorted((a, b) => bytes(b.size) - bytes(a.size)) ?? [];
  if (group === undefined || largest === undefined) return [];
  const names = group.theirs.map(({ name }) => `\`${name}\``).join(", ");
  const limit = bytesWords(group.limit);
  return [
    told(release, largest, {
      // Each may be filled, and nobody says that all are at once.
      severity: "warning",
      message: `${names} are in memory, ${bytesWords(group.size)} together, which counts against the memory limit of what writes them, ${limit}: that is killed where all of them fill`,
      expected: `less than ${limit} together, with room for the program itself`,
      related: rest.map(({ name, size }) => ({
        file: release.service.file,
        keys: ["storage", name, "size"],
        note: `${size} of it`,
      })),
    }),
  ];
}

const told = (release: Release, { name, size }: MemoryVolume, text: ProblemText): Problem =>
  siteOf(release).report("SPEC_INVALID", ["storage", name, "size"], {
    found: JSON.stringify(size),
    fix: "write a smaller size, or give what writes it more memory, with size or resources",
    ...text,
  });

const writes = ({ spec }: AuthoredContainer, { name }: MemoryVolume): boolean =>
  mountsOf(spec).some((mount) => mount.volume === name && mount.readOnly !== true);

const limitOf = ({ facts }: Release, { spec }: AuthoredContainer): number =>
  bytes(requestsOf(facts, spec).memoryLimit);

const sum = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + amount, 0);
