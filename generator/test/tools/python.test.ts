import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { ensureTool } from "../../src/tools/ensure-tool.ts";
import { makeFakeHost } from "./fake-host.ts";

/** Answers --version and `-m venv FOLDER`; the environment's own python runs the second script. */
function fakePython(pip: string): string {
  return `
[ "$1" = --version ] && echo 'Python 3.12.1' && exit
mkdir -p "$3/bin"
cat > "$3/bin/python" <<'END'
#!/bin/sh
${pip}
END
chmod 755 "$3/bin/python"`;
}

describe("ensureTool with Python", () => {
  test("installs once, and both linters from one environment", async () => {
    await using fake = await makeFakeHost();
    await fake.program("python3", fakePython("exit 0"));
    expect(await ensureTool("yamllint", fake.host)).toMatch(/python-[0-9a-f]{16}\/bin\/yamllint$/);
    await fake.program("python3", "exit 1");
    expect(await ensureTool("yamale", fake.host)).toMatch(/python-[0-9a-f]{16}\/bin\/yamale$/);
  });

  test.for([
    ["TOOL_CORRUPT", "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"],
    ["TOOL_DOWNLOAD_FAILED", "ERROR: No matching distribution found for yamllint"],
    ["TOOL_BUILD_FAILED", "ERROR: something else"],
  ] as const)("%s for %s, and leaves nothing behind", async ([code, said]) => {
    await using fake = await makeFakeHost();
    await fake.program("python3", fakePython(`echo '${said}' >&2; exit 1`));
    expect(await ensureTool("yamllint", fake.host)).toMatchObject({ code });
    expect(await readdir(fake.host.cache)).toEqual([]);
  });

  test.for([
    ["TOOL_TOO_OLD", "echo 'Python 3.8.10'"],
    ["TOOL_MISSING", "exit 127"],
    [
      "TOOL_MISSING",
      `[ "$1" = --version ] && echo 'Python 3.12.1' && exit\necho 'ensurepip is not available'; exit 1`,
    ],
  ] as const)("%s when python3 is `%s`", async ([code, script]) => {
    await using fake = await makeFakeHost();
    await fake.program("python3", script);
    expect(await ensureTool("yamllint", fake.host)).toMatchObject({
      code,
      fix: expect.stringContaining("python3-venv"),
    });
  });
});
