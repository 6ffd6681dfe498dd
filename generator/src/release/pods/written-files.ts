/** Files that RZP writes from facts of the whole cluster. */
import type { Cause } from "../../model/derived.ts";
import type { ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import type { WrittenFile } from "../../model/written-files.ts";
import { containerFact } from "../causes.ts";
import { containersOf } from "../containers.ts";

/** In: a service. Out: where it asks for a file of what is written; undefined where it does not. */
export function writtenFact(
  service: ResolvedService,
  what: WrittenFile["writes"],
): Cause | undefined {
  const [fact] = service.components.flatMap((component) =>
    containersOf(component).flatMap((container) =>
      Object.entries(container.spec.files ?? {}).flatMap(([path, file]) =>
        typeof file === "object" && "writes" in file && file.writes === what
          ? [containerFact(service, component, container, "files", path)]
          : [],
      ),
    ),
  );
  return fact;
}

/** Those of a component. */
export const writtenFilesOf = (component: ResolvedComponent): WrittenFile[] =>
  containersOf(component).flatMap(({ spec }) =>
    Object.values(spec.files ?? {}).flatMap((file) =>
      typeof file === "object" && "writes" in file ? [file] : [],
    ),
  );
