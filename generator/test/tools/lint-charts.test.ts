/** How linting ends with linters that pass, find or never run. What they find is shown with the real ones. */
import { describe, expect, test } from "vitest";
import { lintCharts } from "../../src/tools/lint-charts.ts";
import { makeFakeHost } from "./fake-host.ts";
import type { FakeHost } from "./fake-host.ts";
import { buildsTools, installsTools } from "./fake-tools.ts";

interface Linters {
  readonly ct?: string;
  readonly yamllint?: string;
  readonly yamale?: string;
}

async function makeHost({
  ct = "exit 0",
  yamllint = "exit 0",
  yamale = "exit 0",
}: Linters = {}): Promise<FakeHost> {
  const fake = await makeFakeHost();
  await buildsTools(fake, { ct });
  await installsTools(fake, { yamllint, yamale });
  const helm = await fake.program("own-helm", "echo v4.1.4");
  await fake.write("charts/rzp-lib/Chart.yaml", "name: rzp-lib\n");
  return {
    ...fake,
    host: { ...fake.host, environment: { ...fake.host.environment, RZP_HELM: helm } },
  };
}

test("passes when all three linters do, and ct is given the Helm that renders", async () => {
  await using fake = await makeHost({ ct: '[ "$(helm version)" = v4.1.4 ]' });
  expect(await lintCharts(fake.host)).toEqual([]);
});

describe("fails", () => {
  test("with what each linter says, but not with what is meant to be", async () => {
    await using fake = await makeHost({
      ct: "echo 'found symbolic link in path charts/rzp-lib'\necho 'bad value' >&2\nexit 1",
      yamale: "echo 'typ: Unexpected element'\nexit 2",
    });
    expect(await lintCharts(fake.host)).toMatchObject([
      {
        code: "LINT_FAILED",
        message: "yamale found faults (exit code 2):\ntyp: Unexpected element",
      },
      { code: "LINT_FAILED", message: "ct found faults (exit code 1):\nbad value" },
    ]);
  });

  test("when a linter is killed", async () => {
    await using fake = await makeHost({ yamllint: "kill -9 $$" });
    expect(await lintCharts(fake.host)).toMatchObject([
      { code: "LINT_FAILED", message: expect.stringContaining("yamllint found faults (exit code") },
    ]);
  });

  test("without a chart, without running anything", async () => {
    await using fake = await makeFakeHost({ environment: { PATH: "/nowhere" } });
    expect(await lintCharts(fake.host)).toMatchObject([
      { code: "LINT_FAILED", message: expect.stringContaining("nothing was linted") },
    ]);
  });

  test.for([
    { name: "no Helm", program: "own-helm", script: "echo v2.0.0", code: "HELM_UNSUPPORTED" },
    { name: "no Go", program: "go", script: "echo go1.1.0", code: "TOOL_TOO_OLD" },
    { name: "no Python", program: "python3", script: "exit 127", code: "TOOL_MISSING" },
  ])("with $name, and says what is needed", async ({ program, script, code }) => {
    await using fake = await makeHost();
    await fake.program(program, script);
    expect(await lintCharts(fake.host)).toMatchObject([{ code }]);
  });
});
