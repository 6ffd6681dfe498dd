/** Files that a container reads from its ConfigMap: whether they are there, and whether it can hold them. */
import type { MountedFile } from "../../model/component.ts";
import { serviceFolder } from "../../model/paths.ts";
import type { ResolvedComponent } from "../../model/platform.ts";
import type { ConfigFile } from "../../model/tree.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { containerKeys } from "../../release/entry-keys.ts";
import type { Site } from "../site.ts";

/** The most a ConfigMap holds, all its keys together (Kubernetes, MaxSecretSize). */
const configMapBytesMax = 1024 * 1024;

/** Problems: FILE_MISSING, FILE_UNFIT. */
export function checkConfigFiles(
  site: Site,
  component: ResolvedComponent,
  container: AuthoredContainer,
  configFiles: readonly ConfigFile[],
): Problem[] {
  const { service } = site.release;
  const files = Object.entries(container.spec.files ?? {}).map(([path, file]) => ({
    keys: containerKeys({ service, component }, container, "files", path),
    file,
  }));
  return [
    ...files.flatMap((file) => fromConfig(site, file, configFiles)),
    ...tooLarge(site, files, configFiles),
  ];
}

interface FileAt {
  readonly keys: Keys;
  readonly file: MountedFile;
}

function fromConfig(
  { release: { service }, report }: Site,
  { keys, file: written }: FileAt,
  configFiles: readonly ConfigFile[],
): Problem[] {
  if (typeof written !== "object" || !("file" in written)) return [];
  const { file } = written;
  const found = configFiles.find((one) => one.file === file);
  const names = configFiles.map((one) => one.file);
  if (found === undefined)
    return [
      report("FILE_MISSING", keys, {
        message: `there is no file \`${file}\` beside values.ts`,
        ...choice(file, names, `create ${serviceFolder(service.name)}/${file}`),
      }),
    ];
  if (found.isText) return [];
  return [
    report("FILE_UNFIT", keys, {
      message: `\`${file}\` is not UTF-8, and would reach the container as something else`,
      found: JSON.stringify(file),
      expected: "a text in UTF-8",
      fix: "save it as UTF-8 if it is a text; anything else belongs into the image or a volume",
    }),
  ];
}

/** One ConfigMap carries the files of a container. Told once, at the largest. */
function tooLarge(
  { report }: Site,
  files: readonly FileAt[],
  configFiles: readonly ConfigFile[],
): Problem[] {
  const sizes = files
    .map(({ keys, file }) => ({ keys, bytes: bytesOf(file, configFiles) }))
    .toSorted((a, b) => b.bytes - a.bytes);
  const sum = sizes.reduce((total, { bytes }) => total + bytes, 0);
  const [largest] = sizes;
  if (largest === undefined || sum <= configMapBytesMax) return [];
  return [
    report("FILE_UNFIT", largest.keys, {
      message: "the files of a container are in one ConfigMap, and these are too large for it",
      found: `${sum} bytes, ${largest.bytes} of them here`,
      expected: `${configMapBytesMax} bytes at most`,
      fix: "make it smaller, or put it into the image or a volume",
    }),
  ];
}

/** What a file takes of the ConfigMap; what RZP writes, or a Secret holds, counts as nothing, and so does what is no text: it is told as that. */
function bytesOf(file: MountedFile, configFiles: readonly ConfigFile[]): number {
  if (typeof file === "string") return Buffer.byteLength(file);
  if (!("file" in file)) return 0;
  const found = configFiles.find((one) => one.file === file.file);
  return found?.isText === true ? found.bytes : 0;
}
