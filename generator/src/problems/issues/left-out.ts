/** `false` and `null` where a field is either set or not there: to follow "write true" would say the opposite. */
import { becauseValueOf } from "./describe.ts";
import type { Path, Scope } from "./complaint.ts";
import { definitionOf, keysOf, type Schema, schemasAt, unwrap } from "./schema-walk.ts";
import { pathText } from "./text.ts";
import { valueAt } from "./values.ts";

/** Out: that the field is left out, where its value says so; undefined for another value, and for a field that must be there. */
export function fixForLeftOut(path: Path, scope: Scope): string | undefined {
  const value = valueAt(scope.value, path);
  const field = isReasoned(path, scope) ? path.slice(0, -1) : path;
  const isOptional = schemasAt(scope.schema, scope.value, field).some(
    (schema) => definitionOf(schema).type === "optional",
  );
  if (!isOptional || (value !== false && value !== null)) return undefined;
  return isOverlay(scope)
    ? `leave the line out; where the service has the field, write remove: ["${pathText(field)}"]`
    : "leave the line out";
}

/** What `because()` was given. */
function isReasoned(path: Path, scope: Scope): boolean {
  const isWrapper = (schema: Schema): boolean => {
    const definition = definitionOf(unwrap(schema));
    return definition.type === "object" && becauseValueOf(definition.shape) !== undefined;
  };
  return (
    path.at(-1) === "value" &&
    schemasAt(scope.schema, scope.value, path.slice(0, -1)).some(isWrapper)
  );
}

/** A part of an overlay is not known for one: then the shorter sentence does. */
const isOverlay = ({ path, schema, value }: Scope): boolean =>
  path.length === 0 && keysOf([schema], value).includes("remove");
