/** Who made a rendered object: RZP from fields, the service under `objects`, or an upstream chart. */
import type { Tree } from "../model/data.ts";
import { ownObject, patchName } from "../release/objects.ts";
import type { CheckedObject } from "./objects.ts";

/** Whether RZP derived it: then a field says what it is. */
export const isDerived = ({ manifest, release }: CheckedObject): boolean =>
  manifest.vendored !== true && ownObject(release.service, manifest) === undefined;

/** The patch of its service for it. */
export const patchOf = ({ manifest, release }: CheckedObject): Tree | undefined =>
  release.service.spec.patches?.[patchName(manifest)];

/** Whether it is what the library made of fields, to the letter. */
export const isUntouched = (object: CheckedObject): boolean =>
  isDerived(object) && patchOf(object) === undefined;
