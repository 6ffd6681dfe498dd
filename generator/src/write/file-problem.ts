/** What the file system refused, as a problem a person can act on. */
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";

export interface FileError extends Error {
  readonly code: string;
}

interface Refusal {
  readonly code: ProblemCode;
  readonly reason: string;
  readonly fix: string;
}

const full: Refusal = {
  code: "WRITE_NO_SPACE",
  reason: "the file system is full",
  fix: "Free some space (`df -h .` and `df -i .` show how much is left) and run the command again.",
};
const forbidden: Refusal = {
  code: "WRITE_NOT_WRITABLE",
  reason: "you may not write there",
  fix: "Give your user the right to write there (`ls -ld` shows who has it) and run the command again.",
};
const refusals: ReadonlyMap<string, Refusal> = new Map([
  ["ENOSPC", full],
  ["EDQUOT", { ...full, reason: "your quota is used up" }],
  ["EACCES", forbidden],
  ["EPERM", forbidden],
  [
    "EROFS",
    {
      ...forbidden,
      reason: "the file system is read-only",
      fix: "Mount it writable, or work in a copy of the repository, and run the command again.",
    },
  ],
  [
    "EXDEV",
    {
      code: "WRITE_OTHER_FILE_SYSTEM",
      reason: "it is on another file system than .rzp, and files are put in place by rename",
      fix: "Keep the whole repository on one file system: remove the mount below it.",
    },
  ],
  [
    "ENAMETOOLONG",
    {
      code: "WRITE_NAME_TOO_LONG",
      reason: "its name is longer than the file system allows (mostly 255 bytes)",
      fix: "Give the service or the object a shorter name, or move the repository to a shorter path.",
    },
  ],
]);
const unusual: Omit<Refusal, "reason"> = {
  code: "WRITE_FAILED",
  fix: "Find out what is wrong with that path (`stat`, `dmesg`), then run the command again.",
};

/** Says whether something thrown comes from the file system and not from a bug. */
export function isFileError(error: unknown): error is FileError {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

/**
 * The problem for a refused path; `state` says in one sentence what that means for the tree. Anything
 * that does not come from the file system is a bug and is thrown on.
 */
export function fileProblem(error: unknown, path: string, state: string): Problem {
  if (!isFileError(error)) throw error;
  const refusal = refusals.get(error.code) ?? { ...unusual, reason: error.message };
  return {
    code: refusal.code,
    severity: "error",
    message: `"${path}" cannot be written: ${refusal.reason} (${error.code}). ${state}`,
    place: { file: path },
    fix: refusal.fix,
  };
}
