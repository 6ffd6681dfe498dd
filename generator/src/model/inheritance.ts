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
  // One that is in both lists is told where lists are checked; that it does not run would only follow from it.
  const kept = inherited.filter((service) => environment.without?.includes(service) !== true);
  return [...new Set([...kept, ...(environment.services ?? [])])];
}

/** Whether one of those it extends could not be read, is not there, or extends it: then nobody knows what runs in it. */
export function inheritsUnknown(
  environments: ReadonlyMap<string, Environment>,
  name: string,
  visited: readonly string[] = [],
): boolean {
  const base = environments.get(name)?.extends;
  if (base === undefined) return false;
  if (base === name || visited.includes(base)) return true;
  return !environments.has(base) || inheritsUnknown(environments, base, [...visited, name]);
}
