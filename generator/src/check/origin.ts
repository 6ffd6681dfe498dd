/** Who made a rendered object: RZP from fields, the service under `objects`, or an upstream chart. */
import type { Tree } from "../model/data.ts";
import { ownObject, patchName } from "../release/objects.ts";
import type { OwnObject } from "../release/objects.ts";
import type { CheckedObject } from "./objects.ts";

/** What the service says of it under `objects`; undefined where RZP or a chart made it. */
export const ownOf = ({ manifest, release }: CheckedObject): OwnObject | undefined =>
  manifest.vendored === true ? undefined : ownObject(release.service, manifest);

/** Whether RZP derived it: then a field says what it is. */
export const isDerived = (object: CheckedObject): boolean =>
  object.manifest.vendored !== true && ownOf(object) === undefined;

/** Whether its service brings it into another namespace, for which no field can say anything. */
export const isElsewhere = (object: CheckedObject): boolean =>
  object.manifest.namespace !== undefined &&
  object.manifest.namespace !== object.release.service.namespace &&
  ownOf(object) !== undefined;

/** The patch of its service for it. */
export const patchOf = ({ manifest, release }: CheckedObject): Tree | undefined =>
  release.service.spec.patches?.[patchName(manifest)];

/** Whether RZP derived it and its service changes it. */
export const isPatched = (object: CheckedObject): boolean =>
  patchOf(object) !== undefined && isDerived(object);

/** Whether it is what the library made of fields, to the letter. */
export const isUntouched = (object: CheckedObject): boolean =>
  isDerived(object) && patchOf(object) === undefined;
