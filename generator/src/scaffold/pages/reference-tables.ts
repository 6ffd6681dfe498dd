/** One schema of the model as a section of a reference page: what it is, and a table of its fields. */
import { z } from "zod";
import { asType, docOf, fieldsOf, loosenedOf, nameOf, unwrap } from "../types/schemas.ts";
import { rulesOf, shapeInWords, typeInWords } from "./reference-words.ts";
import { exampleText } from "../../model/example-text.ts";
import type { LinkTo } from "./reference-words.ts";

/** In: a heading, a schema with a description, how other schemas are linked. Out: paragraphs and tables in Markdown. */
export function section(heading: string, schema: z.ZodType, link: LinkTo): string[] {
  const inner = unwrap(schema);
  const rules = inner instanceof z.ZodObject || inner instanceof z.ZodRecord ? rulesOf(inner) : [];
  return [
    `## ${heading}`,
    docOf(schema).description ?? "",
    ...(inner instanceof z.ZodObject
      ? []
      : [`Written as: ${shapeInWords(inner, link)}.${exampleSentence(schema)}`]),
    ...(rules.length === 0 ? [] : [`Rules: ${rules.join("; ")}.`]),
    table(inner instanceof z.ZodObject ? rowsOf("", inner) : rowsInside("", inner), link),
  ].filter((block) => block !== "");
}

function exampleSentence(schema: z.ZodType): string {
  const { example } = docOf(schema);
  return example === undefined ? "" : ` For example \`${exampleText(example)}\`.`;
}

interface Row {
  readonly field: string;
  readonly schema: z.ZodType;
  /** It belongs to one of several forms. */
  readonly isForm: boolean;
}

function rowsOf(prefix: string, object: z.ZodObject, isForm = false): Row[] {
  return fieldsOf(object).flatMap(([name, schema]) => [
    { field: `${prefix}${name}`, schema, isForm },
    ...rowsInside(`${prefix}${name}`, schema),
  ]);
}

/** Fields of what has no section of its own, with the way to them. */
function rowsInside(path: string, schema: z.ZodType): Row[] {
  const inner = unwrap(schema);
  if (path !== "" && (nameOf(schema) ?? nameOf(inner)) !== undefined) return [];
  const loosened = loosenedOf(inner);
  if (loosened !== undefined) return rowsInside(path, loosened);
  if (inner instanceof z.ZodObject) return rowsOf(path === "" ? "" : `${path}.`, inner);
  if (inner instanceof z.ZodRecord)
    return rowsInside(path === "" ? "<name>" : `${path}.<name>`, asType(inner.valueType));
  if (inner instanceof z.ZodArray) return rowsInside(`${path}[]`, asType(inner.element));
  if (!(inner instanceof z.ZodUnion)) return [];
  return inner.options.map(asType).flatMap((option) => {
    if (
      nameOf(option) !== undefined ||
      loosenedOf(option) !== undefined ||
      !(option instanceof z.ZodObject)
    )
      return [];
    return rowsOf(path === "" ? "" : `${path}.`, option, true);
  });
}

function table(rows: readonly Row[], link: LinkTo): string {
  if (rows.length === 0) return "";
  const lines = rows.map(({ field, schema, isForm }) => {
    const { description = "", example } = docOf(schema);
    const required = schema instanceof z.ZodOptional ? "no" : isForm ? "in this form" : "yes";
    return `| ${[`\`${field}\``, typeInWords(schema, link), required, description, example === undefined ? "" : `\`${exampleText(example)}\``].map(cell).join(" | ")} |`;
  });
  return [
    "| Field | Type | Required | Meaning | Example |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");
