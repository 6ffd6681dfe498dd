/** What RZP knows of CloudNativePG, the operator that tends PostgreSQL clusters. */
import type { ResolvedComponent, ResolvedPort } from "../model/platform.ts";

/** The ports of each instance: what clients call, and what the operator asks for its status. */
export const postgresPorts: readonly ResolvedPort[] = [
  { name: "postgres", containerName: "postgres", number: 5432, protocol: "TCP", grpc: false },
  { name: "status", containerName: "status", number: 8000, protocol: "TCP", grpc: false },
];

/** All that an instance listens on, whatever its file says: those, and metrics. */
export const postgresNumbers: readonly number[] = [
  ...postgresPorts.map(({ number }) => number),
  9187,
];

/** Whether a component is such a cluster: the operator makes its pods, claims and Services, not the library. */
export function isPostgresCluster({ source }: Pick<ResolvedComponent, "source">): boolean {
  return source.kind === "workload" && source.spec.runs?.as === "postgresCluster";
}

/** Roles that are there before any consumer's: of PostgreSQL, of the operator, of the cluster's first database. */
const reservedRoles: Readonly<Record<string, string>> = {
  postgres: "it is the superuser of every PostgreSQL",
  streaming_replica: "CloudNativePG copies between instances with it",
  app: "it owns the database that every cluster begins with",
  public: "PostgreSQL means every role by it",
  none: "PostgreSQL means no role by it",
};
const reservedDatabases: Readonly<Record<string, string>> = {
  template0: "PostgreSQL makes databases of it",
  template1: "PostgreSQL makes databases of it",
};

/**
 * In: a login, and whether it has no database of its own. Out: why CloudNativePG makes no role or database of that name for
 * a consumer (IsRoleReserved, and the rules of its DatabaseRole and Database); undefined where it does.
 */
export function reservedBecause(login: string, isRoleOnly: boolean): string | undefined {
  if (login.startsWith("pg_")) return "PostgreSQL keeps names that begin with pg_ to itself";
  if (login.startsWith("cnpg_")) return "CloudNativePG keeps names that begin with cnpg_ to itself";
  return reservedRoles[login] ?? (isRoleOnly ? undefined : reservedDatabases[login]);
}
