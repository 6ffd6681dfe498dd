/** Telling a message that an author of the model wrote from the one zod makes by itself. */
import type { z } from "zod";
import en from "zod/v4/locales/en.js";
import { type Issue, nameOf, type Path, type Scope, wholePath } from "./complaint.ts";
import { valueAt } from "./values.ts";

const english = en().localeError;

/**
 * Out: what the schema says about the mistake in its author's words, with the field in front;
 * undefined where zod made the message, which speaks of types instead of meaning.
 */
export function ownMessage(issue: Issue, scope: Scope): string | undefined {
  return isStandardMessage(issue, valueAt(scope.value, issue.path))
    ? undefined
    : withName(issue.message, scope, issue.path);
}

/** Says whether zod made the message of an issue about `value`, and not the author of the schema. */
export function isStandardMessage(issue: Issue, value: unknown): boolean {
  // A raw issue is the same plus the input; only its index signature is not that of an issue.
  const standard = english({ ...issue, input: value } as z.core.$ZodRawIssue);
  return issue.message === (typeof standard === "string" ? standard : standard?.message);
}

/** A message that quotes something names its subject already; others are sentences about any such field. */
export function withName(message: string, scope: Scope, path: Path): string {
  const isWhole = wholePath(scope, path).length === 0;
  return isWhole || message.includes("`") ? message : `${nameOf(scope, path)}: ${message}`;
}
