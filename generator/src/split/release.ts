/** Manifests of one release, patched, with the file each goes to. */
import { ownObject } from "../release/objects.ts";
import type { RenderedRelease } from "../model/rendered.ts";
import type { FiledManifest, Manifest } from "../model/manifest.ts";
import type { Release } from "../model/platform.ts";
import { renderedFolder, serviceFile } from "../model/paths.ts";
import { markedFile } from "../output/marker.ts";
import type { OutputFile } from "../output/files.ts";
import { fileName, splitManifests } from "./manifests.ts";
import { withMirroredImages } from "./images.ts";
import { patched } from "./patches.ts";

/** In: a release and its documents. Out: its manifests in the order of their files. */
export function manifestsOfRelease(release: Release, documents: string): FiledManifest[] {
  const { service, facts } = release;
  const { mirrors } = facts.cluster;
  return splitManifests(documents)
    .map((manifest: Manifest) => patched(manifest, service.spec.patches ?? {}))
    .map((manifest) => ({ manifest, isOwnObject: ownObject(service, manifest) !== undefined }))
    .map(({ manifest, isOwnObject }) => ({
      ...(isOwnObject ? withMirroredImages(manifest, mirrors) : manifest),
      file: fileName(manifest, { namespace: service.namespace, isOwnObject }),
    }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** A file an object, in the folder of the environment and service. */
export function manifestFiles({
  release,
  manifests,
}: Pick<RenderedRelease, "release" | "manifests">): OutputFile[] {
  const folder = renderedFolder(release.facts.name, release.service.name);
  const source = serviceFile(release.service.name);
  return manifests.map(({ file, text }) =>
    markedFile({ path: `${folder}/${file}`, source, comment: "#", body: text }),
  );
}
