/** A schema in words, as a person reads it in the reference pages. */
import { z } from "zod";
import { asType, fieldsOf, loosenedOf, nameOf, unwrap } from "../types/schemas.ts";

/** Makes the link to a schema that has a section of its own. */
export type LinkTo = (name: string) => string;

/** Types of the compiler that say more than the shape: names of things that are somewhere in the repository. */
const namesOfThings: Readonly<Record<string, string>> = {
  TierName: "name of a tier",
  ServiceName: "name of a service",
  "readonly ServiceName[]": "list of names of services",
  "ServiceName | Names<E>": "name of a service, or `./component`",
  EnvironmentName: "name of an environment",
  ClusterName: "name of a cluster",
  ShareName: "name of a share of the cluster",
  StoragePurpose: "purpose of a storage class of the cluster",
  AddressName: "name of an address of the cluster, or the address",
  N: "name of an own port",
  "readonly N[]": "list of names of own ports",
  T: "own port: its name, or `component/port` with several components",
};

/** In: any schema of the model. Out: what may be written there, in words, with links to what has a section. */
export function typeInWords(schema: z.ZodType, link: LinkTo): string {
  const name = nameOf(schema);
  if (name !== undefined) return link(name);
  const thing = namesOfThings[z.globalRegistry.get(schema)?.ts ?? ""];
  if (thing !== undefined) return thing;
  if (schema instanceof z.ZodOptional) return typeInWords(unwrap(schema), link);
  return shapeInWords(schema, link);
}

/** An object with more fields than this is not spelt out where it is used: its fields follow. */
const listedMost = 6;

/** The same without the schema's own name: what its section says. */
export function shapeInWords(schema: z.ZodType, link: LinkTo): string {
  const loosened = loosenedOf(schema);
  if (loosened !== undefined)
    return `\`because(value, "say why here")\` with ${typeInWords(loosened, link)} as value`;
  if (schema instanceof z.ZodObject && fieldsOf(schema).length === 0) return "map of anything";
  if (schema instanceof z.ZodObject)
    return fieldsOf(schema).length > listedMost
      ? "fields, as below"
      : `\`{ ${fieldsOf(schema)
          .map(([field]) => field)
          .join(", ")} }\``;
  if (schema instanceof z.ZodRecord)
    return `map of ${inParentheses(asType(schema.valueType), link)}`;
  if (schema instanceof z.ZodArray) return `list of ${inParentheses(asType(schema.element), link)}`;
  if (schema instanceof z.ZodUnion)
    return [...new Set(schema.options.map((option) => typeInWords(asType(option), link)))].join(
      "; or ",
    );
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.map(inCode).join(", ")}`;
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(inCode).join(" or ");
  if (schema instanceof z.ZodNumber)
    return [schema.format === "safeint" ? "whole number" : "number", ...bounds(schema)].join(" ");
  if (schema instanceof z.ZodString) return ["text", ...rulesOf(schema)].join(": ");
  return schema instanceof z.ZodBoolean ? "true or false" : "anything";
}

/** Several forms inside a map or a list must not be read as forms of the whole. */
function inParentheses(schema: z.ZodType, link: LinkTo): string {
  const words = typeInWords(schema, link);
  return words.includes("; or ") ? `(${words})` : words;
}

const inCode = (value: unknown): string => `\`${JSON.stringify(value)}\``;

function bounds(schema: z.ZodNumber): string[] {
  const { minValue, maxValue } = schema;
  const from = minValue !== null && minValue > Number.MIN_SAFE_INTEGER ? minValue : undefined;
  const to = maxValue !== null && maxValue < Number.MAX_SAFE_INTEGER ? maxValue : undefined;
  const isExclusive = from !== undefined && !schema.safeParse(from).success;
  return [
    ...(from === undefined ? [] : [`${isExclusive ? "above" : "from"} ${from}`]),
    ...(to === undefined ? [] : [`${from === undefined ? "up " : ""}to ${to}`]),
  ];
}

interface Rule {
  readonly check: string;
  readonly format?: string;
  readonly prefix?: string;
  readonly minimum?: number;
  readonly params?: { readonly expected?: string };
  readonly error?: (issue: object) => unknown;
}

/** What a value must keep, in the model's own words: of a text what is expected, of an object the rule's sentence. */
export function rulesOf(schema: z.ZodType): string[] {
  return (schema.def.checks ?? []).flatMap((check) => {
    const rule = check._zod.def as Rule;
    const expected = schema instanceof z.ZodObject ? undefined : rule.params?.expected;
    const said = expected ?? rule.error?.({});
    if (typeof said === "string") return [said];
    if (rule.format === "starts_with") return [`it starts with ${rule.prefix}`];
    if (rule.check !== "min_length" || !(schema instanceof z.ZodString)) return [];
    return [rule.minimum === 1 ? "not empty" : `at least ${rule.minimum} characters`];
  });
}
