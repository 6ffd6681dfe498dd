/** A repository whose tree was rendered before, by itself or in a commit: what may change against it. */
import { execa } from "execa";
import { expect } from "vitest";
import { baseFile, createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

export const sonarr = "charts/services/sonarr/values.ts";
export const dev = "environments/dev/environment.ts";
export const home = "environments/clusters/home.ts";

/** Renders the base, then changes one file and renders again. */
export async function renderTwice(
  file: string,
  search: string,
  replacement: string,
): Promise<{
  first: number | undefined;
  exitCode: number | undefined;
  stderr: string;
  repository: Repository;
}> {
  const repository = createRepository();
  const first = await repository.run(["render"]);
  const text = baseFile(file);
  expect(text).toContain(search);
  repository.write(file, text.replace(search, replacement));
  const { exitCode, stderr } = await repository.run(["render"]);
  return { first: first.exitCode, exitCode, stderr, repository };
}

/** A repository of git in which the base is committed, or what git is told to do before. */
export async function committed(before: readonly (readonly string[])[] = [["add", "."], commit]) {
  const repository = createRepository();
  const git = (...args: string[]) => execa("git", args, { cwd: repository.root });
  repository.write(".gitignore", ".cache\n.rzp\nnode_modules\n");
  await repository.run(["render"]);
  for (const args of [["init", "--quiet"], ...before]) await git(...args);
  return { repository, git };
}
export const commit =
  "-c user.name=somebody -c user.email=somebody@example.com commit --quiet --message Everything".split(
    " ",
  );
