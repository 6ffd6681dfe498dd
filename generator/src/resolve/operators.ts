/** Operators and what they tend: connections that follow from a kind of workload, not from `consumes`. */
import type { Connection, ResolvedPort } from "../model/platform.ts";
import type { Neighbours } from "./connections.ts";

/** The service that tends PostgreSQL clusters, and the ports it asks each instance at (CloudNativePG). */
const postgresOperator = "cloudnative-pg";
const postgresPorts: readonly ResolvedPort[] = [
  { name: "postgres", containerName: "postgres", number: 5432, protocol: "TCP", grpc: false },
  { name: "status", containerName: "status", number: 8000, protocol: "TCP", grpc: false },
];

/** In: the services of an environment. Out: a connection from the operator to every database cluster. */
export function connectionsOfOperators({ services }: Neighbours): Connection[] {
  const operator = services.get(postgresOperator);
  const [tending] = operator?.components ?? [];
  if (operator === undefined || tending === undefined) return [];
  return [...services.values()].flatMap((service) =>
    service.components
      .filter((component) => component.source.kind === "workload" && component.source.spec.runs?.as === "postgresCluster")
      .map((component): Connection => ({ consumer: { service: operator, component: tending }, provider: { service, component }, ports: postgresPorts, operates: true })),
  );
}
