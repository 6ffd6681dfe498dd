/** Files that RZP writes from facts of the whole cluster. */
import type { ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import type { WrittenFile } from "../../model/written-files.ts";
import { containersOf } from "../containers.ts";

export const writtenFiles = ({ components }: ResolvedService): WrittenFile[] =>
  components.flatMap(writtenFilesOf);

/** Those of one component. */
export const writtenFilesOf = (component: ResolvedComponent): WrittenFile[] =>
  containersOf(component).flatMap(({ spec }) =>
    Object.values(spec.files ?? {}).flatMap((file) =>
      typeof file === "object" && "writes" in file ? [file] : [],
    ),
  );
