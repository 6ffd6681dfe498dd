/**
 * Operators and what they tend: connections that follow from a kind of workload, not from `consumes`. An operator
 * exists once on a cluster, so they cross environments.
 */
import { postgresOperator } from "../../model/known-services.ts";
import type { Connection, Release } from "../../model/platform.ts";
import { isPostgresCluster, postgresPorts } from "../../release/postgres.ts";

/** In: all releases of one cluster. Out: the same with the operator's connections to every database cluster. */
export function connectOperators(releases: readonly Release[]): Release[] {
  const operator = releases.find((release) => release.service.name === postgresOperator);
  const [tending] = operator?.service.components ?? [];
  if (operator === undefined || tending === undefined) return [...releases];
  const consumer = { service: operator.service, component: tending };
  const connections = releases.flatMap(({ service }) =>
    service.components.filter(isPostgresCluster).map((component): Connection => ({
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
