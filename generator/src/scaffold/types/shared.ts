/**
 * Fields that every object of a union has. Hover is mute over a field with two declarations, so what
 * is the same in all of them is declared once, in an interface they extend.
 */
import { z } from "zod";
import { asType, docOf, nameOf, plainFieldsOf, type Fields } from "./schemas.ts";
import { printUse } from "./text.ts";

export interface Shared {
  readonly name: string;
  readonly fields: Fields;
}

/** By the name of each object of a union: what it shares with all the others. */
export function sharedFieldsOf(named: ReadonlyMap<string, z.ZodType>): ReadonlyMap<string, Shared> {
  const sharedBy = new Map<string, Shared>();
  for (const [union, schema] of named) {
    if (!(schema instanceof z.ZodUnion)) continue;
    const objects = schema.options
      .map(asType)
      .filter((option) => nameOf(option) !== undefined && plainFieldsOf(option) !== undefined);
    const fields = commonFields(objects);
    for (const name of fields.length === 0 ? [] : objects.map(nameOf)) {
      if (name !== undefined) sharedBy.set(name, { name: `${union}Common`, fields });
    }
  }
  const byName = new Map([...sharedBy.values()].map((shared) => [shared.name, shared]));
  return new Map([...sharedBy].map(([name, shared]) => [name, byName.get(shared.name) ?? shared]));
}

function commonFields(objects: readonly z.ZodType[]): Fields {
  const [first, ...others] = objects.map((object) => plainFieldsOf(object) ?? []);
  if (first === undefined || others.length === 0) return [];
  const texts = others.map(
    (fields) => new Map(fields.map(([name, field]) => [name, textOf(field)])),
  );
  return first.filter(([name, field]) => texts.every((all) => all.get(name) === textOf(field)));
}

/** Two fields with the same text are the same to a person. */
function textOf(field: z.ZodType): string {
  const isOptional = field instanceof z.ZodOptional;
  return JSON.stringify([
    docOf(field),
    isOptional,
    printUse(field, { indent: "", arguments: () => "", bind: (text) => text }),
  ]);
}
