/** Rules of the model that were written by hand, and how they hand over more than a message. */
import { type ProblemCode, codes } from "../codes.ts";
import { type Finding, type Issue, nameOf, type Path, type Scope, wholePath } from "./finding.ts";
import { isStandardMessage, withName } from "./own-message.ts";
import { definitionOf, schemasAt, unwrap } from "./schema-walk.ts";
import { shortValue } from "./text.ts";
import { wrongTypeFinding } from "./value-findings.ts";
import { valueAt } from "./values.ts";

/** What a rule of the model knows about a mistake. */
export interface RuleFailure {
  readonly message: string;
  /** Relative to the value the rule is attached to. */
  readonly path?: Path;
  readonly code?: ProblemCode;
  readonly expected?: string;
  readonly fix?: string;
}

/**
 * Makes the argument of `ctx.addIssue` in a `superRefine`.
 *
 * In: what the rule knows. Out: an issue that carries it, so that the Problem shows it. Typed, as
 * zod's own `params` would take a misspelt code.
 */
export function customIssue({ message, path = [], ...params }: RuleFailure): {
  readonly code: "custom";
  readonly message: string;
  readonly path: PropertyKey[];
  readonly params: Readonly<Record<string, string>>;
} {
  return { code: "custom", message, path: [...path], params };
}

/** A broken rule; its `params` say more than the message. */
export function customFinding(issue: Extract<Issue, { code: "custom" }>, scope: Scope): Finding {
  const params: Readonly<Record<string, unknown>> = issue.params ?? {};
  const { code, fix, expected } = params;
  const path = wholePath(scope, issue.path);
  const value = valueAt(scope.value, issue.path);
  if (isStandardMessage(issue, value) && isCustomSchema(issue.path, scope)) {
    return wrongTypeFinding(issue, scope);
  }
  return {
    kind: "invalid",
    path,
    at: "value",
    message: isStandardMessage(issue, value)
      ? `${nameOf(scope, issue.path)} breaks a rule of the model that has no words for it`
      : withName(issue.message, scope, issue.path),
    // A rule over the whole file, or about an absent field, has no single value that is wrong.
    ...(path.length === 0 || value === undefined ? {} : { found: shortValue(value) }),
    ...(isProblemCode(code) ? { code } : {}),
    ...(typeof expected === "string" ? { expected } : {}),
    ...(typeof fix === "string" ? { fix } : {}),
  };
}

/** `z.custom()` reports a value of the wrong kind as if a rule was broken. */
function isCustomSchema(path: Path, scope: Scope): boolean {
  return schemasAt(scope.schema, scope.value, path).some(
    (schema) => definitionOf(unwrap(schema)).type === "custom",
  );
}

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === "string" && Object.hasOwn(codes, code);
}
