/** `needs` inside one layer: an init container that waits for the provider's port. */
import type { Derived } from "../../model/derived.ts";
import { valuesOf } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { NamedContainer } from "../../model/values/container.ts";
import { waitName } from "../../model/names.ts";
import { componentFact, serviceFact } from "../../release/causes.ts";
import { hostOf } from "../../release/offers/offers.ts";
import { neededConnections } from "../../release/layers.ts";
import { mirrored } from "../../release/images/mirrors.ts";
import { waitRequests } from "../../release/resources/container-requests.ts";

/** Only `nc` and `sh` are used of it. */
const image = "docker.io/library/busybox:1.37.0";

export const waitContainers = (release: Release, component: ResolvedComponent): NamedContainer[] =>
  valuesOf(derivedWaits(release, component));

/** One for each service that is waited for. */
export function derivedWaits(
  release: Release,
  component: ResolvedComponent,
): Derived<NamedContainer>[] {
  const { service, facts } = release;
  return neededConnections(release, component).flatMap(({ provider, ports }) => {
    const port = ports.find((candidate) => candidate.protocol === "TCP");
    if (port === undefined) return [];
    const value = {
      name: waitName(provider.service.name),
      image: mirrored(image, facts.cluster.mirrors ?? {}),
      command: [
        "sh",
        "-c",
        `until nc -z -w 2 ${hostOf(provider, facts)} ${port.number}; do sleep 2; done`,
      ],
      resources: waitRequests,
    };
    return [
      {
        value,
        rule: "waits-for-need" as const,
        causes: [
          serviceFact(service, "needs"),
          componentFact(service, component, "consumes", provider.service.name),
        ],
      },
    ];
  });
}
