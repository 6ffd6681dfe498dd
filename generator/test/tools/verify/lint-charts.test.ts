import { describe, expect, test } from "vitest";
import { isMute, lintCharts } from "../../../src/tools/lint-charts.ts";
import { makeCharts, makeTree } from "../sample-tree.ts";

const slow = { timeout: 600_000 };
const ci = "charts/services/sonarr/ci/prod-values.yaml";

describe("lintCharts", () => {
  test("passes linked charts in every environment", slow, async () => {
    await using tree = await makeCharts(["sonarr", "radarr"]);
    expect(await lintCharts(tree.host)).toEqual([]);
  });

  test("refuses a key that the schema of the library does not know", slow, async () => {
    await using tree = await makeCharts(["sonarr", "radarr"]);
    await tree.write(ci, "service:\n  imgae: example.org/sonarr:1.0\n");
    const [problem, ...others] = await lintCharts(tree.host);
    expect(others).toEqual([]);
    expect(problem?.code).toBe("LINT_FAILED");
    expect(problem?.message).toContain("ct found faults");
    expect(problem?.message).toContain("additional properties 'imgae' not allowed");
    expect(problem?.message).toContain("sonarr");
    expect(problem?.message).not.toContain("symbolic link");
  });

  test("refuses YAML that two parsers read differently", slow, async () => {
    await using tree = await makeCharts(["sonarr"]);
    await tree.write(ci, "service:\n  image: one\n  image: two\n");
    const messages = (await lintCharts(tree.host)).map((problem) => problem.message);
    expect(messages.join("\n")).toMatch(/prod-values\.yaml:3:3: \[error\].*key-duplicates/);
  });

  test("refuses a field of Chart.yaml that Helm does not know", slow, async () => {
    await using tree = await makeCharts(["sonarr"]);
    const chart = "apiVersion: v2\nname: sonarr\nversion: 0.1.0\ntyp: application\n";
    await tree.write("charts/services/sonarr/Chart.yaml", chart);
    const messages = (await lintCharts(tree.host)).map((problem) => problem.message);
    expect(messages.join("\n")).toContain("typ: Unexpected element");
  });

  test("refuses a tree without charts instead of passing it", slow, async () => {
    await using tree = await makeTree();
    const [problem] = await lintCharts(tree.host);
    expect(problem?.message).toContain("nothing was linted");
  });
});

describe("isMute", () => {
  const failed = "sonarr > failed waiting for process: exit status 1\n";
  test.for([
    ["a chart that is refused without a reason", { exitCode: 1, stdout: failed }, true],
    ["one with a reason", { exitCode: 1, stdout: `[ERROR] values.yaml: no\n${failed}` }, false],
    ["a fault of ct itself", { exitCode: 1, stdout: "Error: no such config\n" }, false],
    ["none", { exitCode: 0, stdout: "" }, false],
  ] as const)("%s", ([, outcome, expected]) => {
    expect(isMute(outcome)).toBe(expected);
  });
});
