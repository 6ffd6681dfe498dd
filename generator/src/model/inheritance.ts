/** Which services an environment lists. */
import type { Environment } from "./environment.ts";

/**
 * Own services after those of the environment it extends, without the ones it leaves out. A chain that comes back
 * to itself ends there; that it does is told by the overlay stage (ENVIRONMENT_EXTENDS).
 */
export function listedServices(
  environments: ReadonlyMap<string, Environment>,
  name: string,
  visited: readonly string[] = [],
): string[] {
  const environment = environments.get(name);
  if (environment === undefined || visited.includes(name)) return [];
  const inherited =
    environment.extends === undefined
      ? []
      : listedServices(environments, environment.extends, [...visited, name]);
  const left = environment.without ?? [];
  return [...new Set([...inherited, ...(environment.services ?? [])])].filter(
    (service) => !left.includes(service),
  );
}
