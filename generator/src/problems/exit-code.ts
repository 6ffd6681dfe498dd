/** With which code a command ends: the same everywhere. */
import type { ProblemCode } from "./codes.ts";
import { hasErrors, type Problem } from "./problem.ts";

/** Codes that say something about what was rendered or checked; all others stop the command itself. */
const findings: ReadonlySet<ProblemCode> = new Set([
  "BACKUP_RPO_EXCEEDED",
  "CAPACITY_EXCEEDED",
  "CAPACITY_NODE_LOSS",
  "LINT_FAILED",
  "OUTPUT_OUT_OF_DATE",
  "RECOVERY_TOO_SLOW",
  "SECRET_FOUND",
  "WRITE_UNKNOWN_DEPLOYED",
]);
const isFinding = ({ code }: Problem) => code.startsWith("MANIFEST_") || findings.has(code);

/** In: all problems. Out: 0 no error, 1 findings only, 2 a mistake in an authored file or a missing tool. */
export function exitCodeOf(problems: readonly Problem[]): 0 | 1 | 2 {
  if (!hasErrors(problems)) return 0;
  return problems.every((problem) => problem.severity === "warning" || isFinding(problem)) ? 1 : 2;
}
