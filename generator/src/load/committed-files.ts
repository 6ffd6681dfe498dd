/** Which files git has: what was never committed is on no cluster. */
import { renderedRoot } from "../model/paths.ts";

/**
 * In: the repository's root. Out: the rendered files of the last commit (`HEAD`), by path from the root. Undefined
 * where git cannot say: it is not there, this is no repository of it, or it is told to ignore rendered files.
 */
export async function committedFiles(root: string): Promise<ReadonlySet<string> | undefined> {
  const listed = await git(root, ["ls-tree", "-r", "-z", "--name-only", "HEAD", renderedRoot]);
  if (listed.exitCode === 0 && listed.stdout !== "") return new Set(listed.stdout.split("\0"));
  // No commit yet, or none with rendered files; 1 says that git would take them.
  const ignored = await git(root, ["check-ignore", "--quiet", renderedRoot]);
  return ignored.exitCode === 1 ? new Set() : undefined;
}

async function git(root: string, args: readonly string[]) {
  const { execa } = await import("execa");
  return execa("git", args, { cwd: root, reject: false, stdin: "ignore" });
}
