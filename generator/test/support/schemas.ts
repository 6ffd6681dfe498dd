/** The fields of the model, for tests that want each of them somewhere. */
import { z } from "zod";
import { fieldsOf, loosenedOf, nameOf, partsOf } from "../../src/scaffold/types/schemas.ts";

interface Field {
  /** The named schema it is written in. */
  readonly of: string;
  readonly field: string;
  readonly type: z.ZodType;
}

/** In: schemas by their names. Out: their fields, but for the two of a reason. */
export const fieldsIn = (named: Iterable<readonly [string, z.ZodType]>): Field[] =>
  [...named].flatMap(([of, schema]) =>
    objectsIn(schema)
      .filter((object) => loosenedOf(object) === undefined)
      .flatMap((object) => fieldsOf(object).map(([field, type]) => ({ of, field, type }))),
  );

/** Objects under a named schema that have no name of their own are written inside it. */
function objectsIn(schema: z.ZodType, isRoot = true): readonly z.ZodObject[] {
  if (!isRoot && nameOf(schema) !== undefined) return [];
  return [
    ...(schema instanceof z.ZodObject ? [schema] : []),
    ...partsOf(schema).flatMap((part) => objectsIn(part, false)),
  ];
}
