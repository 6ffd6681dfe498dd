/** Logins of consumers at a provider. */
import type { Connection, ResolvedService } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { edgeKeys } from "./edge-keys.ts";

/** A consumer has one login at a provider, and nobody else has it: role, database and Secret follow from the two. */
export function checkLogins(environment: string, connections: readonly Connection[]): Problem[] {
  const byProvider = Map.groupBy(
    connections.filter(({ login }) => login !== undefined),
    ({ provider }) => provider.service,
  );
  return [...byProvider].flatMap(([provider, edges]) => {
    const loginOf = new Map<ResolvedService, string>();
    const ownerOf = new Map<string, ResolvedService>();
    const taken = new Set(edges.map(({ login }) => login));
    return edges.flatMap(({ consumer, login = "" }): Problem[] => {
      const { service } = consumer;
      const report = (message: string, expected: string, fix: string) => [
        problemAt(
          "NAME_TAKEN",
          service.file,
          [...edgeKeys(consumer, provider.name), "login"],
          { message, found: JSON.stringify(login), expected, fix },
          environment,
        ),
      ];
      const own = loginOf.get(service);
      if (own === login) return [];
      if (own !== undefined)
        return report(
          `${service.name} has the login \`${own}\` at ${provider.name} already, and one consumer has one`,
          "the same login in every component",
          `write ${JSON.stringify(own)}`,
        );
      loginOf.set(service, login);
      const owner = ownerOf.get(login);
      if (owner !== undefined)
        return report(
          `login ${login} of ${provider.name} is claimed by ${owner.name} and ${service.name}`,
          "a login nobody else has",
          `take ${JSON.stringify(freeLogin(taken, service.name, login))}, or change ${owner.name}`,
        );
      ownerOf.set(login, service);
      return [];
    });
  });
}

/** The consumer's own name where it is free. */
function freeLogin(
  taken: ReadonlySet<string | undefined>,
  consumer: string,
  login: string,
): string {
  const own = consumer.replaceAll("-", "_");
  if (!taken.has(own)) return own;
  for (let suffix = 2; ; suffix++)
    if (!taken.has(`${login}_${suffix}`)) return `${login}_${suffix}`;
}
