/** Logins of consumers at a provider. */
import type { Connection, ResolvedService } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { reservedBecause } from "../../release/postgres.ts";
import { entryKeys } from "../../release/entry-keys.ts";

/**
 * A consumer has one login at a provider, and nobody else has it: role, database and Secret follow from the two.
 * A login belongs first to the consumer of that name. Problems: NAME_TAKEN, NAME_RESERVED.
 */
export function checkLogins(environment: string, connections: readonly Connection[]): Problem[] {
  const byProvider = Map.groupBy(
    connections.filter(({ login }) => login !== undefined),
    ({ provider }) => provider.service,
  );
  return [
    ...connections.flatMap((connection) => reserved(environment, connection)),
    ...[...byProvider].flatMap(([provider, unsorted]) =>
      ofProvider(environment, provider, unsorted),
    ),
  ];
}

/** Roles and databases that PostgreSQL, its operator or the cluster itself has; a login is a role and, unless it reads all, a database. */
function reserved(environment: string, connection: Connection): Problem[] {
  const { consumer, provider, login, readsAll } = connection;
  if (login === undefined) return [];
  const why = reservedBecause(login, readsAll === true);
  const own = loginNamed(consumer.service.name);
  const free = reservedBecause(own, readsAll === true) === undefined ? own : `service_${own}`;
  return why === undefined
    ? []
    : [
        problemAt(
          "NAME_RESERVED",
          consumer.service.file,
          [...entryKeys(consumer, "consumes", provider.service.name), "login"],
          {
            message: `\`${login}\` cannot be a login: ${why}`,
            found: JSON.stringify(login),
            expected: "a name that neither PostgreSQL nor CloudNativePG has",
            fix: `take ${JSON.stringify(free)}`,
          },
          environment,
        ),
      ];
}

function ofProvider(
  environment: string,
  provider: ResolvedService,
  unsorted: readonly Connection[],
): Problem[] {
  const edges = unsorted.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const edgeOf = new Map<ResolvedService, Connection>();
  const ownerOf = new Map<string, Connection>();
  const taken = new Set(edges.map(({ login }) => login));
  return edges.flatMap((edge): Problem[] => {
    const { consumer, login = "" } = edge;
    const { service } = consumer;
    const report = (message: string, text: Pick<Problem, "expected" | "fix" | "related">) => [
      problemAt(
        "NAME_TAKEN",
        service.file,
        keysOf(edge, provider),
        { message, found: JSON.stringify(login), ...text },
        environment,
      ),
    ];
    const first = edgeOf.get(service);
    const own = first?.login;
    if (own === login) return [];
    if (first !== undefined)
      return report(
        `${service.name} has the login \`${own}\` at ${provider.name} already, and one consumer has one`,
        {
          expected: "the same login in every component",
          fix: `write ${JSON.stringify(own)}, or this login in every other component`,
          related: [placeOf(first, provider, `here it is \`${own}\``)],
        },
      );
    edgeOf.set(service, edge);
    const ownerEdge = ownerOf.get(login);
    if (ownerEdge !== undefined) {
      const owner = ownerEdge.consumer.service;
      const free = JSON.stringify(freeLogin(taken, service.name, login));
      const otherwise = isOwn(ownerEdge)
        ? `change ${owner.name}`
        : `${JSON.stringify(freeLogin(taken, owner.name, login))} in ${owner.name}, whichever is newer`;
      return report(
        `login ${login} of ${provider.name} is claimed by ${owner.name} and ${service.name}`,
        {
          expected: "a login nobody else has",
          fix: `write ${free}, or ${otherwise}${toReadAll(edge, owner, free)}`,
          related: [placeOf(ownerEdge, provider, `${owner.name} has it`)],
        },
      );
    }
    ownerOf.set(login, edge);
    return [];
  });
}

const keysOf = ({ consumer }: Connection, provider: ResolvedService) => [
  ...entryKeys(consumer, "consumes", provider.name),
  "login",
];

const placeOf = (edge: Connection, provider: ResolvedService, note: string) => ({
  file: edge.consumer.service.file,
  keys: keysOf(edge, provider),
  note,
});

/** A login of its own leads to a database of its own, which is empty: who wants the other's data reads all. */
function toReadAll({ readsAll }: Connection, owner: ResolvedService, login: string) {
  return readsAll === true
    ? ""
    : `; to read the database of ${owner.name}, as a dump does: { login: ${login}, readsAll: true }`;
}

/** The login a service has by its name, which a database spells without hyphens. */
export const loginNamed = (service: string) => service.replaceAll("-", "_");
const isOwn = ({ consumer, login }: Connection) => login === loginNamed(consumer.service.name);

/** The consumer's own name where it is free. */
function freeLogin(
  taken: ReadonlySet<string | undefined>,
  consumer: string,
  login: string,
): string {
  const own = loginNamed(consumer);
  if (!taken.has(own)) return own;
  for (let suffix = 2; ; suffix++)
    if (!taken.has(`${login}_${suffix}`)) return `${login}_${suffix}`;
}
