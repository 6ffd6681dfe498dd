/** The variants of a union, and which of them a value was most likely meant to be. */
import { z } from "zod";
import { misspeltKeys } from "./fields.ts";
import type { Complaint, Issue, Path, Scope } from "./complaint.ts";
import { definitionOf, keysOf, type Schema, schemasAt, unwrap } from "./schema-walk.ts";
import { fieldOf, isAbsent, isAuthored, valueAt } from "./values.ts";

export type UnionIssue = Extract<Issue, { code: "invalid_union" }>;
export type ComplaintsOf = (issues: readonly Issue[], scope: Scope) => readonly Complaint[];

/** A variant and why the value does not fit it; paths of issues are relative to the value. */
export interface Branch {
  readonly schema: Schema;
  readonly issues: readonly Issue[];
  /** Fields that were written and that the variant knows, misspelt ones included. */
  readonly overlap: number;
}

/** The field by which variants are told apart, and what the variants want in it. */
export interface Tag {
  readonly key: PropertyKey;
  readonly choices: readonly unknown[];
}

/**
 * Undoes a shortcut of zod: where only one variant of a union failed without aborting, zod reports
 * that variant's issues as if there was no union, although another variant may have been meant.
 *
 * In: the issues of a scope. Out: the same, where such issues are replaced by one of the union.
 */
export function restoreUnions(issues: readonly Issue[], scope: Scope): readonly Issue[] {
  const restored = new Map<string, UnionIssue>();
  return issues.flatMap((issue) => {
    const path = unionPathOf(issue, scope);
    if (path === undefined) return [issue];
    const key = JSON.stringify(path.map(String));
    if (restored.has(key)) return [];
    const union = unionIssueAt(path, scope);
    if (union === undefined) return [issue];
    restored.set(key, union);
    return [union];
  });
}

/** The nearest union above an issue that is not about that union itself. */
function unionPathOf(issue: Issue, scope: Scope): PropertyKey[] | undefined {
  for (let depth = 0; depth <= issue.path.length; depth += 1) {
    if (issue.code === "invalid_union" && depth === issue.path.length) return undefined;
    const path = issue.path.slice(0, depth);
    if (unionAt(path, scope) !== undefined) return path;
  }
  return undefined;
}

function unionAt(path: Path, scope: Scope): z.core.$ZodUnionDef | undefined {
  for (const schema of schemasAt(scope.schema, scope.value, path)) {
    const definition = definitionOf(unwrap(schema));
    if (definition.type === "union") return definition;
  }
  return undefined;
}

/** Undefined where a variant does fit: then a rule upon the union complained. */
function unionIssueAt(path: PropertyKey[], scope: Scope): UnionIssue | undefined {
  const value = valueAt(scope.value, path);
  const errors: Issue[][] = [];
  for (const option of unionAt(path, scope)?.options ?? []) {
    const result = z.safeParse(option, value);
    if (result.success) return undefined;
    errors.push(result.error.issues);
  }
  return { code: "invalid_union", path, errors, message: "Invalid input" };
}

/** In: the issue of a union and a scope whose schema is that union. Out: its variants. */
export function branchesOfIssue(issue: UnionIssue, scope: Scope): readonly Branch[] {
  const definition = definitionOf(unwrap(scope.schema));
  const options = definition.type === "union" ? definition.options : [];
  return issue.errors.flatMap((issues, index) => {
    const schema = options[index] ?? scope.schema;
    const inner = { ...scope, schema };
    const [only, ...others] = issues;
    // A union inside a union is no step a reader knows of: its variants stand beside the others.
    if (only?.code === "invalid_union" && only.path.length === 0 && others.length === 0)
      return branchesOfIssue(only, inner);
    return [{ schema, issues, overlap: overlapOf(issues, inner) }];
  });
}

function overlapOf(issues: readonly Issue[], scope: Scope): number {
  const written = isAuthored(scope.value) ? Object.keys(scope.value) : [];
  const known = new Set(keysOf([scope.schema], scope.value));
  // A map knows every name.
  if (definitionOf(unwrap(scope.schema)).type === "record" && known.size === 0)
    return written.length;
  return written.filter((key) => known.has(key)).length + misspeltKeys(issues, scope).length;
}

/** Says whether a value is at least of the kind a variant wants: text, a number, an object, a list. */
export function isSameKind({ issues }: Branch, value: unknown): boolean {
  return !issues.some((issue) => {
    if (issue.path.length > 0) return false;
    if (issue.code === "invalid_type")
      return !(issue.expected === "int" && typeof value === "number");
    return (
      issue.code === "invalid_value" &&
      !issue.values.some((choice) => typeof choice === typeof value)
    );
  });
}

/** The tag of variants that all complain about the same field, each wanting something else in it. */
export function tagOf(branches: readonly Branch[], value: unknown): Tag | undefined {
  if (branches.length < 2) return undefined;
  const wanted = branches.map(({ issues }) => wantedChoices(issues, value));
  for (const key of wanted[0]?.keys() ?? []) {
    const lists = wanted.map((choices) => choices.get(key));
    if (lists.includes(undefined)) continue;
    const isDifferent = new Set(lists.map((list) => JSON.stringify(list))).size > 1;
    if (isDifferent) return { key, choices: [...new Set(lists.flatMap((list) => list ?? []))] };
  }
  return undefined;
}

function wantedChoices(
  issues: readonly Issue[],
  value: unknown,
): ReadonlyMap<PropertyKey, readonly unknown[]> {
  const choices = new Map<PropertyKey, readonly unknown[]>();
  for (const issue of issues) {
    const [key, ...deeper] = issue.path;
    if (issue.code !== "invalid_value" || key === undefined || deeper.length > 0) continue;
    if (!isAuthored(fieldOf(value, key))) choices.set(key, issue.values);
  }
  return choices;
}

/**
 * In: variants and the function that turns their issues into complaints. Out: the complaints of the
 * best one: not contradicted by a tag, most fields in common, fewest mistakes, deepest mistake.
 */
export function complaintsOfBest(
  branches: readonly Branch[],
  scope: Scope,
  complaintsOf: ComplaintsOf,
): readonly Complaint[] {
  const keys = branches.map(({ schema }) => keysOf([schema], scope.value));
  const isShared = (key: string): boolean => keys.filter((some) => some.includes(key)).length > 1;
  const ranked = branches.map((branch) => {
    // Once for each variant: unions nest, and a second time at every level would double the work.
    const complaints = complaintsOf(branch.issues, { ...scope, schema: branch.schema });
    const contradictions = branch.issues.filter(
      (issue) => isWrongChoice(issue, scope.value) && isShared(String(issue.path[0])),
    );
    return {
      complaints,
      contradictions: contradictions.length,
      overlap: branch.overlap,
      depth: Math.max(0, ...complaints.map((complaint) => complaint.path.length)),
    };
  });
  const [best] = ranked.toSorted(
    (a, b) =>
      a.contradictions - b.contradictions ||
      b.overlap - a.overlap ||
      a.complaints.length - b.complaints.length ||
      b.depth - a.depth,
  );
  return best?.complaints ?? [];
}

/** A tag is a field that several variants have; the variant whose word stands in it was meant. */
function isWrongChoice(issue: Issue, value: unknown): boolean {
  return issue.code === "invalid_value" && issue.path.length === 1 && !isAbsent(value, issue.path);
}
