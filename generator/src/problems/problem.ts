/**
 * A mistake as a value: everything a person needs to find it and to mend it. Stages return
 * problems, they never throw for something a person wrote.
 */
import type { Keys } from "../model/reading.ts";
import type { ProblemCode } from "./codes.ts";

/** A place in a file of the repository. `file` is relative to its root, lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** How many characters the caret underlines. */
  readonly length?: number;
}

/** Another place that has to do with it. With `keys` its line is still to be found, in the overlay of `environment` or else of the problem's own. */
export type Related = Place & {
  readonly note: string;
  readonly keys?: Keys;
  readonly environment?: string;
};

/** In: what an overlay may have done to the value at `keys`. The fix is one for the overlay, as its service is right without it. */
export interface OverlayCause {
  readonly does: "removes" | "sets";
  readonly keys: Keys;
  readonly fix: string;
}

/** A service that is not there, or does not run there. With `near` the name is rather a slip for that one. */
export interface AskedFor {
  readonly service: string;
  /** Where it is to run; undefined where nothing says so. */
  readonly environment: string | undefined;
  readonly near: string | undefined;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: "error" | "warning";
  /** One sentence: what is wrong, with the actual value quoted. */
  readonly message: string;
  readonly place: Place;
  /** Where in the authored value, e.g. `components.server.ports.http`. */
  readonly path?: string;
  /** The same as keys, for a problem whose place is still to be found (see place.ts). */
  readonly keys?: Keys;
  /** What makes the mistake where an overlay removes or sets it: then it is told there (see place.ts). */
  readonly causes?: readonly OverlayCause[];
  /** Whether the place is the name at `keys` or its value. */
  readonly target?: "key" | "value";
  readonly found?: string;
  readonly expected?: string;
  /** An action: what to change, and where. */
  readonly fix?: string;
  /** The service whose lack is what is wrong, for commands that add one; no format prints it. */
  readonly asksFor?: AskedFor;
  /** The environments in which it was found; absent when it does not depend on one. */
  readonly environments?: readonly string[];
  /** Clusters of these, which its texts name as `<cluster>`; filled in and gone once problems are merged. */
  readonly clusters?: readonly string[];
  readonly related?: readonly Related[];
}

/** A bug of RZP itself: the only thing that ends in exit code 70 and shows a stack. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** Says whether any of the problems stops a command; a warning does not. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}
