/** Reads what was rendered: kubernetes/<environment>/<service>/<kind>-<name>.yaml. */
import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface RenderedFile {
  /** Relative to the root. */
  readonly file: string;
  readonly environment: string;
  readonly text: string;
  readonly hash: string;
  /** The API groups of its objects; the core group is "". */
  readonly groups: readonly string[];
}

/** Reads every rendered file of a tree. In: its root; out: the files, sorted by path. */
export async function readRenderedFiles(root: string): Promise<RenderedFile[]> {
  const names = await Array.fromAsync(glob("kubernetes/*/**/*.yaml", { cwd: root }));
  return Promise.all(names.toSorted().map((file) => read(root, file)));
}

async function read(root: string, file: string): Promise<RenderedFile> {
  const text = await readFile(join(root, file), "utf8");
  return {
    file,
    environment: file.split("/")[1] ?? "",
    text,
    hash: createHash("sha256").update(text).digest("hex").slice(0, 32),
    groups: groupsOf(text),
  };
}

/**
 * Finds the API groups of the objects in a text. It only decides which CRDs are loaded; whether the
 * object is right is for the validator to say, so a pattern is enough here.
 */
function groupsOf(text: string): string[] {
  const versions = [...text.matchAll(/^apiVersion: *["']?([^\s"']+)/gm)].map(
    (match) => match[1] ?? "",
  );
  const groups = versions.map((version) =>
    version.includes("/") ? (version.split("/")[0] ?? "") : "",
  );
  return [...new Set(groups)];
}
