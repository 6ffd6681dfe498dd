/** Prints one schema as TypeScript. */
import { propertyName } from "../../model/identifier.ts";
import { z } from "zod";
import { InternalError } from "../../problems/problem.ts";
import {
  asType,
  docOf,
  fieldsOf,
  loosenedOf,
  nameOf,
  unwrap,
  writtenTypeOf,
  type Doc,
  type Fields,
} from "./schemas.ts";
import { exampleText } from "../../model/example-text.ts";

/** Where a type is printed: how deep, and what the names of the compiler are there. */
export interface TypePlace {
  readonly indent: string;
  /** Type arguments of a named type, as `<…>` or nothing. */
  readonly arguments: (name: string) => string;
  /** A type written by hand, with the names of the compiler as they are called here. */
  readonly bind: (text: string) => string;
}

/** A schema where it is used: by its name if it has one. */
export function printUse(schema: z.ZodType, place: TypePlace): string {
  const name = nameOf(schema);
  if (name !== undefined) return `${name}${place.arguments(name)}`;
  const written = z.globalRegistry.get(schema)?.ts;
  if (written !== undefined) return place.bind(written);
  if (schema instanceof z.ZodOptional) return printUse(asType(schema.unwrap()), place);
  return printShape(schema, place);
}

/** A schema where it is declared. */
export function printBody(schema: z.ZodType, place: TypePlace): string {
  const written = writtenTypeOf(schema);
  return written === undefined ? printShape(unwrap(schema), place) : place.bind(written);
}

function printShape(schema: z.ZodType, place: TypePlace): string {
  const loosened = loosenedOf(schema);
  if (loosened !== undefined) return `Because<${printUse(loosened, place)}>`;
  if (schema instanceof z.ZodObject) return printFields(fieldsOf(schema), place);
  if (schema instanceof z.ZodRecord)
    return `{ readonly [name: string]: ${printUse(asType(schema.valueType), place)} }`;
  if (schema instanceof z.ZodArray)
    return `readonly ${inParentheses(printUse(asType(schema.element), place))}[]`;
  if (schema instanceof z.ZodUnion)
    return unique(schema.options.map((option) => printUse(asType(option), place))).join(" | ");
  if (schema instanceof z.ZodEnum)
    return schema.options.map((option) => JSON.stringify(option)).join(" | ");
  if (schema instanceof z.ZodLiteral)
    return [...schema.values].map((value) => JSON.stringify(value)).join(" | ");
  if (schema instanceof z.ZodString) return "string";
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "boolean";
  if (schema instanceof z.ZodUnknown) return "unknown";
  throw new InternalError(`The authoring types cannot print a schema of type ${schema.def.type}.`);
}

/** Fields with what is said about each. */
export function printFields(fields: Fields, place: TypePlace): string {
  const inner = { ...place, indent: `${place.indent}  ` };
  const lines = fields.map(([name, field]) => {
    const mark = field instanceof z.ZodOptional ? "?" : "";
    return `${docComment(docOf(field), inner.indent)}${inner.indent}readonly ${propertyName(name)}${mark}: ${printUse(field, inner)};\n`;
  });
  return `{\n${lines.join("")}${place.indent}}`;
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
const inParentheses = (type: string): string => (/ \| |^readonly /.test(type) ? `(${type})` : type);

/** A JSDoc comment with its line break; nothing where nothing is said. */
export function docComment(doc: Doc, indent: string): string {
  const lines = [
    ...(doc.description === undefined ? [] : [escape(doc.description)]),
    ...(doc.example === undefined ? [] : [`@example ${escape(exampleText(doc.example))}`]),
  ];
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

const escape = (text: string): string => text.replaceAll("*/", "*\\/");
