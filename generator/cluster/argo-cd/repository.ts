/** The git repository the local Argo CD reads: what was rendered, with addresses on loopback. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { isMap, isSeq, parseDocument } from "yaml";

export interface Push {
  readonly commit: string;
  /** Files it changed. */
  readonly files: readonly string[];
}

export interface LocalRepository {
  /** The folder whose `kubernetes/<environment>/` folders are pushed: a copy, which proofs may change. */
  readonly tree: string;
  /** Commits what is in the tree and pushes it. */
  readonly push: (message: string) => Promise<Push>;
}

/**
 * Makes the repository `platform.git`. In: the folder repositories are served from, the folder of what is pushed, and the
 * branch the environment follows. Its git is told where its files are: it would look in the folders above, which are a
 * person's repository, when they are gone.
 */
export async function createRepository(
  served: string,
  tree: string,
  branch: string,
): Promise<LocalRepository> {
  const bare = join(served, "platform.git");
  await execa("git", ["init", "--quiet", "--bare", "-b", branch, bare], {
    env: { GIT_DIR: bare, GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  mkdirSync(tree, { recursive: true });
  const git = (...args: string[]) =>
    execa("git", args, {
      cwd: tree,
      env: {
        GIT_AUTHOR_NAME: "rzp",
        GIT_AUTHOR_EMAIL: "rzp@localhost",
        GIT_COMMITTER_NAME: "rzp",
        GIT_COMMITTER_EMAIL: "rzp@localhost",
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_DIR: join(tree, ".git"),
        GIT_WORK_TREE: tree,
      },
    });
  await git("init", "--quiet", "-b", branch);
  return {
    tree,
    push: async (message) => {
      await git("add", "--all");
      await git("commit", "--quiet", "--allow-empty", "-m", message);
      await git("push", "--quiet", "--force", bare, `HEAD:refs/heads/${branch}`);
      const { stdout: commit } = await git("rev-parse", "HEAD");
      const { stdout: files } = await git("show", "--name-only", "--format=", "HEAD");
      return { commit, files: files.split("\n").filter((file) => file !== "") };
    },
  };
}

export interface Addresses {
  /** Of the git repository. */
  readonly git: string;
  /** Of the repository of stand-in charts. */
  readonly charts: string;
}

/** Copies an environment's rendered files into the tree. In: the repository of the person, the tree, addresses on loopback. */
export function copyEnvironment(
  root: string,
  tree: string,
  environment: string,
  addresses: Addresses,
): void {
  const from = join(root, "kubernetes", environment);
  const to = join(tree, "kubernetes", environment);
  rmSync(to, { recursive: true, force: true });
  if (!existsSync(from)) return;
  cpSync(from, to, { recursive: true });
  for (const folder of ["_argocd", "_recovery"].map((name) => join(to, name))) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      writeFileSync(file, withAddresses(readFileSync(file, "utf8"), addresses));
    }
  }
}

/** Sources of an Application, and those an AppProject allows, with addresses on loopback. All else stays as it was rendered. */
function withAddresses(text: string, { git, charts }: Addresses): string {
  const document = parseDocument(text);
  const sources = [
    document.getIn(["spec", "source"]),
    ...itemsOf(document.getIn(["spec", "sources"])),
  ];
  for (const source of sources) {
    if (isMap(source)) source.set("repoURL", source.has("chart") ? charts : git);
  }
  if (document.hasIn(["spec", "sourceRepos"]))
    document.setIn(["spec", "sourceRepos"], [git, charts]);
  return document.toString({ lineWidth: 0 });
}

const itemsOf = (node: unknown): readonly unknown[] => (isSeq(node) ? node.items : []);
