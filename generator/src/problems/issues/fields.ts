/** Fields that are there and should not be, and the other way round; a misspelt one is both. */
import { z } from "zod";
import { exampleText } from "../../model/example-text.ts";
import { nearest } from "../suggest.ts";
import { exampleOf, expectedText, notesOf } from "./describe.ts";
import {
  type Complaint,
  type Issue,
  nameOf,
  type Path,
  type Scope,
  wholePath,
} from "./complaint.ts";
import { definitionOf, keysOf, type Schema, schemasAt, unwrap } from "./schema-walk.ts";
import { fieldsCalled, fieldsOfText, needless, synonymAmong } from "./synonyms.ts";
import { choicesText, pathText, shortExample } from "./text.ts";
import { fieldOf, isAbsent, isAuthored, valueAt } from "./values.ts";

type UnknownKeys = Extract<Issue, { code: "unrecognized_keys" }>;

/** One complaint per unknown key, with the valid key it was most likely meant to be. */
export function unknownFieldComplaints(issue: UnknownKeys, scope: Scope): readonly Complaint[] {
  const valid = validKeys(issue.path, scope);
  return issue.keys.map((key) => unknownFieldComplaint([...issue.path, key], valid, scope));
}

/** In: the path that ends in the unknown key, and the keys that are valid beside it. */
export function unknownFieldComplaint(
  path: Path,
  valid: readonly string[],
  scope: Scope,
): Complaint {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  const suggestions = suggestionsFor(path, valid, scope);
  const { free, taken } = suggestions;
  const owner = wholePath(scope, parent).length === 0 ? "" : ` in ${nameOf(scope, parent)}`;
  const question = free === undefined ? "" : `, did you mean \`${free}\`?`;
  return {
    kind: "unknownField",
    path: wholePath(scope, path),
    at: "key",
    message: `unknown field \`${key}\`${owner}${question}`,
    found: JSON.stringify(key),
    ...(valid.length > 0 ? { expected: choicesText(valid, free ?? taken) } : {}),
    fix:
      (free === undefined ? fixElsewhere(path, valid, scope) : undefined) ??
      fixForUnknown(key, suggestions),
  };
}

/** Out: what to do with a field that belongs to another place, or to none. */
function fixElsewhere(path: Path, valid: readonly string[], scope: Scope): string | undefined {
  const key = String(path.at(-1));
  const inside = componentPlace(path, scope);
  if (inside !== undefined) return `write it as \`${inside}\``;
  const above = path[0] === "components" ? keysOf([scope.schema], scope.value) : [];
  const field = [key, ...fieldsCalled(key)].find((name) => above.includes(name));
  if (field !== undefined) return `write \`${field}\` beside \`components\``;
  const isContainer = valid.includes("image") || valid.includes("components");
  return isContainer && Object.hasOwn(needless, key)
    ? `remove \`${key}\`: ${needless[key]}`
    : undefined;
}

/** Out: where a field belongs that a component has and the service around its components has not. */
function componentPlace(path: Path, scope: Scope): string | undefined {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  const components = fieldOf(valueAt(scope.value, parent), "components") ?? {};
  const [name = "<name>", ...others] = Object.keys(components);
  const place = ["components", others.length === 0 ? name : "<name>"];
  const ofOne = keysOf(schemasAt(scope.schema, scope.value, [...parent, ...place]), undefined);
  const field = [key, ...fieldsCalled(key)].find((candidate) => ofOne.includes(candidate));
  return field === undefined ? undefined : [...place, field].join(".");
}

function fixForUnknown(key: string, { free, written, taken, holds }: Suggestions): string {
  if (free !== undefined) return `write \`${written ?? free}\` instead of \`${key}\``;
  if (taken !== undefined && holds === true)
    return `write what \`${key}\` says into \`${taken}\`, which is there already`;
  if (taken !== undefined) return `remove \`${key}\`: \`${taken}\` is there already`;
  return `remove \`${key}\`, or move it to where it belongs`;
}

/**
 * Says which issues are only the other half of a misspelt field.
 *
 * zod reports `imgae` as unknown and `image` as missing, and a rule over the whole object may then
 * complain too; the first already says all. In: the issues of one parse. Out: those about a missing
 * field that an unknown key stands for, and those of rules over an object with a misspelt field.
 */
export function explainedByMisspelling(issues: readonly Issue[], scope: Scope): ReadonlySet<Issue> {
  const misspelt = new Set<string>();
  const owners = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const valid = validKeys(issue.path, scope);
    for (const key of issue.keys) {
      const { free, written = free } = suggestionsFor([...issue.path, key], valid, scope);
      if (free === undefined || written === undefined) continue;
      for (const field of fieldsOfText(written)) misspelt.add(pathText([...issue.path, field]));
      owners.add(pathText(issue.path));
    }
  }
  return new Set(
    issues.filter((issue) => {
      const path = pathText(issue.path);
      if (isAboutMissing(issue, scope)) return misspelt.has(path);
      return issue.code === "custom" && owners.has(path);
    }),
  );
}

/** Keys of the value itself that are nearly one of the fields it may have, required or not. */
export function misspeltKeys(issues: readonly Issue[], scope: Scope): readonly string[] {
  const valid = validKeys([], scope);
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0
      ? issue.keys.filter((key) => suggestionsFor([key], valid, scope).free !== undefined)
      : [],
  );
}

/** Says whether an issue exists only because a required field is not there. */
export function isAboutMissing(issue: Issue, scope: Scope): boolean {
  // Rules written by hand may point at a field that is absent, but they say themselves what is wrong.
  const isOfValue =
    issue.code === "invalid_type" ||
    issue.code === "invalid_value" ||
    issue.code === "invalid_union";
  return isOfValue && isAbsent(scope.value, issue.path);
}

/** A required field that is absent: says what it is for, and shows one. */
export function missingFieldComplaint(
  path: Path,
  scope: Scope,
  schemas: readonly Schema[] = schemasAt(scope.schema, scope.value, path),
): Complaint {
  const { description, names } = notesOf(schemas);
  const key = String(path.at(-1));
  const expected = expectedText(schemas);
  const meaning = description === undefined ? "" : `: ${description}`;
  return {
    kind: "missingField",
    path: wholePath(scope, path),
    at: "value",
    message: `${nameOf(scope, path)} is missing${meaning}`,
    expected,
    fix: fixForMissing(key, { names, example: exampleOf(schemas) }),
  };
}

function fixForMissing(
  key: string,
  { names, example }: { readonly names: string | undefined; readonly example: unknown },
): string {
  if (names !== undefined) return `add \`${key}\`: ${names}`;
  return example === undefined ? `add \`${key}\`` : `add \`${key}: ${shortExample(example)}\``;
}

function validKeys(path: Path, scope: Scope): readonly string[] {
  return keysOf(schemasAt(scope.schema, scope.value, path), valueAt(scope.value, path));
}

/** `free` is what was most likely meant and is not there yet; `taken` is near but there already, so not what was meant. */
interface Suggestions {
  readonly free?: string;
  /** `free` as it is written, where another shape belongs there than what was written. */
  readonly written?: string;
  readonly taken?: string;
  /** Whether `taken` is called so elsewhere, and could hold what was written. */
  readonly holds?: boolean;
}

function suggestionsFor(path: Path, valid: readonly string[], scope: Scope): Suggestions {
  const key = String(path.at(-1));
  const owner = valueAt(scope.value, path.slice(0, -1));
  const isTaken = (candidate: string): boolean =>
    isAuthored(owner) && Object.hasOwn(owner, candidate);
  const open = valid.filter((candidate) => !isTaken(candidate));
  const synonym = synonymAmong(key, open);
  if (synonym !== undefined) return { free: synonym.field, written: synonym.written };
  const map = mapForEntry(path, open, scope);
  if (map !== undefined) return map;
  const called = synonymAmong(key, valid.filter(isTaken));
  if (called !== undefined) return { taken: called.field, holds: true };
  const free = nearest(key, open);
  if (free !== undefined) return { free };
  const taken = nearest(key, valid.filter(isTaken));
  return taken === undefined ? {} : { taken };
}

/** `http: 80` beside `ports`, which is a map from numbers to such names. */
function mapForEntry(path: Path, open: readonly string[], scope: Scope): Suggestions | undefined {
  const value = valueAt(scope.value, path);
  if (typeof value !== "number") return undefined;
  const name = String(path.at(-1));
  const entry = { [value]: name };
  const free = open.find((field) =>
    schemasAt(scope.schema, scope.value, [...path.slice(0, -1), field]).some(
      (schema) =>
        definitionOf(unwrap(schema)).type === "record" &&
        z.safeParse(schema, entry).success &&
        !z.safeParse(schema, { [name]: name }).success,
    ),
  );
  return free === undefined ? undefined : { free, written: `${free}: ${exampleText(entry)}` };
}
