/** Single values that do not fit: of the wrong kind, not in the list, not of the form. */
import { nearest } from "../suggest.ts";
import { expectedText, kindsText, notesOf, shapesText } from "./describe.ts";
import { type Finding, type Issue, nameOf, type Path, type Scope, wholePath } from "./finding.ts";
import { ownMessage } from "./own-message.ts";
import { type Schema, schemasAt } from "./schema-walk.ts";
import { alternativesText, choicesText, kindText, shortValue } from "./text.ts";
import { isAuthored, valueAt } from "./values.ts";

type IssueOf<C extends Issue["code"]> = Extract<Issue, { code: C }>;

/** Longer shapes are not said a second time. */
const shapesLengthMax = 60;

/** A value of another kind: text for a number, an object for a list. */
export function wrongTypeFinding(
  issue: Issue,
  scope: Scope,
  schemas: readonly Schema[] = schemasAt(scope.schema, scope.value, issue.path),
): Finding {
  const value = valueAt(scope.value, issue.path);
  const shapes = shapesText(schemas);
  if (shapes === "nothing") return forbiddenFinding(issue.path, scope, schemas);
  const name = nameOf(scope, issue.path);
  const isFraction =
    typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value);
  const kinds = kindsText(schemas);
  const not = isFraction && kinds.includes("a whole number") ? "a fraction" : kindText(value);
  return {
    kind: "wrongType",
    path: wholePath(scope, issue.path),
    at: "value",
    message:
      ownMessage(issue, scope) ??
      `${name} must be ${kinds === "" ? "another kind of value" : kinds}, not ${not}`,
    found: shortValue(value),
    ...(shapes === "" ? {} : { expected: expectedText(schemas) }),
    fix: fixForType(value, shapes, notesOf(schemas).example),
  };
}

/** A field that only other variants have (`z.never()`): its description says why not here. */
function forbiddenFinding(path: Path, scope: Scope, schemas: readonly Schema[]): Finding {
  const { description } = notesOf(schemas);
  return {
    kind: "unknownField",
    path: wholePath(scope, path),
    at: "key",
    message: `${nameOf(scope, path)} may not be set here${description === undefined ? "" : `: ${description}`}`,
    found: shortValue(valueAt(scope.value, path)),
    fix: `remove \`${String(path.at(-1))}\``,
  };
}

/** The slips that are made most have an exact remedy. */
function fixForType(value: unknown, shapes: string, example: unknown): string {
  const wantsNumber = shapes.includes("number");
  if (
    typeof value === "string" &&
    wantsNumber &&
    value.trim() !== "" &&
    Number.isFinite(Number(value))
  ) {
    return `write ${Number(value)}, without quotes`;
  }
  if ((typeof value === "number" || typeof value === "boolean") && shapes.startsWith("text")) {
    return `write "${value}", in quotes`;
  }
  if (typeof value !== "object" && value !== undefined && shapes.startsWith("a list of ")) {
    return `write [${shortValue(value)}]`;
  }
  if (example !== undefined) return `write for example ${shortValue(example)}`;
  if (value === undefined) return "give it a value, or leave the field out";
  if (shapes === "") return "write another kind of value";
  return shapes.length <= shapesLengthMax ? `write ${shapes}` : "write one of the expected shapes";
}

/** A value that is not in the list of those that are allowed. */
export function wrongChoiceFinding(
  path: Path,
  choices: readonly unknown[],
  scope: Scope,
  others: readonly string[] = [],
): Finding {
  const value = valueAt(scope.value, path);
  const suggestion = choiceFor(value, choices);
  const question = suggestion === undefined ? "" : `, did you mean ${shortValue(suggestion)}?`;
  const [first] = choices;
  const isOnly = choices.length === 1 && others.length === 0;
  const better = suggestion ?? (isOnly ? first : undefined);
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
    fix: better === undefined ? "write one of the expected values" : `write ${shortValue(better)}`,
  };
}

/** `"80"` for 80 and `True` for true are as near as a misspelt word. */
function choiceFor(value: unknown, choices: readonly unknown[]): unknown {
  const byText = new Map(choices.map((choice) => [String(choice), choice]));
  const word = String(value);
  if (isAuthored(value)) return undefined;
  if (byText.has(word)) return byText.get(word);
  const near = nearest(word, [...byText.keys()]);
  return near === undefined ? undefined : byText.get(near);
}

/** Text of another form than the model wants: a pattern, an address, a path that starts with `/`. */
export function formatFinding(issue: IssueOf<"invalid_format">, scope: Scope): Finding {
  const schemas = schemasAt(scope.schema, scope.value, issue.path);
  const value = valueAt(scope.value, issue.path);
  const { example } = notesOf(schemas);
  const name = nameOf(scope, issue.path);
  const form = formText(issue, schemas);
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
    fix: fixForForm(issue, value, example),
  };
}

/** Out: the form in words, undefined where there is only a pattern. */
function formText(
  issue: IssueOf<"invalid_format">,
  schemas: readonly Schema[],
): string | undefined {
  if ("prefix" in issue) return `text that starts with ${shortValue(issue.prefix)}`;
  if ("suffix" in issue) return `text that ends with ${shortValue(issue.suffix)}`;
  if ("includes" in issue) return `text that contains ${shortValue(issue.includes)}`;
  const shapes = shapesText(schemas);
  return shapes === "" || shapes === "text" ? undefined : shapes;
}

function fixForForm(issue: IssueOf<"invalid_format">, value: unknown, example: unknown): string {
  if (typeof value === "string" && "prefix" in issue)
    return `write ${shortValue(issue.prefix + value)}`;
  if (typeof value === "string" && "suffix" in issue)
    return `write ${shortValue(value + issue.suffix)}`;
  return example === undefined
    ? "write it in the expected form"
    : `write it like ${shortValue(example)}`;
}
