/** Single values that do not fit: of the wrong kind, not in the list, not of the form. */
import { z } from "zod";
import { exampleText } from "../../model/example-text.ts";
import { nearest, nearestByEnd } from "../suggest.ts";
import { exampleOf, expectedText, kindsText, notesOf, shapesText } from "./describe.ts";
import {
  type Complaint,
  type Issue,
  nameOf,
  type Path,
  type Scope,
  wholePath,
} from "./complaint.ts";
import { ownMessage } from "./own-message.ts";
import { fixForLeftOut } from "./left-out.ts";
import { mendedValue, repairedText } from "./repair.ts";
import { type Schema, schemasAt } from "./schema-walk.ts";
import { alternativesText, choicesText, kindText, shortExample, shortValue } from "./text.ts";
import { isAuthored, valueAt } from "./values.ts";

type IssueOf<C extends Issue["code"]> = Extract<Issue, { code: C }>;

/** Longer shapes are not said a second time. */
const shapesLengthMax = 60;

/** A value of another kind: text for a number, an object for a list. */
export function wrongTypeComplaint(
  issue: Issue,
  scope: Scope,
  schemas: readonly Schema[] = schemasAt(scope.schema, scope.value, issue.path),
): Complaint {
  const value = valueAt(scope.value, issue.path);
  const shapes = shapesText(schemas);
  const name = nameOf(scope, issue.path);
  const isFraction =
    typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value);
  const kinds = kindsText(schemas);
  const not = isFraction && kinds.includes("a whole number") ? "a fraction" : kindText(value);
  return {
    kind: "wrongType",
    path: wholePath(scope, issue.path),
    at: "value",
    message: ownMessage(issue, scope) ?? `${name} must be ${kinds}, not ${not}`,
    found: shortValue(value),
    expected: expectedText(schemas),
    fix: fixForLeftOut(issue.path, scope) ?? fixForType(value, shapes, schemas),
  };
}

/** The slips that are made most have an exact remedy, where what it gives is right. */
function fixForType(value: unknown, shapes: string, schemas: readonly Schema[]): string {
  const { names, otherwise } = notesOf(schemas);
  const example = exampleOf(schemas);
  const wantsNumber = shapes.includes("number");
  if (
    typeof value === "string" &&
    wantsNumber &&
    value.trim() !== "" &&
    Number.isFinite(Number(value)) &&
    fits(Number(value), schemas)
  ) {
    return `write ${Number(value)}, without quotes`;
  }
  if (
    (typeof value === "number" || typeof value === "boolean") &&
    shapes.startsWith("text") &&
    names === undefined &&
    fits(String(value), schemas)
  ) {
    return `write "${value}", in quotes`;
  }
  const mended = mendedValue(value, schemas);
  // It is to be taken over, so that nothing of it is cut off.
  if (mended !== undefined) return `write ${exampleText(mended)}`;
  if (otherwise !== undefined) return otherwise;
  if (typeof value !== "object" && value !== undefined && fits([value], schemas)) {
    return `write [${shortValue(value)}]`;
  }
  if (names !== undefined) return `write ${names}`;
  if (example !== undefined) return `write for example ${shortExample(example)}`;
  if (value === undefined) return "give it a value, or leave the field out";
  return shapes.length <= shapesLengthMax ? `write ${shapes}` : "write one of the expected shapes";
}

const fits = (remedy: unknown, schemas: readonly Schema[]): boolean =>
  schemas.some((schema) => z.safeParse(schema, remedy).success);

/** A value that is not in the list of those that are allowed. */
export function wrongChoiceComplaint(
  path: Path,
  choices: readonly unknown[],
  scope: Scope,
  others: readonly string[] = [],
): Complaint {
  const value = valueAt(scope.value, path);
  const suggestion = choiceFor(value, choices);
  const question = suggestion === undefined ? "" : `, did you mean ${shortValue(suggestion)}?`;
  const [first] = choices;
  const isOnly = choices.length === 1 && others.length === 0;
  const better = suggestion ?? (isOnly ? first : undefined);
  const schemas = schemasAt(scope.schema, scope.value, path);
  const { otherwise } = notesOf(schemas);
  return {
    kind: "wrongValue",
    path: wholePath(scope, path),
    at: "value",
    message: `${nameOf(scope, path)} may not be ${shortValue(value)}${question}`,
    found: shortValue(value),
    expected: alternativesText([
      // Forms alone, where no variant is a word.
      ...(choices.length === 0 ? [] : [choicesText(choices, suggestion)]),
      ...others,
    ]),
    fix: fixForLeftOut(path, scope) ?? otherwise ?? fixForChoice(value, better, schemas),
  };
}

function fixForChoice(value: unknown, better: unknown, schemas: readonly Schema[]): string {
  if (better !== undefined) return `write ${shortValue(better)}`;
  return fits([value], schemas)
    ? `write [${shortValue(value)}]`
    : "write one of the expected values";
}

/** `"80"` for 80 and `True` for true are as near as a misspelt word. */
function choiceFor(value: unknown, choices: readonly unknown[]): unknown {
  const byText = new Map(choices.map((choice) => [String(choice), choice]));
  const word = String(value);
  if (isAuthored(value)) return undefined;
  if (byText.has(word)) return byText.get(word);
  const words = [...byText.keys()];
  const near = nearest(word, words) ?? nearestByEnd(word, words);
  return near === undefined ? undefined : byText.get(near);
}

/** Text of another form than the model wants: a pattern, an address, a path that starts with `/`. */
export function formatComplaint(issue: IssueOf<"invalid_format">, scope: Scope): Complaint {
  const schemas = schemasAt(scope.schema, scope.value, issue.path);
  const value = valueAt(scope.value, issue.path);
  const { example } = notesOf(schemas);
  const name = nameOf(scope, issue.path);
  const form = "prefix" in issue ? `text that starts with ${shortValue(issue.prefix)}` : undefined;
  const complaint =
    form === undefined
      ? `${name} does not have the form that is needed`
      : `${name} must be ${form}`;
  const pattern = issue.pattern === undefined ? "text" : `text that matches ${issue.pattern}`;
  return {
    kind: "wrongValue",
    path: wholePath(scope, issue.path),
    at: "value",
    message: ownMessage(issue, scope) ?? complaint,
    found: shortValue(value),
    expected: example === undefined ? (form ?? pattern) : expectedText(schemas),
    fix: fixForForm(issue, value, { example, schemas }),
  };
}

function fixForForm(
  issue: IssueOf<"invalid_format">,
  value: unknown,
  { example, schemas }: { readonly example: unknown; readonly schemas: readonly Schema[] },
): string {
  if (typeof value === "string" && "prefix" in issue)
    return `write ${shortValue(issue.prefix + value)}`;
  const repaired = mendedValue(value, schemas) ?? repairedText(value, schemas);
  if (repaired !== undefined) return `write ${exampleText(repaired)}`;
  return example === undefined
    ? "write it in the expected form"
    : `write it like ${shortExample(example)}`;
}
