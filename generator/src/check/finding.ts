/** What a rule found in a rendered object -> a Problem at the authored value it comes from. */
import { ownObject, patchName } from "../release/objects.ts";
import type { ResolvedComponent } from "../model/platform.ts";
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import { containersOf } from "../release/containers.ts";
import { entryKeys } from "../release/entry-keys.ts";
import type { CheckedObject } from "./objects.ts";
import { at } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
import { isTree } from "../model/data.ts";
import { asVendored } from "./vendored.ts";

export interface Finding extends ProblemText {
  readonly code: ProblemCode;
  /** Where in the rendered object: says where to look in `objects` and `patches`. */
  readonly path: Keys;
  /** Where in the authored service, if neither of these made it. */
  readonly field: Keys;
}

/** In: an object and what is wrong with it; the message is continued after the object's name. */
export function problemIn(object: CheckedObject, finding: Finding): Problem {
  const { code, path, field, message, ...rest } = asVendored(object, finding);
  const { service, facts } = object.release;
  return problemAt(
    code,
    service.file,
    authoredKeys(object, path, field),
    { ...rest, message: `${nameOf(object)}: ${message}` },
    facts.name,
  );
}

/** `Deployment sonarr`, with its namespace where it is not the service's own. */
export function nameOf({ manifest, release }: CheckedObject): string {
  const elsewhere =
    manifest.namespace !== undefined && manifest.namespace !== release.service.namespace;
  return `${manifest.kind} ${elsewhere ? `${manifest.namespace}/` : ""}${manifest.name}`;
}

function authoredKeys(object: CheckedObject, path: Keys, field: Keys): Keys {
  const own = ownObject(object.release.service, object.manifest);
  if (own !== undefined) return [...own.path, ...path];
  const { manifest, release } = object;
  const patch = patchName(manifest);
  return touches(release.service.spec.patches?.[patch], path) ? ["patches", patch, ...path] : field;
}

/** Whether a patch changes what is at a path: it names all of it, or replaces a list or scalar above it. */
function touches(patch: unknown, path: Keys): boolean {
  if (patch === undefined) return false;
  const [key, ...rest] = path;
  if (key === undefined || !isTree(patch)) return true;
  return String(key) in patch && touches(at(patch, key), rest);
}

/** The component a workload is of; undefined for objects of another kind. */
export function componentOf({ manifest, release }: CheckedObject): ResolvedComponent | undefined {
  return release.service.components.find(
    (component) => component.objectName === manifest.name && component.source.kind === "workload",
  );
}

/** Where a container was written; the component where it is the main one, or made by RZP. */
export function containerKeys(object: CheckedObject, container: string): Keys {
  const component = componentOf(object);
  if (component === undefined) return [];
  return containersOf(component).find(({ name }) => name === container)?.keys ?? component.path;
}

/** Where a variable of a container was written: in it, or where the service says it for all its components. */
export function variableKeys(object: CheckedObject, container: string, variable: string): Keys {
  const component = componentOf(object);
  if (component === undefined) return ["env", variable];
  const keys = containerKeys(object, container);
  return keys === component.path
    ? entryKeys({ service: object.release.service, component }, "env", variable)
    : [...keys, "env", variable];
}
