/** Who reads what another service offers: what goes with the edge when it is taken away. */
import type { Endpoint, ResolvedService } from "../../model/platform.ts";
import { containersOf } from "../../release/containers.ts";
import { offerAskedFor } from "../../release/offers/offers.ts";
import { mapsBeside } from "../../release/references.ts";
import { containerKeys } from "../../release/entry-keys.ts";

/** Paths of the variables and files of a component that read from a service. */
export function readersOf(end: Endpoint, target: string): string[] {
  return containersOf(end.component).flatMap((container) =>
    (["env", "files"] as const).flatMap((field) =>
      Object.entries(container.spec[field] ?? {}).flatMap(([name, value]) =>
        typeof value === "object" && "from" in value && value.from === target
          ? [containerKeys(end, container, field, name).join(".")]
          : [],
      ),
    ),
  );
}

/** Paths of what reads from a service in objects and values of a chart; of an entry of a list, that of the list. */
export function readersBeside(service: ResolvedService, target: string): string[] {
  const paths = mapsBeside(service).flatMap(([keys, value]) => {
    if (offerAskedFor(value)?.from !== target) return [];
    const entry = keys.findIndex((key) => typeof key === "number");
    return [keys.slice(0, entry === -1 ? keys.length : entry).join(".")];
  });
  return [...new Set(paths)];
}
