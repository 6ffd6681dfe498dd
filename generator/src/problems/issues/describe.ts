/** What a schema expects, in a few words, and what its author says about it. */
import { z } from "zod";
import { choicesOf, definitionOf, innerOf, type Schema, unwrap } from "./schema-walk.ts";
import { alternativesText, choicesText, shortExample, shortValue } from "./text.ts";

/** From `.meta()`. */
export interface Notes {
  readonly description?: string;
  readonly example?: unknown;
  readonly names?: string;
  readonly written?: string;
  readonly mend?: (value: unknown, example: unknown) => unknown;
  readonly words?: readonly string[];
  readonly otherwise?: string;
}

const keysShownMax = 5;
const becauseChoicesMax = 3;
/** Beyond this a list of shapes is no longer read. */
const shapesLengthMax = 120;

/** Reads the notes of the schemas of a field; the outermost of the first that says something wins. */
export function notesOf(schemas: readonly Schema[]): Notes {
  let notes: Notes = {};
  for (const schema of schemas) {
    let current: Schema | undefined = schema;
    while (current !== undefined) {
      notes = { ...ownNotesOf(current), ...notes };
      current = innerOf(current);
    }
  }
  return notes;
}

/** The registry types its entries as unknown, as any schema may put anything there. */
function ownNotesOf(schema: Schema): Notes {
  const meta = z.globalRegistry.get(schema);
  const { description, names, written, mend, words, otherwise } = meta ?? {};
  const example = meta?.["example"];
  return {
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
    ...(names === undefined ? {} : { names }),
    ...(written === undefined ? {} : { written }),
    ...(mend === undefined ? {} : { mend }),
    ...(words === undefined ? {} : { words }),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

/** Out: the notes of each variant a schema has, with what is said around the union. */
export function notesOfVariants(schema: Schema, outer: Notes = {}): readonly Notes[] {
  const notes = { ...ownNotesOf(schema), ...outer };
  const definition = definitionOf(schema);
  if (definition.type === "union")
    return definition.options.flatMap((it) => notesOfVariants(it, notes));
  const inner = innerOf(schema);
  return inner === undefined ? [notes] : notesOfVariants(inner, notes);
}

/** In: the schemas a value may have. Out: `a whole number from 1 to 65535, e.g. 8080`. */
export function expectedText(schemas: readonly Schema[]): string {
  const { example } = notesOf(schemas);
  const text = shapesText(schemas);
  return example === undefined ? text : `${text}, e.g. ${shortExample(example)}`;
}

/**
 * In: the schemas a value may have. Out: `a whole number from 1 to 65535, { udp, tcp } or { grpc }`;
 * where that is long, objects show only what tells them apart.
 */
export function shapesText(schemas: readonly Schema[]): string {
  const text = joinParts(schemas.flatMap((schema) => partsOf(schema, shapeText)));
  if (text.length <= shapesLengthMax) return text;
  return joinParts(schemas.flatMap((schema) => partsOf(schema, (it) => shapeText(it, 1))));
}

/** Out: what a person may write there: the model's example, or one of its elements in a list. */
export function exampleOf(schemas: readonly Schema[]): unknown {
  const { example } = notesOf(schemas);
  if (example !== undefined) return example;
  const [only, ...others] = schemas.map(unwrap);
  const definition = only === undefined ? undefined : definitionOf(only);
  if (others.length > 0 || definition?.type !== "array") return undefined;
  const element = exampleOf([definition.element]);
  return element === undefined ? undefined : [element];
}

/** In: the schemas a value may have. Out: only their kinds: `a whole number or an object`. */
export function kindsText(schemas: readonly Schema[]): string {
  return joinParts(schemas.flatMap((schema) => partsOf(schema, shortKindText)));
}

function joinParts(parts: readonly Part[]): string {
  const choices = parts.flatMap((part) => part.choices ?? []);
  const texts = parts.flatMap((part) => part.text ?? []).filter((text) => text !== "");
  return alternativesText(choices.length > 0 ? [choicesText(choices), ...texts] : texts);
}

/** Single values are gathered into one list over all branches; everything else is a text. */
interface Part {
  readonly choices?: readonly unknown[];
  readonly text?: string;
}

function partsOf(schema: Schema, textOf: (schema: Schema) => string): readonly Part[] {
  const definition = definitionOf(schema);
  if (definition.type === "union") return definition.options.flatMap((it) => partsOf(it, textOf));
  const inner = innerOf(schema);
  if (inner !== undefined) return partsOf(inner, textOf);
  const choices = choicesOf(schema);
  return [choices.length > 0 ? { choices } : { text: textOf(schema) }];
}

function shortKindText(schema: Schema): string {
  const { type } = definitionOf(schema);
  if (type === "number") return isWholeNumber(schema) ? "a whole number" : "a number";
  if (type === "object") return "an object";
  if (type === "record") return "a map";
  if (type === "string") return "text";
  return type === "array" ? "a list" : shapeText(schema);
}

/** One schema without wrappers; what lies two levels deep is named by its kind only. */
function shapeText(schema: Schema, keysMax = keysShownMax, depth = 0): string {
  const partsInside = (inner: Schema): readonly Part[] =>
    partsOf(inner, (it) => (depth > 0 ? shortKindText(it) : shapeText(it, keysMax, depth + 1)));
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "string":
      return "text";
    case "number":
      return numberText(schema);
    case "boolean":
      return "true or false";
    case "array":
      return elementText("a list", "of", partsInside(definition.element));
    case "object":
      return ownNotesOf(schema).written ?? objectText(definition.shape, keysMax, partsInside);
    case "record":
      return elementText("a map", "to", partsInside(definition.valueType));
    case "unknown":
      return "any value";
    default:
      return `a ${definition.type}`;
  }
}

/** With several kinds of element nobody could tell where the list of them ends. */
function elementText(container: string, preposition: string, parts: readonly Part[]): string {
  return parts.length === 1 ? `${container} ${preposition} ${joinParts(parts)}` : container;
}

/** `{ size, class?, … }`; a literal field is what tells the shape apart, so its value is shown. */
function objectText(
  shape: Readonly<Record<string, Schema>>,
  keysMax: number,
  partsInside: (schema: Schema) => readonly Part[],
): string {
  const keys = Object.keys(shape);
  const loosened = becauseValueOf(shape);
  if (loosened !== undefined) return becauseText(loosened, partsInside);
  const shown = keys.slice(0, keysMax).map((key) => {
    const field = shape[key];
    const [choice, ...more] = field === undefined ? [] : choicesOf(field);
    const isOptional = field?._zod.optin !== undefined;
    if (choice !== undefined && more.length === 0 && !isOptional)
      return `${key}: ${shortValue(choice)}`;
    return isOptional ? `${key}?` : key;
  });
  if (keys.length > keysMax) shown.push("…");
  return keys.length === 0 ? "{}" : `{ ${shown.join(", ")} }`;
}

/** As it would be written: words in quotes, and a wrapper for each where they are few. */
function becauseText(loosened: Schema, partsInside: (schema: Schema) => readonly Part[]): string {
  const choices = choicesOf(loosened);
  if (choices.length === 0 || choices.length > becauseChoicesMax)
    return `because(${joinParts(partsInside(loosened))}, "say why here")`;
  return alternativesText(
    choices.map((choice) => `because(${shortValue(choice)}, "say why here")`),
  );
}

/** Out: what a `because(value, "say why here")` wraps; undefined for the shape of anything else. */
export function becauseValueOf(shape: Readonly<Record<string, Schema>>): Schema | undefined {
  const { because, value } = shape;
  return because !== undefined && Object.keys(shape).length === 2 ? value : undefined;
}

function numberText(schema: Schema): string {
  const checks = checksOf(schema);
  const lower = checks.flatMap((check) => (check.check === "greater_than" ? [check] : [])).at(-1);
  const upper = checks.flatMap((check) => (check.check === "less_than" ? [check] : [])).at(-1);
  const words = [isWholeNumber(schema) ? "a whole number" : "a number"];
  if (lower?.inclusive === true && upper?.inclusive === true) {
    words.push(`from ${lower.value} to ${upper.value}`);
  } else {
    if (lower !== undefined)
      words.push(lower.inclusive ? `from ${lower.value}` : `above ${lower.value}`);
    if (upper !== undefined)
      words.push(upper.inclusive ? `up to ${upper.value}` : `below ${upper.value}`);
  }
  return words.join(" ");
}

function isWholeNumber(schema: Schema): boolean {
  return checksOf(schema).some(
    (check) => check.check === "number_format" && !check.format.startsWith("float"),
  );
}

type CheckDefinition = z.core.$ZodChecks["_zod"]["def"];

/** The checks of a schema; a format such as `z.int()` is its own check. */
function checksOf(schema: Schema): readonly CheckDefinition[] {
  const definition = definitionOf(schema);
  const attached = (definition.checks ?? []).map((check) => check._zod.def);
  // As with schemas, zod types a check of unknown kind as a base and offers a union for walking.
  return [...("check" in definition ? [definition] : []), ...attached] as CheckDefinition[];
}
