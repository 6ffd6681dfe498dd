/** `needs` inside one layer: an init container that waits for the provider's port. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { NamedContainer } from "../model/values/container.ts";
import { limited, serviceHost } from "../resolve/names.ts";
import { neededConnections } from "../resolve/order.ts";
import { mirrored } from "../resolve/mirrors.ts";

/** Only `nc` and `sh` are used of it. */
export const waitImage = "docker.io/library/busybox:1.37.0";

export function waitContainers(release: Release, component: ResolvedComponent): NamedContainer[] {
  return neededConnections(release, component).map(({ provider, ports }) => {
    const port = ports.find((candidate) => candidate.protocol === "TCP");
    const host = serviceHost(provider.component.objectName, provider.service.namespace, release.facts.cluster.dns.domain);
    return {
      name: limited(`wait-for-${provider.service.name}`, 63),
      image: mirrored(waitImage, release.facts.cluster.mirrors ?? {}),
      command: ["sh", "-c", `until nc -z -w 2 ${host} ${port?.number ?? 0}; do sleep 2; done`],
      resources: { cpu: "5m", memory: "8Mi", memoryLimit: "16Mi" },
    };
  });
}
