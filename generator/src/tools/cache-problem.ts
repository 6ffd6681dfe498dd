/** Turns a failure to write the cache into a problem; everything else stays the bug that it is. */
import type { Problem } from "../problems/problem.ts";
import type { Host } from "./host.ts";
import { toolProblem } from "./problems.ts";

const reasons: ReadonlySet<string | undefined> = new Set(
  "EACCES EPERM EROFS ENOSPC EDQUOT ENOTDIR EEXIST".split(" "),
);

/**
 * Runs work that writes into the cache. In: the host and the work. Out: what the work gives, or
 * TOOL_CACHE_UNUSABLE when the system refused to write; throws what else the work throws.
 */
export async function guardCache<T>(host: Host, work: () => Promise<T>): Promise<T | Problem> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !reasons.has((error as NodeJS.ErrnoException).code))
      throw error;
    return toolProblem("TOOL_CACHE_UNUSABLE", {
      file: "package.json",
      message: `The tools' cache ${host.cache} cannot be written: ${error.message}.`,
      fix: "Make the folder writable and free space, or set RZP_TOOLS_CACHE to another one.",
    });
  }
}
