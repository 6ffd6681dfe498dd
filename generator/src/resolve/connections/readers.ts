/** Who reads what another service offers: what goes with the edge when it is taken away. */
import type { Endpoint } from "../../model/platform.ts";
import { containersOf } from "../../release/containers.ts";
import { containerKeys } from "../entry-keys.ts";

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
