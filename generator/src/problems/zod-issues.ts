/** Turns what zod reports about an authored file into Problems that its author understands. */
import type { ProblemCode } from "./codes.ts";
import { boundFinding, multipleFinding } from "./issues/bounds.ts";
import { restoreUnions } from "./issues/branches.ts";
import { customFinding } from "./issues/custom-issue.ts";
import {
  explainedByMisspelling,
  isAboutMissing,
  missingFieldFinding,
  unknownFieldFindings,
} from "./issues/fields.ts";
import type { Finding, FindingKind, Issue, Path, Scope } from "./issues/finding.ts";
import { keyFindings } from "./issues/keys.ts";
import { takeReasonless } from "./issues/reasons.ts";
import type { Schema } from "./issues/schema-walk.ts";
import { pathText } from "./issues/text.ts";
import { unionFindings } from "./issues/unions.ts";
import { formatFinding, wrongChoiceFinding, wrongTypeFinding } from "./issues/value-findings.ts";
import type { Place, Problem } from "./problem.ts";

export interface IssueContext {
  /** The schema that was parsed with: valid keys, descriptions and examples are read from it. */
  readonly schema: Schema;
  /** The value that was parsed; zod's issues do not carry it. */
  readonly value: unknown;
  /**
   * Where a path of the value is in a file: below the field's name (`key`) or its value. A path may
   * lead to nothing (a missing field asks for the object around it, which is there).
   */
  readonly locate: (path: Path, at: "key" | "value") => Place;
  /** What the whole value is called in messages, e.g. `components.server`; absent for a whole file. */
  readonly basePath?: string;
  /** Other codes than `SPEC_…`, per kind of finding. */
  readonly codes?: Partial<Readonly<Record<FindingKind, ProblemCode>>>;
}

const specCodes: Readonly<Record<FindingKind, ProblemCode>> = {
  unknownField: "SPEC_UNKNOWN_FIELD",
  missingField: "SPEC_MISSING_FIELD",
  wrongType: "SPEC_WRONG_TYPE",
  wrongValue: "SPEC_WRONG_VALUE",
  invalid: "SPEC_INVALID",
};

/**
 * In: the issues of a failed `safeParse`, and what was parsed with what. Out: one error per mistake
 * a person made, in the order zod found them: a misspelt required field is one, a value that fits
 * no variant of a union is explained by the nearest variant only.
 */
export function problemsOfIssues(
  issues: readonly Issue[],
  context: IssueContext,
): readonly Problem[] {
  const base = context.basePath ?? "";
  const scope: Scope = { schema: context.schema, value: context.value, path: [], base };
  return findingsOf(issues, scope).map((finding) => toProblem(finding, context));
}

function findingsOf(reported: readonly Issue[], scope: Scope): readonly Finding[] {
  const { findings, others } = takeReasonless(restoreUnions(reported, scope), scope);
  const explained = explainedByMisspelling(others, scope).union(explainedByForm(others));
  const left = others.filter((issue) => !explained.has(issue));
  return [...findings, ...left.flatMap((issue) => findingsOfIssue(issue, scope))];
}

/** Rules over the content of a text that has not even its form: they judge what cannot be read. */
function explainedByForm(issues: readonly Issue[]): ReadonlySet<Issue> {
  const formless = new Set(
    issues.filter(({ code }) => code === "invalid_format").map(({ path }) => pathText(path)),
  );
  return new Set(
    issues.filter(({ code, path }) => code === "custom" && formless.has(pathText(path))),
  );
}

function findingsOfIssue(issue: Issue, scope: Scope): readonly Finding[] {
  if (isAboutMissing(issue, scope)) return [missingFieldFinding(issue.path, scope)];
  switch (issue.code) {
    case "unrecognized_keys":
      return unknownFieldFindings(issue, scope);
    case "invalid_type":
      return [wrongTypeFinding(issue, scope)];
    case "invalid_value":
      return [wrongChoiceFinding(issue.path, issue.values, scope)];
    case "invalid_union":
      return unionFindings(issue, scope, findingsOf);
    case "invalid_format":
      return [formatFinding(issue, scope)];
    case "too_small":
    case "too_big":
      return [boundFinding(issue, scope)];
    case "not_multiple_of":
      return [multipleFinding(issue, scope)];
    case "invalid_key":
      return keyFindings(issue, scope);
    case "invalid_element":
      // Only maps and sets have these; nobody can write one in an authored file.
      return findingsOf(
        issue.issues.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
        scope,
      );
    case "custom":
      return [customFinding(issue, scope)];
  }
}

function toProblem(finding: Finding, context: IssueContext): Problem {
  const { kind, path, at, code, ...facts } = finding;
  const text = pathText(path, context.basePath);
  // A missing field has no place; the object that lacks it has.
  const located = kind === "missingField" ? path.slice(0, -1) : path;
  return {
    code: code ?? context.codes?.[kind] ?? specCodes[kind],
    severity: "error",
    place: context.locate(located, at),
    ...(text === "" ? {} : { path: text }),
    ...facts,
  };
}
