/** A value that fits no variant of a union: speaks of the variant that was meant, and of no other. */
import {
  type Branch,
  branchesOfIssue,
  type FindingsOf,
  findingsOfBest,
  isSameKind,
  tagOf,
  type UnionIssue,
} from "./branches.ts";
import { expectedText } from "./describe.ts";
import { missingFieldFinding, unknownFieldFinding } from "./fields.ts";
import { type Finding, nameOf, type Path, type Scope, wholePath } from "./finding.ts";
import { isStandardMessage } from "./own-message.ts";
import { needsOnlyReason, noReasonFinding } from "./reasons.ts";
import { choicesOf, definitionOf, keysOf, schemasAt, unwrap } from "./schema-walk.ts";
import { choicesText } from "./text.ts";
import { wrongChoiceFinding, wrongTypeFinding } from "./value-findings.ts";
import { isAbsent, isAuthored, valueAt } from "./values.ts";

/**
 * In: a union's issue, and the function that turns issues of one variant into findings (handed in,
 * as variants contain unions again). Out: findings about the one variant that fits best, or one
 * finding that lists the variants where none fits better than another.
 */
export function unionFindings(
  issue: UnionIssue,
  scope: Scope,
  findingsOf: FindingsOf,
): readonly Finding[] {
  if ("matches" in issue) return [severalMatchFinding(issue, scope)];
  if (issue.errors.length === 0) return [tagFinding(issue.path, scope, issue.options ?? [])];

  const inner = unionScope(issue.path, scope);
  const branches = branchesOfIssue(issue, inner);
  if (branches.some((branch) => needsOnlyReason(branch.schema, inner.value))) {
    return [noReasonFinding(issue.path, scope)];
  }
  const ofSameKind = branches.filter((it) => isSameKind(it, inner.value));
  if (ofSameKind.length === 0) return [wrongTypeFinding(issue, scope)];
  if (!isAuthored(inner.value)) return scalarFindings(ofSameKind, branches, inner, findingsOf);
  return objectFindings(issue, ofSameKind, inner, scope, findingsOf);
}

/** The union itself as a scope. */
function unionScope(path: Path, scope: Scope): Scope {
  const schemas = schemasAt(scope.schema, scope.value, path);
  return {
    schema: schemas.find((it) => definitionOf(unwrap(it)).type === "union") ?? scope.schema,
    value: valueAt(scope.value, path),
    path: wholePath(scope, path),
    base: scope.base,
  };
}

/** Text, a number or true/false that several variants would take, were it another one. */
function scalarFindings(
  ofSameKind: readonly Branch[],
  branches: readonly Branch[],
  scope: Scope,
  findingsOf: FindingsOf,
): readonly Finding[] {
  const [only, ...others] = ofSameKind;
  if (only !== undefined && others.length === 0) {
    return findingsOf(only.issues, { ...scope, schema: only.schema });
  }
  const choices = branches.flatMap(({ schema }) => choicesOf(schema));
  const forms = branches.flatMap(({ schema, issues: [first] }) => {
    if (choicesOf(schema).length > 0) return [];
    // What the author says of a form is clearer than "text"; of another kind it says too little.
    const isOwn = first?.code === "invalid_format" && !isStandardMessage(first, scope.value);
    return [isOwn ? first.message : expectedText([schema])];
  });
  return [wrongChoiceFinding([], choices, scope, forms)];
}

function objectFindings(
  issue: UnionIssue,
  ofSameKind: readonly Branch[],
  inner: Scope,
  scope: Scope,
  findingsOf: FindingsOf,
): readonly Finding[] {
  const related = ofSameKind.filter((branch) => branch.overlap > 0);
  const candidates = related.length > 0 ? related : ofSameKind;
  const tag = tagOf(candidates, inner.value);
  if (tag !== undefined) return [tagFinding([...issue.path, tag.key], scope, tag.choices)];
  const isAmbiguous = related.length === 0 && ofSameKind.length > 1 && !Array.isArray(inner.value);
  return isAmbiguous
    ? noVariantFindings(issue, inner, scope)
    : findingsOfBest(candidates, inner, findingsOf);
}

/** The field that chooses the variant holds none of the words there are, or is not there. */
function tagFinding(path: Path, scope: Scope, choices: readonly unknown[]): Finding {
  if (!isAbsent(scope.value, path)) return wrongChoiceFinding(path, choices, scope);
  return { ...missingFieldFinding(path, scope), expected: choicesText(choices) };
}

/** No variant has any of the fields: where all variants have fields, each is one nobody knows. */
function noVariantFindings(issue: UnionIssue, inner: Scope, scope: Scope): readonly Finding[] {
  const known = branchesOfIssue(issue, inner).map(({ schema }) => keysOf([schema], inner.value));
  const written = isAuthored(inner.value) ? Object.keys(inner.value) : [];
  if (written.length > 0 && known.every((keys) => keys.length > 0)) {
    const valid = [...new Set(known.flat())];
    return written.map((key) => unknownFieldFinding([...issue.path, key], valid, scope));
  }
  return [noVariantFinding(issue, scope)];
}

function noVariantFinding(issue: UnionIssue, scope: Scope): Finding {
  const message = `${nameOf(scope, issue.path)} has none of the shapes that are possible here`;
  return { ...wrongTypeFinding(issue, scope), message };
}

function severalMatchFinding(issue: UnionIssue, scope: Scope): Finding {
  return {
    ...wrongTypeFinding(issue, scope),
    kind: "wrongValue",
    message: `${nameOf(scope, issue.path)} fits several variants at once`,
    fix: "leave only the fields of one variant",
  };
}
