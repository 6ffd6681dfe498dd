/** The schemas of the model that a path of an authored value belongs to, through whatever wraps them. */
import type { z } from "zod";
import { fieldOf, isAuthored } from "./values.ts";

export type Schema = z.core.$ZodType;
export type Definition = z.core.$ZodTypes["_zod"]["def"];

/** The definition with its `type`, by which it is told apart. */
export function definitionOf(schema: Schema): Definition {
  // zod types `def` of a schema of unknown kind as a base only, and offers this union for walking.
  return (schema as z.core.$ZodTypes)._zod.def;
}

/**
 * In: the schema of a whole value, the value and a path in it. Out: the schemas that the model has
 * for that path, still wrapped (so that their descriptions can be read): none where it has no such
 * field, several where a union on the way leaves more than one branch possible.
 */
export function schemasAt(
  root: Schema,
  value: unknown,
  path: readonly PropertyKey[],
): readonly Schema[] {
  let schemas: readonly Schema[] = [root];
  let current = value;
  for (const key of path) {
    const owner = current;
    schemas = schemas.flatMap((schema) =>
      branchesOf(schema, owner).flatMap((branch) => childOf(branch, key)),
    );
    current = fieldOf(current, key);
  }
  return schemas;
}

/**
 * Takes off everything that adds no shape (optional) and splits unions.
 *
 * In: a schema and the value it should describe. Out: the schemas with a shape of their own; of a
 * union only the branches whose literal fields (`holds: "state"`) do not contradict the value, or
 * all of them where every branch contradicts it.
 */
export function branchesOf(schema: Schema, value: unknown): readonly Schema[] {
  const definition = definitionOf(schema);
  if (definition.type !== "union") {
    const inner = innerOf(schema);
    return inner === undefined ? [schema] : branchesOf(inner, value);
  }
  const options = definition.options.flatMap((option) => branchesOf(option, value));
  const possible = options.filter((option) => !isContradicted(option, value));
  return possible.length > 0 ? possible : options;
}

/** Out: what a field that may be absent wraps; undefined for a schema with its own shape. */
export function innerOf(schema: Schema): Schema | undefined {
  const definition = definitionOf(schema);
  return definition.type === "optional" ? definition.innerType : undefined;
}

/** Takes off all wrappers; unions stay. */
export function unwrap(schema: Schema): Schema {
  const inner = innerOf(schema);
  return inner === undefined ? schema : unwrap(inner);
}

/** The names a value may have as keys according to all possible branches, in the order of the model. */
export function keysOf(schemas: readonly Schema[], value: unknown): readonly string[] {
  const keys = schemas.flatMap((schema) =>
    branchesOf(schema, value).flatMap((branch) => {
      const definition = definitionOf(branch);
      if (definition.type === "object") return Object.keys(definition.shape);
      if (definition.type === "record") return choicesOf(definition.keyType).map(String);
      return [];
    }),
  );
  return [...new Set(keys)];
}

/** The values of literals and enums, through wrappers and unions; empty for anything else. */
export function choicesOf(schema: Schema): readonly unknown[] {
  return branchesOf(schema, undefined).flatMap((branch) => {
    const { type } = definitionOf(branch);
    return type === "literal" || type === "enum" ? [...(branch._zod.values ?? [])] : [];
  });
}

/** Out: the schema below a key, in a list because there may be none. */
function childOf(schema: Schema, key: PropertyKey): readonly Schema[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object": {
      if (Object.hasOwn(definition.shape, key)) return [definition.shape[String(key)] ?? []].flat();
      const { catchall } = definition;
      // A strict object is one whose other fields are never.
      return catchall === undefined || definitionOf(catchall).type === "never" ? [] : [catchall];
    }
    case "record":
      return [definition.valueType];
    case "array":
      return [definition.element];
    default:
      return [];
  }
}

/** An object branch whose literal field has another value than the one that was written. */
function isContradicted(schema: Schema, value: unknown): boolean {
  const definition = definitionOf(schema);
  if (definition.type !== "object") return false;
  if (!isAuthored(value) || Array.isArray(value)) return true;
  return Object.entries(definition.shape).some(([key, field]) => {
    const choices = Object.hasOwn(value, key) ? choicesOf(field) : [];
    return choices.length > 0 && isOnlyChoices(field, value[key]) && !choices.includes(value[key]);
  });
}

function isOnlyChoices(schema: Schema, value: unknown): boolean {
  return branchesOf(schema, value).every((branch) => choicesOf(branch).length > 0);
}
