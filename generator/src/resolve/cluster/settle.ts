/** What is shared by the environments of a cluster: addresses of its pool, operators that tend databases, callers of all services. */
import type { Platform, Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { addressesOf, allocateAddresses } from "./addresses.ts";
import { informBackups } from "./backups.ts";
import { checkAlertRouting } from "./alert-routing.ts";
import { checkAlertServers } from "./alert-servers.ts";
import { connectCallers } from "./callers.ts";
import { checkClusterNames } from "../names/collisions.ts";
import { checkDrill, informDrill } from "./drill.ts";
import { informGateways } from "./gateways.ts";
import { informTelemetry } from "./telemetry.ts";
import { checkOwnAddresses } from "./own-addresses.ts";
import { checkNamedAddresses } from "./named-addresses.ts";
import { checkPublicHosts } from "./public-names.ts";
import { checkProviderPlaces } from "./provider-places.ts";
import { informOptionalMetrics } from "./optional-metrics.ts";
import { checkObjectHosts } from "../names/object-hosts.ts";
import { connectOperators } from "./operators.ts";
import { checkRedirects } from "../names/redirects.ts";
import { checkWideHosts } from "../names/wide-hosts.ts";

/** In: releases of all environments, and the lock file of each cluster. Out: the same, complete, with the lock files as they are to be. */
export function settleClusters(
  releases: readonly Release[],
  lockFiles: ReadonlyMap<string, string>,
): Pick<Platform, "releases" | "locks"> & { readonly problems: readonly Problem[] } {
  const clusters = [...Map.groupBy(releases, (release) => release.facts.clusterName)].map(
    ([cluster, mine]) => ({
      cluster,
      mine,
      ...allocateAddresses(cluster, mine, lockFiles.get(cluster)),
    }),
  );
  return {
    releases: clusters.flatMap(({ mine, addresses }) =>
      withNeighbours(
        mine.map((release) => ({ ...release, addresses: addressesOf(release, addresses) })),
      ),
    ),
    locks: new Map(
      clusters.flatMap(({ cluster, lock }) =>
        lock === undefined ? [] : [[cluster, lock] as const],
      ),
    ),
    problems: [
      ...clusters.flatMap(({ mine, addresses, problems }) => [
        ...problems,
        ...checkNamedAddresses(mine, addresses),
        ...checkOwnAddresses(mine, addresses),
        ...checkClusterNames(mine),
        ...checkWideHosts(mine),
        ...checkObjectHosts(mine),
        ...checkProviderPlaces(mine, addresses),
        ...checkDrill(mine),
        ...checkAlertRouting(mine),
        ...checkAlertServers(mine),
      ]),
      ...checkPublicHosts(releases),
      ...checkRedirects(releases),
    ],
  };
}

const withNeighbours = (releases: readonly Release[]): Release[] =>
  informDrill(
    informBackups(
      informTelemetry(
        informGateways(connectCallers(connectOperators(informOptionalMetrics(releases)))),
      ),
    ),
  );
