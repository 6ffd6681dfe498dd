/** Files generated from the zod model: authoring types, the library's defaults and schema, pages of the docs. */
import { errorPages } from "../problems/error-pages.ts";
import { libraryFiles } from "./library-files.ts";
import type { OutputFile } from "../output/files.ts";
import { authoringTypes } from "./types/types.ts";
import { referencePages } from "./pages/reference-pages.ts";
import { runbookPages } from "./pages/runbooks.ts";
import { rulesPage } from "./pages/rules-page.ts";

/** All of them, whole, whatever is on disk. */
export function modelFiles(): OutputFile[] {
  return [
    { path: "generator/src/authoring/types.generated.ts", content: authoringTypes() },
    ...libraryFiles(),
    ...errorPages(),
    ...referencePages(),
    rulesPage(),
    ...runbookPages(),
  ];
}
