/** How values, paths and lists of choices are written in messages. */
import { exampleText } from "../../model/example-text.ts";
import { isIdentifier } from "../../model/identifier.ts";

const valueLengthMax = 60;
const listLengthMax = 100;
const plainWord = /^[A-Za-z/@.][\w./@*-]*$/u;

/** In: any authored value. Out: it as JSON, cut to 60 characters. */
export function shortValue(value: unknown): string {
  return short(valueText(value));
}

/** In: an example of the model. Out: it as a person would write it, cut like a value. */
export function shortExample(example: unknown): string {
  return short(exampleText(example));
}

const short = (text: string): string =>
  text.length <= valueLengthMax ? text : `${text.slice(0, valueLengthMax - 1)}…`;

function valueText(value: unknown): string {
  // JSON would turn these into null or nothing, and hide what is wrong.
  if (typeof value === "number" || value === undefined) return String(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "a value that contains itself";
  }
}

/** What a value is, in words that stand after "not". */
export function kindText(value: unknown): string {
  if (value === null || value === undefined || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : String(value);
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * In: a path. Out: `components.server.ports.http`, `hosts[0]`,
 * `files["/app/config.yml"]`; empty for the whole value.
 */
export function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (typeof key === "string" && !isIdentifier(key)) text += `[${JSON.stringify(key)}]`;
    else text += text === "" ? String(key) : `.${String(key)}`;
  }
  return text;
}

/** A choice as it stands in a list: bare where it is a plain word, else as JSON (`"80"` is not `80`). */
function choiceText(choice: unknown): string {
  if (typeof choice === "string" && plainWord.test(choice) && !isKeyword(choice)) return choice;
  return valueText(choice);
}

function isKeyword(word: string): boolean {
  return word === "true" || word === "false" || word === "null" || word === "undefined";
}

/**
 * In: choices, and the one that must not be cut off. Out: `one of: a, b, c`, where a long list ends
 * in how many more there are.
 */
export function choicesText(choices: readonly unknown[], important?: unknown): string {
  const [only, ...others] = choices;
  if (others.length === 0) return choiceText(only);
  const ordered =
    important === undefined ? choices : [important, ...choices.filter((it) => it !== important)];
  // Only a list that is cut needs the important one first; else the order of the model stays.
  const fits = choices.map(choiceText).join(", ").length <= listLengthMax;
  const shown: string[] = [];
  let length = 0;
  for (const choice of fits ? choices : ordered) {
    const text = choiceText(choice);
    length += text.length + 2;
    if (!fits && length > listLengthMax && shown.length > 0) break;
    shown.push(text);
  }
  const hidden = choices.length - shown.length;
  return `one of: ${shown.join(", ")}${hidden > 0 ? `, … (${hidden} more)` : ""}`;
}

/** `a`, `a or b`, `a, b or c`; what is there twice is said once. */
export function alternativesText(texts: readonly string[]): string {
  const unique = [...new Set(texts)];
  const last = unique.pop() ?? "";
  return unique.length === 0 ? last : `${unique.join(", ")} or ${last}`;
}
