/**
 * Devices a container sees and may not open. A path of the node is mounted; the right to open what is there the runtime gives by
 * itself to a few devices only (containerd, `WithDefaultUnixDevices`), or to a privileged container for all.
 */
import { clusterFile } from "../../model/paths.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { containersOf } from "../../release/containers.ts";
import { siteOf } from "../site.ts";

const openToAll: ReadonlySet<string> = new Set(
  ["full", "net/tun", "null", "random", "tty", "urandom", "zero"].map((name) => `/dev/${name}`),
);

/** Problems: DEVICE_CLOSED, warnings: a runtime may have been told to open more, which nobody has said yet. */
export function checkDevices(release: Release): Problem[] {
  const { report } = siteOf(release);
  const open = new Set<string>([...openToAll, ...(release.facts.cluster.openDevices ?? [])]);
  return release.service.components.flatMap(containersOf).flatMap(({ spec, keys }) => {
    const { devices = [], privileged } = spec.security?.value ?? {};
    if (privileged === true) return [];
    return devices.flatMap((device, index) =>
      open.has(device)
        ? []
        : [
            report("DEVICE_CLOSED", [...keys, "security", "value", "devices", index], {
              severity: "warning",
              message: `the container sees ${device}, and the runtime does not let it open it`,
              found: JSON.stringify(device),
              expected: `privileged: true, or only some of: ${[...open].toSorted().join(", ")}`,
              fix: `where the runtime was told to open it, add it to openDevices in ${clusterFile("<cluster>")}; a graphics card is asked for with \`gpu\`; else write privileged: true in place of devices, which opens all devices of the node`,
            }),
          ],
    );
  });
}
