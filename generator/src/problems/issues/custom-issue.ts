/** Rules of the model that were written by hand, and how they hand over more than a message. */
import { exampleText } from "../../model/example-text.ts";
import { type ProblemCode, codes } from "../codes.ts";
import { type Complaint, type Issue, nameOf, type Scope, wholePath } from "./complaint.ts";
import { isStandardMessage, withName } from "./own-message.ts";
import { mendedValue } from "./repair.ts";
import { schemasAt } from "./schema-walk.ts";
import { shortValue } from "./text.ts";
import { valueAt } from "./values.ts";

/** A broken rule; its `params` say more than the message. */
export function customComplaint(
  issue: Extract<Issue, { code: "custom" }>,
  scope: Scope,
): Complaint {
  const { code, ...words } = wordsOf(issue);
  const path = wholePath(scope, issue.path);
  const value = valueAt(scope.value, issue.path);
  const mended = mendedValue(value, schemasAt(scope.schema, scope.value, issue.path));
  return {
    kind: "invalid",
    path,
    at: "value",
    message: isStandardMessage(issue, value)
      ? `${nameOf(scope, issue.path)} breaks a rule of the model that has no words for it`
      : withName(issue.message, scope, issue.path),
    // A rule over the whole file, or about an absent field, has no single value that is wrong.
    ...(path.length === 0 || value === undefined ? {} : { found: shortValue(value) }),
    ...(code === undefined ? {} : { code }),
    ...words,
    ...(mended === undefined ? {} : { fix: `write ${exampleText(mended)}` }),
  };
}

/** What such a rule says beside its message. */
export function wordsOf({
  params,
}: Extract<Issue, { code: "custom" }>): Pick<Complaint, "code" | "expected" | "fix"> {
  const { code, fix, expected }: Readonly<Record<string, unknown>> = params ?? {};
  return {
    ...(isProblemCode(code) ? { code } : {}),
    ...(typeof expected === "string" ? { expected } : {}),
    ...(typeof fix === "string" ? { fix } : {}),
  };
}

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === "string" && Object.hasOwn(codes, code);
}
