/** What was found in an authored value, before it is known where in a file that is. */
import type { z } from "zod";
import type { ProblemCode } from "../codes.ts";
import type { Schema } from "./schema-walk.ts";
import { pathText } from "./text.ts";

export type Issue = z.core.$ZodIssue;
export type Path = readonly PropertyKey[];
export type ComplaintKind =
  | "unknownField"
  | "missingField"
  | "wrongType"
  | "wrongValue"
  | "invalid";

export interface Complaint {
  readonly kind: ComplaintKind;
  /** In the whole value. */
  readonly path: Path;
  /** Where the caret belongs: below the field's name or below its value. */
  readonly at: "key" | "value";
  readonly message: string;
  /** Replaces the code of the kind: only a rule of the model knows a better one. */
  readonly code?: ProblemCode;
  readonly found?: string;
  readonly expected?: string;
  readonly fix?: string;
}

/** The part of the value that some issues speak about; their paths are relative to it. */
export interface Scope {
  readonly schema: Schema;
  readonly value: unknown;
  /** Where the part is in the whole value. */
  readonly path: Path;
}

/** Out: an issue's path in the whole value. */
export function wholePath(scope: Scope, path: Path): Path {
  return [...scope.path, ...path];
}

/** Out: the path as it is quoted in messages. */
export function nameOf(scope: Scope, path: Path): string {
  const text = pathText(wholePath(scope, path));
  return text === "" ? "this file" : `\`${text}\``;
}
