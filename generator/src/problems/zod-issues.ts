/** Turns what zod reports about an authored file into Problems that its author understands. */
import { withoutSecrets } from "../model/secret-shapes.ts";
import type { ProblemCode } from "./codes.ts";
import { boundComplaint } from "./issues/bounds.ts";
import { restoreUnions } from "./issues/branches.ts";
import { customComplaint } from "./issues/custom-issue.ts";
import {
  explainedByMisspelling,
  isAboutMissing,
  missingFieldComplaint,
  unknownFieldComplaints,
} from "./issues/fields.ts";
import type { Complaint, ComplaintKind, Issue, Path, Scope } from "./issues/complaint.ts";
import { keyComplaints } from "./issues/keys.ts";
import { takeReasonless } from "./issues/reasons.ts";
import { withRemoval } from "./issues/removals.ts";
import type { Schema } from "./issues/schema-walk.ts";
import { pathText } from "./issues/text.ts";
import { unionComplaints } from "./issues/unions.ts";
import {
  formatComplaint,
  wrongChoiceComplaint,
  wrongTypeComplaint,
} from "./issues/value-complaints.ts";
import { InternalError } from "./problem.ts";
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
}

const specCodes: Readonly<Record<ComplaintKind, ProblemCode>> = {
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
  const scope: Scope = { schema: context.schema, value: context.value, path: [] };
  return complaintsOf(issues, scope).map((complaint) =>
    toProblem(withRemoval(complaint, scope), context),
  );
}

function complaintsOf(reported: readonly Issue[], scope: Scope): readonly Complaint[] {
  const { complaints, others } = takeReasonless(restoreUnions(reported, scope), scope);
  const explained = explainedByMisspelling(others, scope).union(explainedByForm(others));
  const left = others.filter((issue) => !explained.has(issue));
  return [...complaints, ...left.flatMap((issue) => complaintsOfIssue(issue, scope))];
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

function complaintsOfIssue(issue: Issue, scope: Scope): readonly Complaint[] {
  if (isAboutMissing(issue, scope)) return [missingFieldComplaint(issue.path, scope)];
  switch (issue.code) {
    case "unrecognized_keys":
      return unknownFieldComplaints(issue, scope);
    case "invalid_type":
      return [wrongTypeComplaint(issue, scope)];
    case "invalid_value":
      return [wrongChoiceComplaint(issue.path, issue.values, scope)];
    case "invalid_union":
      return unionComplaints(issue, scope, complaintsOf);
    case "invalid_format":
      return [formatComplaint(issue, scope)];
    case "too_small":
    case "too_big":
      return [boundComplaint(issue, scope)];
    case "invalid_key":
      return keyComplaints(issue, scope);
    case "custom":
      return [customComplaint(issue, scope)];
    case "not_multiple_of":
    case "invalid_element":
      throw new InternalError(`no schema of the model has an issue ${issue.code}`);
  }
}

function toProblem(complaint: Complaint, context: IssueContext): Problem {
  const { kind, path, at, code, message, found, fix, ...facts } = complaint;
  const text = pathText(path);
  // A missing field has no place; the object that lacks it has.
  const located = kind === "missingField" ? path.slice(0, -1) : path;
  return {
    code: code ?? specCodes[kind],
    severity: "error",
    place: context.locate(located, at),
    ...(text === "" ? {} : { path: text }),
    ...facts,
    // Logs of CI are read by more people than the file.
    message: withoutSecrets(message),
    ...(found === undefined ? {} : { found: withoutSecrets(found) }),
    ...(fix === undefined ? {} : { fix: withoutSecrets(fix) }),
  };
}
