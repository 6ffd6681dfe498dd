/** Values that are too small or too big, said in the unit that is counted. */
import { expectedText } from "./describe.ts";
import { type Complaint, type Issue, nameOf, type Scope, wholePath } from "./complaint.ts";
import { ownMessage } from "./own-message.ts";
import { schemasAt } from "./schema-walk.ts";
import { shortValue } from "./text.ts";
import { valueAt } from "./values.ts";

type BoundIssue = Extract<Issue, { code: "too_small" | "too_big" }>;

/** A bound as words need it: how much there is, how much there may be, of what. */
interface Bound {
  readonly limit: number;
  readonly isLower: boolean;
  readonly isExact: boolean;
  readonly isInclusive: boolean;
  /** What is counted; undefined for a plain number. */
  readonly counted?: string;
  readonly actual?: number;
}

/** A number out of range, a text or a list of a wrong length. */
export function boundComplaint(issue: BoundIssue, scope: Scope): Complaint {
  const schemas = schemasAt(scope.schema, scope.value, issue.path);
  const value = valueAt(scope.value, issue.path);
  const bound = boundOf(issue, value);
  const limit = limitText(bound);
  const range = expectedText(schemas);
  return {
    kind: "wrongValue",
    path: wholePath(scope, issue.path),
    at: "value",
    message:
      ownMessage(issue, scope) ?? `${nameOf(scope, issue.path)} ${complaintText(bound)}: ${limit}`,
    found:
      bound.counted === undefined
        ? shortValue(value)
        : `${shortValue(value)} (${countedText(bound.actual ?? 0, bound.counted)})`,
    expected: bound.counted === undefined && range !== "" ? range : limit,
    fix: fixText(bound),
  };
}

function boundOf(issue: BoundIssue, value: unknown): Bound {
  const isLower = issue.code === "too_small";
  const counted = countedNoun(issue.origin);
  return {
    limit: Number(isLower ? issue.minimum : issue.maximum),
    isLower,
    isExact: issue.exact === true,
    isInclusive: issue.inclusive === true,
    ...(counted === undefined ? {} : { counted, actual: sizeOf(value) }),
  };
}

function countedNoun(origin: string): string | undefined {
  if (origin === "string") return "character";
  return ["array", "set", "map", "object"].includes(origin) ? "entry" : undefined;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  if (value instanceof Map || value instanceof Set) return value.size;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

function complaintText({ isLower, counted }: Bound): string {
  if (counted === "character") return isLower ? "is too short" : "is too long";
  if (counted === "entry") return isLower ? "has too few entries" : "has too many entries";
  return isLower ? "is too small" : "is too large";
}

function limitText(bound: Bound): string {
  const amount =
    bound.counted === undefined ? String(bound.limit) : countedText(bound.limit, bound.counted);
  if (bound.isExact) return `exactly ${amount}`;
  if (bound.isInclusive) return bound.isLower ? `at least ${amount}` : `at most ${amount}`;
  return bound.isLower ? `more than ${amount}` : `less than ${amount}`;
}

/** A text that must be this long is prose: nobody mends it letter by letter. */
const proseMin = 8;

function fixText(bound: Bound): string {
  const { isLower, isExact, isInclusive, limit, counted, actual = 0 } = bound;
  if (counted === "character" && isLower && !isExact && limit >= proseMin)
    return "say it in a few words";
  if (counted === undefined) {
    const side = isLower ? "above" : "below";
    return isInclusive
      ? `write ${limit} or a number ${side} it`
      : `write a number ${side} ${limit}`;
  }
  const change = countedText(Math.abs(limit - actual), counted);
  return isLower ? `add ${change}` : `take away ${change}`;
}

function countedText(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return noun === "entry" ? `${count} entries` : `${count} ${noun}s`;
}
