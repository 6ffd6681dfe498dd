/** The place of what a component has: in itself, or where the service says it for all of them. */
import type { Endpoint } from "../model/platform.ts";
import type { Keys } from "../model/reading.ts";
import type { AuthoredContainer } from "./containers.ts";

/**
 * In: a component and an entry it has. Out: where the entry is written. What a composed service says for all its
 * components stands at the top, once, unless the component has an entry of that name, which wins.
 */
export function entryKeys(
  { service, component }: Endpoint,
  field: "consumes" | "env" | "files",
  name: string,
): Keys {
  const isOwn =
    service.kind !== "composed" || name in (service.spec.components[component.name]?.[field] ?? {});
  return [...(isOwn ? component.path : []), field, name];
}

/** The same for one container of it: what the service says for all is for the main ones. */
export function containerKeys(
  endpoint: Endpoint,
  { role, keys }: AuthoredContainer,
  field: "env" | "files",
  name: string,
): Keys {
  return role === "main" ? entryKeys(endpoint, field, name) : [...keys, field, name];
}
