/** What RZP knows of CloudNativePG, the operator that tends PostgreSQL clusters. */
import type { ResolvedComponent, ResolvedPort } from "../model/platform.ts";

/** The service that is the operator. */
export const postgresOperator = "cloudnative-pg";

/** The ports of each instance: what clients call, and what the operator asks for its status. */
export const postgresPorts: readonly ResolvedPort[] = [
  { name: "postgres", containerName: "postgres", number: 5432, protocol: "TCP", grpc: false },
  { name: "status", containerName: "status", number: 8000, protocol: "TCP", grpc: false },
];

/** Whether a component is such a cluster: the operator makes its pods, claims and Services, not the library. */
export function isPostgresCluster({ source }: Pick<ResolvedComponent, "source">): boolean {
  return source.kind === "workload" && source.spec.runs?.as === "postgresCluster";
}
