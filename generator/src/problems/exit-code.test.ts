import { expect, test } from "vitest";
import type { ProblemCode } from "./codes.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { Problem } from "./problem.ts";

const problem = (code: ProblemCode, severity: Problem["severity"] = "error"): Problem => ({
  code,
  severity,
  message: "x",
  place: { file: "a" },
});

test.for([
  [[], 0],
  [[problem("WRITE_HAND_EDITED", "warning")], 0],
  [[problem("OUTPUT_OUT_OF_DATE")], 1],
  [[problem("WRITE_UNKNOWN_DEPLOYED")], 1],
  [[problem("WRITE_UNKNOWN_DEPLOYED", "warning")], 0],
  [[problem("MANIFEST_FLOATING_TAG"), problem("SPEC_INVALID", "warning")], 1],
  [[problem("MANIFEST_FLOATING_TAG"), problem("SPEC_INVALID")], 2],
  [[problem("HELM_MISSING")], 2],
] as const)("%j ends in %i", ([problems, expected]) => {
  expect(exitCodeOf(problems)).toBe(expected);
});
