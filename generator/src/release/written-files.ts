/** Files of a service that RZP writes from facts of the whole cluster. */
import type { ResolvedService } from "../model/platform.ts";
import type { WrittenFile } from "../model/written-files.ts";
import { containersOf } from "./containers.ts";

export const writtenFiles = ({ components }: ResolvedService): WrittenFile[] =>
  components.flatMap((component) =>
    containersOf(component).flatMap(({ spec }) =>
      Object.values(spec.files ?? {}).flatMap((file) =>
        typeof file === "object" && "writes" in file ? [file] : [],
      ),
    ),
  );
