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

/** In: rendered files that the last commit has. Out: what is in them there, by path. */
export async function committedTexts(
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const { execa } = await import("execa");
  const { stdout } = await execa("git", ["cat-file", "--batch"], {
    cwd: root,
    // From the folder it runs in, which may be one of a larger repository.
    input: paths.map((path) => `HEAD:./${path}\n`).join(""),
    encoding: "buffer",
    stripFinalNewline: false,
  });
  const output = Buffer.from(stdout);
  const texts = new Map<string, string>();
  let from = 0;
  for (const path of paths) {
    const start = output.indexOf("\n", from) + 1;
    const size = Number(output.toString("utf8", from, start).trim().split(" ").at(-1));
    texts.set(path, output.toString("utf8", start, start + size));
    from = start + size + 1;
  }
  return texts;
}

async function git(root: string, args: readonly string[]) {
  const { execa } = await import("execa");
  return execa("git", args, { cwd: root, reject: false, stdin: "ignore" });
}
