/** All services of an environment -> releases with both ends of every connection. */
import type { EnvironmentServices, SourceTree } from "../model/tree.ts";
import type { Release, ResolvedService } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { connect } from "./connections/connections.ts";
import { checkNames } from "./names/collisions.ts";
import { checkOrder, connectionsOfNeeds } from "./connections/order.ts";
import { checkComponents } from "./rules/component.ts";
import { checkKinds } from "./rules/kinds.ts";
import { checkMemoryVolumes } from "./rules/memory-volumes.ts";
import { checkMountPoints } from "./rules/mount-points.ts";
import { checkDevices } from "./rules/devices.ts";
import { checkPods } from "./rules/pod.ts";
import { checkQuota } from "./rules/quota.ts";
import { checkReferences } from "./references/references.ts";
import { checkService } from "./rules/service.ts";
import { checkUnansweredNames } from "./connections/unanswered-names.ts";
import { checkLiteralAddresses } from "./connections/literal-addresses.ts";
import { checkLiteralHosts } from "./connections/literal-hosts.ts";
import { checkLiteralOutside } from "./connections/literal-outside.ts";
import { resolveService } from "./service.ts";
import { checkStopped } from "./connections/stopped-providers.ts";
import { checkProvider } from "./rules/sign-in-provider.ts";
import { checkWriters } from "./rules/writers.ts";

export interface ResolveInput {
  readonly environment: EnvironmentServices;
  /** Names of all services of the repository, for a fix that knows the difference. */
  readonly existing: readonly string[];
  /** Names of the hosts of all its clusters: one that only another cluster has is still meant as a host. */
  readonly hosts: readonly string[];
  /** Service to its files under config/. */
  readonly configFiles: SourceTree["configFiles"];
}

/** Problems: those of connect and of every check below. */
export function resolveEnvironment({ environment, existing, hosts, configFiles }: ResolveInput): {
  releases: readonly Release[];
  problems: readonly Problem[];
} {
  const { facts } = environment;
  const services = new Map<string, ResolvedService>(
    [...environment.services].map(([name, authored]) => [
      name,
      resolveService(name, authored, facts),
    ]),
  );
  const neighbours = { facts, services, existing };
  const { connections: declared, problems } = connect(neighbours);
  const connections = [...declared, ...connectionsOfNeeds(neighbours, declared)];
  const incoming = Map.groupBy(connections, ({ provider }) => provider.service);
  const outgoing = Map.groupBy(connections, ({ consumer }) => consumer.service);
  const releases = [...services.values()].map((service) => ({
    facts,
    service,
    incoming: incoming.get(service) ?? [],
    outgoing: outgoing.get(service) ?? [],
    calls: [],
    addresses: {},
  }));
  return {
    releases,
    problems: [
      ...problems,
      ...checkProvider(environment),
      ...checkOrder(neighbours),
      ...checkStopped(neighbours),
      ...checkNames(facts, releases),
      ...releases.flatMap(checkComponents),
      ...releases.flatMap(checkKinds),
      ...releases.flatMap(checkPods),
      ...releases.flatMap(checkDevices),
      ...releases.flatMap(checkMemoryVolumes),
      ...releases.flatMap(checkMountPoints),
      ...releases.flatMap(checkWriters),
      ...releases.flatMap(checkService),
      ...releases.flatMap(checkQuota),
      ...releases.flatMap((release) =>
        checkReferences(release, configFiles.get(release.service.name) ?? [], {
          ...neighbours,
          hosts,
        }),
      ),
      ...checkLiteralAddresses(releases),
      ...checkLiteralHosts(releases),
      ...checkLiteralOutside(releases),
      ...releases.flatMap(checkUnansweredNames),
    ],
  };
}
