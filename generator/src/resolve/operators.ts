/**
 * Operators and what they tend: connections that follow from a kind of workload, not from `consumes`. An operator
 * exists once on a cluster, so they cross environments.
 */
import type { Connection, Release, ResolvedPort } from "../model/platform.ts";

/** The service that tends PostgreSQL clusters, and the ports it asks each instance at (CloudNativePG). */
const postgresOperator = "cloudnative-pg";
const postgresPorts: readonly ResolvedPort[] = [
  { name: "postgres", containerName: "postgres", number: 5432, protocol: "TCP", grpc: false },
  { name: "status", containerName: "status", number: 8000, protocol: "TCP", grpc: false },
];

/** In: all releases of one cluster. Out: the same with the operator's connections to every database cluster. */
export function connectOperators(releases: readonly Release[]): Release[] {
  const operator = releases.find((release) => release.service.name === postgresOperator);
  const [tending] = operator?.service.components ?? [];
  if (operator === undefined || tending === undefined) return [...releases];
  const consumer = { service: operator.service, component: tending };
  const connections = releases.flatMap(({ service }) =>
    service.components
      .filter(
        (component) =>
          component.source.kind === "workload" &&
          component.source.spec.runs?.as === "postgresCluster",
      )
      .map((component): Connection => ({
        consumer,
        provider: { service, component },
        ports: postgresPorts,
        operates: true,
      })),
  );
  return releases.map((release) => ({
    ...release,
    incoming: [
      ...release.incoming,
      ...connections.filter((edge) => edge.provider.service === release.service),
    ],
    outgoing: [...release.outgoing, ...(release === operator ? connections : [])],
  }));
}
