import { describe, expect, test } from "vitest";
import { type FormatOptions, formatProblems } from "../format.ts";
import type { Problem } from "../problem.ts";

const file = "charts/services/sonarr/values.ts";

const full: Problem = {
  related: [{ note: "first here", file: "a b/ü.ts", line: 4, column: 2, length: 3 }],
  fix: "write 100%\nor less",
  environments: ["prod", "dev"],
  place: { file, line: 9, column: 15, length: 7 },
  severity: "error",
  expected: "up to 100",
  found: "101",
  path: "scale.target",
  message: "`scale.target` is too large: 101%",
  code: "SPEC_WRONG_VALUE",
};
const small: Problem = {
  code: "OUTPUT_OUT_OF_DATE",
  severity: "warning",
  message: "3 files differ",
  place: { file: "kubernetes/dev" },
};
const placeless: Problem = { ...small, place: { file: "" }, severity: "error" };

const format = (name: FormatOptions["format"], problems: readonly Problem[]): string =>
  formatProblems(problems, {
    format: name,
    readSource: () => undefined,
  });

describe("json", () => {
  test("one document with keys in a fixed order", () => {
    expect(format("json", [small, full])).toBe(
      '{"problems":[{"code":"SPEC_WRONG_VALUE","severity":"error","message":"`scale.target` is too large: 101%",' +
        '"place":{"file":"charts/services/sonarr/values.ts","line":9,"column":15,"length":7},"path":"scale.target",' +
        '"found":"101","expected":"up to 100","fix":"write 100%\\nor less","environments":["dev","prod"],' +
        '"related":[{"file":"a b/ü.ts","line":4,"column":2,"length":3,"note":"first here"}],' +
        '"docs":"docs/errors/SPEC_WRONG_VALUE.md"},' +
        '{"code":"OUTPUT_OUT_OF_DATE","severity":"warning","message":"3 files differ",' +
        '"place":{"file":"kubernetes/dev"},"docs":"docs/errors/OUTPUT_OUT_OF_DATE.md"}],"errors":1,"warnings":1,"waiting":0}\n',
    );
  });

  test("no problems are an empty list", () => {
    expect(format("json", [])).toBe('{"problems":[],"errors":0,"warnings":0,"waiting":0}\n');
  });
});

describe("github", () => {
  test("one command a problem, with escaped text", () => {
    expect(format("github", [small, full])).toBe(
      "::error file=charts/services/sonarr/values.ts,line=9,col=15,endColumn=22,title=SPEC_WRONG_VALUE::" +
        "`scale.target` is too large: 101%25 (dev, prod)%0Afound: 101%0Aexpected: up to 100%0A" +
        "fix: write 100%25%0Aor less%0Adocs: docs/errors/SPEC_WRONG_VALUE.md%0Arelated: a b/ü.ts:4 first here\n" +
        "::warning file=kubernetes/dev,title=OUTPUT_OUT_OF_DATE::3 files differ%0Adocs: docs/errors/OUTPUT_OUT_OF_DATE.md\n",
    );
  });

  test("a property escapes what would end it", () => {
    const odd = format("github", [{ ...small, place: { file: "a,b:c%\r\nd.ts", line: 1 } }]);
    expect(odd.split("::")[1]).toBe(
      "warning file=a%2Cb%3Ac%25%0D%0Ad.ts,line=1,title=OUTPUT_OUT_OF_DATE",
    );
  });

  test("a message cannot begin another command", () => {
    const text = format("github", [{ ...small, message: "x\n::error::y\r::stop-commands::z" }]);
    expect(text.trimEnd().split(/[\r\n]/u)).toHaveLength(1);
  });

  test("a column without a line, or no file, is left out", () => {
    expect(format("github", [{ ...placeless, place: { file: "", column: 3 } }])).toMatch(
      /^::error title=OUTPUT_OUT_OF_DATE::/u,
    );
  });

  test("no problems, no text", () => {
    expect(format("github", [])).toBe("");
  });
});

describe("sarif", () => {
  test("a run with its rules and results", () => {
    const log: unknown = JSON.parse(format("sarif", [small, full]));
    expect(log).toEqual({
      $schema:
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "RZP",
              rules: [
                {
                  id: "OUTPUT_OUT_OF_DATE",
                  shortDescription: { text: "Rendered files are out of date" },
                  fullDescription: { text: expect.stringMatching(/^`render --check` found/u) },
                  help: {
                    text: expect.stringMatching(/ See docs\/errors\/OUTPUT_OUT_OF_DATE\.md\.$/u),
                  },
                },
                {
                  id: "SPEC_WRONG_VALUE",
                  shortDescription: { text: "Value that is not allowed" },
                  fullDescription: { text: expect.any(String) },
                  help: { text: expect.any(String) },
                },
              ],
            },
          },
          columnKind: "utf16CodeUnits",
          results: [
            {
              ruleId: "SPEC_WRONG_VALUE",
              ruleIndex: 1,
              level: "error",
              message: {
                text: "`scale.target` is too large: 101%\nfound: 101\nexpected: up to 100\nfix: write 100%\nor less",
              },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: file, uriBaseId: "%SRCROOT%" },
                    region: { startLine: 9, startColumn: 15, endColumn: 22 },
                  },
                },
              ],
              relatedLocations: [
                {
                  id: 1,
                  physicalLocation: {
                    artifactLocation: { uri: "a%20b/%C3%BC.ts", uriBaseId: "%SRCROOT%" },
                    region: { startLine: 4, startColumn: 2, endColumn: 5 },
                  },
                  message: { text: "first here" },
                },
              ],
              properties: { path: "scale.target", environments: ["dev", "prod"] },
            },
            {
              ruleId: "OUTPUT_OUT_OF_DATE",
              ruleIndex: 0,
              level: "warning",
              message: { text: "3 files differ" },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "kubernetes/dev", uriBaseId: "%SRCROOT%" },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test("without an address of the docs there is no helpUri, which must be absolute", () => {
    const text = format("sarif", [full]);
    expect(text).not.toContain("helpUri");
    expect(text).toContain("See docs/errors/SPEC_WRONG_VALUE.md.");
  });

  test("a line without a column is a region of the whole line", () => {
    const text = format("sarif", [{ ...small, place: { file, line: 9 } }]);
    expect(text).toMatch(/"region": \{\s*"startLine": 9\s*\}/u);
  });

  test("a problem without a file has no location", () => {
    expect(format("sarif", [placeless])).not.toContain("locations");
  });

  test("no problems are a run without results, which clears earlier ones", () => {
    const text = format("sarif", []);
    expect(text).toContain('"results": []');
    expect(text).toContain('"rules": []');
  });
});
