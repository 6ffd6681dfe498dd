/** How the scan ends with a gitleaks that finds, fails or never runs. That it finds is shown with the real one. */
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { scanHistory, scanWorkTree, secretScanCommand } from "../../src/tools/secret-scan.ts";
import { makeFakeHost } from "./fake-host.ts";
import type { FakeHost } from "./fake-host.ts";
import { buildsTools } from "./fake-tools.ts";

/** Finds something in what lies where it was started; the report goes to the last word it is called with. */
const finds = (commit: string) => {
  const found = { RuleID: "token", Description: "A token", File: "FILES", StartLine: 2 };
  const report = JSON.stringify([{ ...found, Commit: commit }]);
  return `for last; do :; done\necho '${report}' | sed "s/FILES/$(echo *)/" > "$last"\nexit 3`;
};

async function makeClone(gitleaks: string): Promise<FakeHost> {
  const fake = await makeFakeHost();
  await buildsTools(fake, { v8: gitleaks });
  await fake.write("a.ts", "");
  await fake.write(".gitignore", "tools\n.tools\n");
  await execa("git", ["init", "-q"], { cwd: fake.host.root });
  return fake;
}

describe("findings", () => {
  test("are errors at their line, and only files git knows are scanned", async () => {
    await using fake = await makeClone(finds(""));
    expect(await scanWorkTree(fake.host)).toMatchObject([
      {
        code: "SECRET_FOUND",
        place: { file: "a.ts", line: 2 },
        message: "gitleaks (token): A token",
      },
    ]);
  });

  test("of the history name the commit", async () => {
    await using fake = await makeClone(finds("0123456789abcdef"));
    expect(await secretScanCommand(["--history"], fake.host)).toMatchObject([
      { message: "gitleaks (token) in commit 0123456789ab: A token" },
    ]);
  });

  test("there are none when gitleaks ends with 0", async () => {
    await using fake = await makeClone("exit 0");
    expect(await secretScanCommand([], fake.host)).toEqual([]);
  });
});

describe("no scan is no pass", () => {
  test("gitleaks fails, with the exit code it also has for findings unless told", async () => {
    await using fake = await makeClone("echo 'config: bad regexp' >&2\nexit 1");
    expect(await scanHistory(fake.host)).toMatchObject([
      { code: "TOOL_FAILED", message: "gitleaks broke off:\nconfig: bad regexp" },
    ]);
  });

  test.for([
    { name: "work tree", scan: scanWorkTree },
    { name: "history", scan: scanHistory },
  ])("gitleaks cannot be built: $name", async ({ scan }) => {
    await using fake = await makeClone("exit 0");
    await fake.program("go", "echo go1.1.0");
    expect(await scan(fake.host)).toMatchObject([{ code: "TOOL_TOO_OLD" }]);
  });

  test("outside a clone", async () => {
    await using fake = await makeFakeHost();
    expect(await scanWorkTree(fake.host)).toMatchObject([
      { code: "TOOL_MISSING", message: expect.stringContaining("git could not list the files") },
    ]);
  });

  test("words that are not understood", async () => {
    await using fake = await makeFakeHost();
    expect(await secretScanCommand(["--histroy"], fake.host)).toMatchObject([
      { code: "TOOL_USAGE", message: '"--histroy" is not understood.' },
    ]);
  });
});
