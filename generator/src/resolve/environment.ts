/** All services of an environment -> releases with both ends of every connection. */
import type { EnvironmentServices } from "../model/tree.ts";
import type { Release, ResolvedService } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { connect } from "./connections.ts";
import { checkNames } from "./collisions.ts";
import { checkOrder, connectionsOfNeeds } from "./order.ts";
import { checkComponents } from "./component-rules.ts";
import { checkKinds } from "./kind-rules.ts";
import { checkMemoryVolumes } from "./memory-volumes.ts";
import { checkDevices } from "./device-rules.ts";
import { checkPods } from "./pod-rules.ts";
import { checkQuota } from "./quota-rules.ts";
import { checkReferences } from "./references.ts";
import { checkService } from "./service-rules.ts";
import { checkLiteralAddresses } from "./literal-addresses.ts";
import { checkLiteralHosts } from "./literal-hosts.ts";
import { checkLiteralOutside } from "./literal-outside.ts";
import { resolveService } from "./service.ts";
import { checkStopped } from "./stopped-providers.ts";
import { checkProvider } from "./provider-rules.ts";

export interface ResolveInput {
  readonly environment: EnvironmentServices;
  /** Names of all services of the repository, for a fix that knows the difference. */
  readonly existing: readonly string[];
  /** Service to its files under config/. */
  readonly configFiles: ReadonlyMap<string, readonly string[]>;
}

/** Problems: those of connect and of every check below. */
export function resolveEnvironment({ environment, existing, configFiles }: ResolveInput): {
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
      ...releases.flatMap(checkService),
      ...releases.flatMap(checkQuota),
      ...releases.flatMap((release) =>
        checkReferences(release, configFiles.get(release.service.name) ?? [], neighbours),
      ),
      ...checkLiteralAddresses(releases),
      ...checkLiteralHosts(releases),
      ...checkLiteralOutside(releases),
    ],
  };
}
