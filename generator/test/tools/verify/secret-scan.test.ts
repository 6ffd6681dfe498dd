import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { scanHistory, scanWorkTree } from "../../../src/tools/secret-scan.ts";
import { makeTree, type SampleTree } from "../sample-tree.ts";

const slow = { timeout: 600_000 };

/** Put together here, so that this file is not a finding itself. */
const token = ["ghp", "_", "9aB3dE5fG7hJ1kL2mN4pQ6rS8tU0vW1xY2zA"].join("");

async function makeClone(files: Readonly<Record<string, string>>): Promise<SampleTree> {
  const tree = await makeTree({ ".gitignore": "node_modules\nignored.txt\n", ...files });
  await execa("git", ["init", "-q"], { cwd: tree.root });
  return tree;
}

async function commit(tree: SampleTree): Promise<void> {
  const author = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
  await execa("git", ["add", "-A"], { cwd: tree.root });
  await execa("git", [...author, "commit", "-qm", "x"], { cwd: tree.root });
}

describe("scanWorkTree", () => {
  test("finds a token in a new file, by file and line, and does not print it", slow, async () => {
    await using tree = await makeClone({ "a/values.ts": `one\nconst token = "${token}";\n` });
    const problems = await scanWorkTree(tree.host);
    expect(problems.map(({ code, place }) => ({ code, place }))).toEqual([
      { code: "SECRET_FOUND", place: { file: "a/values.ts", line: 2 } },
    ]);
    expect(JSON.stringify(problems)).not.toContain(token);
  });

  test("leaves out what git ignores, and passes digests and encrypted values", slow, async () => {
    await using tree = await makeClone({
      "ignored.txt": `token = "${token}"\n`,
      "values.ts": `image: "ghcr.io/a/b:1.2@sha256:${"0123456789abcdef".repeat(4)}",\n`,
    });
    expect(await scanWorkTree(tree.host)).toEqual([]);
  });

  test("refuses to run outside a clone", slow, async () => {
    await using tree = await makeTree({ "a.txt": token });
    const problems = await scanWorkTree(tree.host);
    expect(problems.map((problem) => problem.code)).toEqual(["TOOL_MISSING"]);
  });
});

describe("scanHistory", () => {
  test("finds what was committed and removed again", slow, async () => {
    await using tree = await makeClone({ "a.txt": `token = "${token}"\n` });
    await commit(tree);
    await tree.write("a.txt", "token = read it from the environment\n");
    await commit(tree);
    expect(await scanWorkTree(tree.host)).toEqual([]);
    const problems = await scanHistory(tree.host);
    expect(problems.map((problem) => problem.code)).toEqual(["SECRET_FOUND"]);
    expect(problems[0]?.message).toMatch(/in commit [0-9a-f]{12}/);
  });
});
