/** Files generated from the zod model: authoring types, the library's defaults and schema, pages of the docs. */
import { errorPages } from "../problems/error-pages.ts";
import { libraryFiles } from "../values/library-files.ts";
import type { OutputFile } from "../write/plan.ts";
import { authoringTypes } from "./authoring-types.ts";
import { referencePages } from "./reference-pages.ts";

export function modelFiles(): OutputFile[] {
  return [
    { path: "generator/src/authoring/types.generated.ts", content: authoringTypes() },
    ...libraryFiles(),
    ...errorPages(),
    ...referencePages(),
  ];
}
