/** The library chart as Helm and the caches see it. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { followedFiles, isFile } from "../cache/on-disk.ts";
import { libraryFolder } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import type { Helm } from "../tools/helm-carrier.ts";

interface LibraryFile {
  /** From the folder of the library. */
  readonly name: string;
  readonly content: Buffer;
}

/** What Helm is given of the library: its name, and all templates in the order of theirs. */
export function stagedLibrary(root: string): LibraryFile[] {
  return [`${libraryFolder}/Chart.yaml`, ...followedFiles(root, `${libraryFolder}/templates`)].map(
    (file) => ({
      name: file.slice(libraryFolder.length + 1),
      content: readFileSync(path.join(root, file)),
    }),
  );
}

/** Problem: FILE_ABSENT, where there is no library, as after a checkout without it. */
export function absentLibrary(root: string): Problem | undefined {
  const file = `${libraryFolder}/Chart.yaml`;
  if (isFile(root, file)) return undefined;
  return {
    code: "FILE_ABSENT",
    severity: "error",
    message: "the library chart is not there, with which every service is rendered",
    place: { file, line: 1, column: 1 },
    expected: file,
    fix: `bring it back as it was committed: git checkout HEAD -- ${libraryFolder}`,
  };
}

/** What every release is rendered with: another key when the library or Helm is another. */
export function libraryKey(root: string, helm: Helm): string {
  const key = createHash("sha256").update(helm.version);
  for (const { name, content } of stagedLibrary(root)) key.update(`\0${name}\0`).update(content);
  return key.digest("hex");
}
