/** A value that fits no variant of a union: speaks of the variant that was meant, and of no other. */
import { z } from "zod";
import {
  type Branch,
  branchesOfIssue,
  type ComplaintsOf,
  complaintsOfBest,
  isSameKind,
  type Tag,
  tagOf,
  type UnionIssue,
} from "./branches.ts";
import { expectedText, notesOf } from "./describe.ts";
import { missingFieldComplaint, unknownFieldComplaint } from "./fields.ts";
import { type Complaint, nameOf, type Path, type Scope, wholePath } from "./complaint.ts";
import { isStandardMessage } from "./own-message.ts";
import { needsOnlyReason, noReasonComplaint } from "./reasons.ts";
import { choicesOf, definitionOf, keysOf, type Schema, schemasAt, unwrap } from "./schema-walk.ts";
import { alternativesText, choicesText, shortExample, shortValue } from "./text.ts";
import { wrongChoiceComplaint, wrongTypeComplaint } from "./value-complaints.ts";
import { isAbsent, isAuthored, valueAt } from "./values.ts";

/**
 * In: a union's issue, and the function that turns issues of one variant into complaints (handed in,
 * as variants contain unions again). Out: complaints about the one variant that fits best, or one
 * complaint that lists the variants where none fits better than another.
 */
export function unionComplaints(
  issue: UnionIssue,
  scope: Scope,
  complaintsOf: ComplaintsOf,
): readonly Complaint[] {
  const inner = unionScope(issue.path, scope);
  const branches = branchesOfIssue(issue, inner);
  if (branches.some((branch) => needsOnlyReason(branch.schema, inner.value))) {
    return [noReasonComplaint(issue.path, scope)];
  }
  const ofSameKind = branches.filter((it) => isSameKind(it, inner.value));
  if (ofSameKind.length === 0) return [wrongTypeComplaint(issue, scope)];
  if (!isAuthored(inner.value)) return scalarComplaints(ofSameKind, branches, inner, complaintsOf);
  return objectComplaints(issue, ofSameKind, inner, scope, complaintsOf);
}

/** The union itself as a scope. */
function unionScope(path: Path, scope: Scope): Scope {
  const schemas = schemasAt(scope.schema, scope.value, path);
  return {
    schema: schemas.find((it) => definitionOf(unwrap(it)).type === "union") ?? scope.schema,
    value: valueAt(scope.value, path),
    path: wholePath(scope, path),
  };
}

/** Text, a number or true/false that several variants would take, were it another one. */
function scalarComplaints(
  ofSameKind: readonly Branch[],
  branches: readonly Branch[],
  scope: Scope,
  complaintsOf: ComplaintsOf,
): readonly Complaint[] {
  const [only, ...others] = ofSameKind;
  if (only !== undefined && others.length === 0 && choicesOf(only.schema).length === 0) {
    return complaintsOf(only.issues, { ...scope, schema: only.schema });
  }
  const choices = branches.flatMap(({ schema }) => choicesOf(schema));
  const forms = branches.flatMap(({ schema, issues: [first] }) => {
    if (choicesOf(schema).length > 0) return [];
    // What the author says of a form is clearer than "text"; of another kind it says too little.
    const isOwn = first?.code === "invalid_format" && !isStandardMessage(first, scope.value);
    return [isOwn ? first.message : expectedText([schema])];
  });
  return [wrongChoiceComplaint([], choices, scope, forms)];
}

function objectComplaints(
  issue: UnionIssue,
  ofSameKind: readonly Branch[],
  inner: Scope,
  scope: Scope,
  complaintsOf: ComplaintsOf,
): readonly Complaint[] {
  const related = ofSameKind.filter((branch) => branch.overlap > 0);
  const candidates = related.length > 0 ? related : ofSameKind;
  const tag = tagOf(candidates, inner.value);
  if (tag !== undefined) {
    const functions = functionsOf(candidates);
    return isAbsent(inner.value, [tag.key]) && functions.length > 0
      ? [noFunctionComplaint({ issue, tag, functions }, inner, scope)]
      : [tagComplaint([...issue.path, tag.key], scope, tag.choices)];
  }
  const isAmbiguous = related.length === 0 && ofSameKind.length > 1 && !Array.isArray(inner.value);
  return isAmbiguous
    ? noVariantComplaints(issue, inner, scope)
    : complaintsOfBest(candidates, inner, complaintsOf);
}

/** The field that chooses the variant holds none of the words there are, or is not there. */
function tagComplaint(path: Path, scope: Scope, choices: readonly unknown[]): Complaint {
  if (!isAbsent(scope.value, path)) return wrongChoiceComplaint(path, choices, scope);
  return { ...missingFieldComplaint(path, scope), expected: choicesText(choices) };
}

/** A variant that a function of `#rzp` makes, and how it is written. */
interface MadeByFunction {
  readonly schema: Schema;
  readonly written: string;
}

function functionsOf(branches: readonly Branch[]): readonly MadeByFunction[] {
  return branches.flatMap(({ schema }) => {
    const { written } = notesOf([schema]);
    return written === undefined ? [] : [{ schema, written }];
  });
}

/** A bare object where a function would have added the field that tells what it is. */
function noFunctionComplaint(
  {
    issue,
    tag,
    functions,
  }: {
    readonly issue: UnionIssue;
    readonly tag: Tag;
    readonly functions: readonly MadeByFunction[];
  },
  inner: Scope,
  scope: Scope,
): Complaint {
  const { value } = inner;
  const fitting = functions.flatMap(({ schema, written }) => {
    const [name = "", takes] = written.split("(");
    const [choice] = choicesOf(schemasAt(schema, value, [tag.key])[0] ?? schema);
    const whole = isAuthored(value) ? { ...value, [tag.key]: choice } : value;
    return takes === "{ … })" && z.safeParse(schema, whole).success ? [name] : [];
  });
  const [first, ...others] = fitting;
  const inPlace =
    others.length === 0 ? "" : `, or ${alternativesText(others)} in place of ${first}`;
  return {
    kind: "wrongValue",
    path: wholePath(scope, issue.path),
    at: "value",
    message: `${nameOf(scope, issue.path)} must say what it is by a function`,
    found: shortValue(value),
    expected: alternativesText(functions.map(({ written }) => written)),
    fix:
      first === undefined
        ? "write it with one of these functions"
        : `write ${first}(${shortExample(value)})${inPlace}`,
  };
}

/** No variant has any of the fields: where all variants have fields, each is one nobody knows. */
function noVariantComplaints(issue: UnionIssue, inner: Scope, scope: Scope): readonly Complaint[] {
  const known = branchesOfIssue(issue, inner).map(({ schema }) => keysOf([schema], inner.value));
  const written = isAuthored(inner.value) ? Object.keys(inner.value) : [];
  if (written.length > 0 && known.every((keys) => keys.length > 0)) {
    const valid = [...new Set(known.flat())];
    return written.map((key) => unknownFieldComplaint([...issue.path, key], valid, scope));
  }
  return [noVariantComplaint(issue, scope)];
}

function noVariantComplaint(issue: UnionIssue, scope: Scope): Complaint {
  const message = `${nameOf(scope, issue.path)} has none of the shapes that are possible here`;
  return { ...wrongTypeComplaint(issue, scope), message };
}
