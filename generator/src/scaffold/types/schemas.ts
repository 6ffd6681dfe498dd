/** Reads a zod schema as a person sees it: through wrappers, with the outermost words about it. */
import "../../model/meta.ts";
import { z } from "zod";

export interface Doc {
  readonly description?: string | undefined;
  readonly example?: unknown;
}

/** The name a schema is declared under, if it has one. */
export function nameOf(schema: z.ZodType): string | undefined {
  return z.globalRegistry.get(schema)?.id;
}

/** The type that is printed instead of what follows from the shape; the outer one wins. */
export function writtenTypeOf(schema: z.ZodType): string | undefined {
  return (
    z.globalRegistry.get(schema)?.ts ??
    (schema instanceof z.ZodOptional ? writtenTypeOf(innerOf(schema)) : undefined)
  );
}

/** What is said about a schema; what a wrapper leaves out, the schema inside says. */
export function docOf(schema: z.ZodType): Doc {
  const own = z.globalRegistry.get(schema) ?? {};
  const inner = schema instanceof z.ZodOptional ? docOf(innerOf(schema)) : {};
  return {
    description: own.description ?? inner.description,
    example: own.example ?? inner.example,
  };
}

/** The schema inside all its optional wrappers. */
export function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? unwrap(innerOf(schema)) : schema;
}

/** The value inside `because(value, reason)`, for a schema that is one. */
export function loosenedOf(schema: z.ZodType): z.ZodType | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const fields = Object.keys(schema.shape);
  return fields.length === 2 && fields[0] === "because" && fields[1] === "value"
    ? asType(schema.shape["value"])
    : undefined;
}

/** Fields of an object in the order they are written. */
export type Fields = readonly (readonly [string, z.ZodType])[];

/** Fields of an object schema. */
export function fieldsOf(schema: z.ZodObject): Fields {
  return Object.entries(schema.shape).map(([name, field]) => [name, asType(field)] as const);
}

/** Fields of a schema that is an object and nothing else; undefined for all others. */
export function plainFieldsOf(schema: z.ZodType): Fields | undefined {
  const isPlain =
    schema instanceof z.ZodObject &&
    writtenTypeOf(schema) === undefined &&
    loosenedOf(schema) === undefined;
  return isPlain ? fieldsOf(schema) : undefined;
}

/** Every schema with a name under the roots, each once, users before what they use. */
export function namedSchemasOf(roots: readonly z.ZodType[]): ReadonlyMap<string, z.ZodType> {
  const named = new Map<string, z.ZodType>();
  const visit = (schema: z.ZodType): void => {
    const name = nameOf(schema);
    if (name !== undefined && named.has(name)) return;
    if (name !== undefined) named.set(name, schema);
    for (const part of partsOf(schema)) visit(part);
  };
  for (const root of roots) visit(root);
  return named;
}

/** The schemas a schema is made of, one step down. */
export function partsOf(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodOptional) return [innerOf(schema)];
  if (schema instanceof z.ZodObject) return fieldsOf(schema).map(([, field]) => field);
  if (schema instanceof z.ZodArray) return [asType(schema.element)];
  if (schema instanceof z.ZodRecord) return [asType(schema.keyType), asType(schema.valueType)];
  if (schema instanceof z.ZodUnion) return schema.options.map(asType);
  return [];
}

function innerOf(schema: z.ZodOptional): z.ZodType {
  return asType(schema.unwrap());
}

/** Zod types the parts of a schema by its core; every schema of the model is made by `z`. */
export function asType(schema: unknown): z.ZodType {
  if (schema instanceof z.ZodType) return schema;
  throw new TypeError("not a schema made by z");
}
