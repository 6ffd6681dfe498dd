/** Makes problems of one authored file: the stage says where in the value, the place is found later. */
import type { Keys } from "../model/reading.ts";
import { pathText } from "./issues/text.ts";
import { nearest } from "./suggest.ts";
import type { ProblemCode } from "./codes.ts";
import type { Problem } from "./problem.ts";

export interface ProblemText {
  readonly message: string;
  readonly found?: string;
  readonly expected?: string;
  readonly fix?: string;
  readonly asksFor?: NonNullable<Problem["asksFor"]>;
  readonly severity?: "error" | "warning";
  readonly target?: "key" | "value";
  readonly causes?: NonNullable<Problem["causes"]>;
  readonly related?: NonNullable<Problem["related"]>;
}

/** In: code, file, path of the value in it, texts. Out: the problem, for one environment if said. */
export function problemAt(
  code: ProblemCode,
  file: string,
  keys: Keys,
  text: ProblemText,
  environment?: string,
): Problem {
  const { severity = "error", ...rest } = text;
  return {
    code,
    severity,
    place: { file },
    keys,
    path: pathText(keys),
    ...rest,
    ...(environment === undefined ? {} : { environments: [environment] }),
  };
}

/** `expected` and `fix` for a name that is not one of the valid ones. */
export function choice(
  found: string,
  valid: readonly string[],
  otherwise: string,
): { found: string; expected: string; fix: string } {
  const near = nearest(found, valid);
  return {
    found: JSON.stringify(found),
    expected:
      valid.length === 0
        ? "one that exists, but there is none yet"
        : `one of: ${[...valid].sort().join(", ")}`,
    fix: near === undefined ? otherwise : `write ${JSON.stringify(near)}, or ${otherwise}`,
  };
}
