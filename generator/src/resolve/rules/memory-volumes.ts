/** Volumes in memory: what is written there counts as memory of the container that writes it (Kubernetes, emptyDir). */
import type { Release } from "../../model/platform.ts";
import { bytes } from "../../model/units.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { containersOf, mountsOf } from "../../release/containers.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { requestsOf } from "../../release/resources/container-requests.ts";

/** A volume that no container can fill without being killed. Problems: SPEC_INVALID. */
export function checkMemoryVolumes(release: Release): Problem[] {
  const { service, facts } = release;
  return service.volumes.flatMap(({ name, volume }) => {
    if (volume.holds !== "scratch" || volume.memory !== true || volume.size === undefined)
      return [];
    const { size } = volume;
    const limits = service.components
      .flatMap(containersOf)
      .filter((container) => writes(container, name))
      .map(({ spec }) => requestsOf(facts, spec).memoryLimit)
      .toSorted((a, b) => bytes(b) - bytes(a));
    const [most] = limits;
    if (most === undefined || bytes(size) < bytes(most)) return [];
    return [
      problemAt(
        "SPEC_INVALID",
        service.file,
        ["storage", name, "size"],
        {
          message: `\`${name}\` is in memory, which counts against the memory limit of what writes it, ${most}: that is killed before the volume is full`,
          found: JSON.stringify(size),
          expected: `less than ${most}, with room for the program itself`,
          fix: "write a smaller size, or give what writes it more memory, with size or resources",
        },
        facts.name,
      ),
    ];
  });
}

const writes = ({ spec }: AuthoredContainer, volume: string): boolean =>
  mountsOf(spec).some((mount) => mount.volume === volume && mount.readOnly !== true);
