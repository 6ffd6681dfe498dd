/**
 * The leaves of the model: every field a person can write a value into, found in the schemas themselves. A path
 * has `*` for a name (`env.*`) and `<…>` for one of several shapes (`ports.*<DualPort>.udp`).
 */
import { z } from "zod";
import { asType, fieldsOf, loosenedOf, nameOf, unwrap } from "../../src/scaffold/types/schemas.ts";

export interface Leaf {
  readonly path: string;
  /** All words it takes, where it is one of several. */
  readonly words: readonly string[];
  /** It takes one value only (`as`, `tcp: true`), so that it may only change with what holds it. */
  readonly isFixed: boolean;
}

/** What a value says at one place: the leaf, and the text of what is written. */
export interface Written {
  readonly leaf: string;
  readonly text: string;
}

/** All leaves under a schema, in the order of the model. */
export function leavesOf(schema: z.ZodType, path: string): Leaf[] {
  const inner = unwrap(schema);
  const parts = partsAt(inner);
  if (parts === undefined)
    return [{ path, words: wordsOf(inner), isFixed: inner instanceof z.ZodLiteral }];
  return distinct(parts.flatMap((part) => leavesOf(part.schema, `${path}${part.step}`)));
}

/** Everything a value says, by its place in the value. */
export function writtenIn(
  schema: z.ZodType,
  value: unknown,
  path: string,
  place = path,
): ReadonlyMap<string, Written> {
  const inner = unwrap(schema);
  if (value === undefined) return new Map();
  const option = inner instanceof z.ZodUnion ? optionFor(inner, value) : undefined;
  if (option !== undefined) return writtenIn(option, value, `${path}${tagOf(option)}`, place);
  const parts = inner instanceof z.ZodUnion ? undefined : partsAt(inner);
  if (parts === undefined || typeof value !== "object" || value === null)
    return new Map([[place, { leaf: path, text: JSON.stringify(value) }]]);
  return new Map(
    Object.entries(value).flatMap(([key, child]) => {
      const part =
        parts.find(({ step }) => step === `.${key}`) ?? parts.find(({ step }) => step === ".*");
      return part === undefined
        ? []
        : [...writtenIn(part.schema, child, `${path}${part.step}`, `${place}.${key}`)];
    }),
  );
}

/** The leaves whose value differs between two documents. */
export function changedLeaves(
  schema: z.ZodType,
  path: string,
  before: unknown,
  after: unknown,
): string[] {
  const [old, next] = [writtenIn(schema, before, path), writtenIn(schema, after, path)];
  const places = [...old.keys(), ...next.keys()].filter(
    (place) =>
      old.get(place)?.text !== next.get(place)?.text ||
      old.get(place)?.leaf !== next.get(place)?.leaf,
  );
  return [
    ...new Set(
      places
        .flatMap((place) => [old.get(place), next.get(place)])
        .flatMap((written) => written?.leaf ?? []),
    ),
  ].sort();
}

interface Part {
  readonly step: string;
  readonly schema: z.ZodType;
}

/** One step down; undefined for what has no parts: words, numbers, lists of them, anything at all. */
function partsAt(schema: z.ZodType): readonly Part[] | undefined {
  if (schema instanceof z.ZodObject) {
    const fields = fieldsOf(schema);
    return fields.length === 0
      ? undefined
      : fields.map(([name, field]) => ({ step: `.${name}`, schema: field }));
  }
  if (schema instanceof z.ZodRecord) {
    const value = asType(schema.valueType);
    return value instanceof z.ZodUnknown ? undefined : [{ step: ".*", schema: value }];
  }
  if (schema instanceof z.ZodUnion)
    return optionsOf(schema).map((option) => ({ step: tagOf(option), schema: option }));
  return undefined;
}

/** A union in a union is one union to a person. */
function optionsOf(union: z.ZodUnion): z.ZodType[] {
  return union.options
    .map(asType)
    .flatMap((option) => (option instanceof z.ZodUnion ? optionsOf(option) : [option]));
}

function optionFor(union: z.ZodUnion, value: unknown): z.ZodType | undefined {
  return optionsOf(union).find((option) => option.safeParse(value).success);
}

function tagOf(option: z.ZodType): string {
  if (loosenedOf(option) !== undefined) return "<because>";
  return `<${nameOf(option) ?? (option instanceof z.ZodEnum || option instanceof z.ZodLiteral ? "word" : option.type === "int" ? "number" : option.type)}>`;
}

function wordsOf(schema: z.ZodType): readonly string[] {
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}

/** Two shapes of one name (a name and an address are both texts) are one leaf. */
function distinct(leaves: readonly Leaf[]): Leaf[] {
  return [...new Map(leaves.map((leaf) => [leaf.path, leaf])).values()];
}
