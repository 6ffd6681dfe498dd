import { describe, expect, test } from "vitest";
import { formatProblems } from "../format.ts";
import type { Problem } from "../problem.ts";

const file = "charts/services/sonarr/values.ts";

const human = (problems: readonly Problem[], source?: string, color = false): string =>
  formatProblems(problems, {
    format: "human",
    color,
    readSource: (name) => (name === file ? source : undefined),
  });

const problem = (part: Partial<Problem> = {}): Problem => ({
  code: "SPEC_UNKNOWN_FIELD",
  severity: "error",
  message: "unknown field `imgae`, did you mean `image`?",
  place: { file },
  ...part,
});

/** The lines between message and details. */
const excerptOf = (source: string, place: Omit<Problem["place"], "file">): readonly string[] =>
  human([problem({ place: { file, ...place } })], source)
    .split("\n")
    .filter((line) => /^ +\d* \|/u.test(line));

describe("the whole text", () => {
  test("place, message, source, facts, counts", () => {
    const source = [
      ...Array(7).fill(""),
      '  offers: { "api-key": secret("api-key") },',
      '  consumes: { prowlar: "http" },',
      "});",
    ].join("\n");
    const first = problem({
      message: "`prowlar` is not a service of this repository",
      place: { file, line: 9, column: 15, length: 7 },
      path: "consumes.prowlar",
      found: '"prowlar"',
      expected: "one of: postgres, prowlarr, qbittorrent",
      fix: 'write "prowlarr", or create it:\nnpm run new-service prowlar',
      environments: ["prod", "dev"],
      related: [
        {
          file: "environments/prod/environment.ts",
          line: 12,
          column: 3,
          note: "sonarr is enabled here",
        },
        { file: "environments/dev/environment.ts", note: "and here" },
      ],
    });
    const second = problem({
      code: "OUTPUT_OUT_OF_DATE",
      severity: "warning",
      message: "3 files differ",
      place: { file: "kubernetes/dev" },
    });
    expect(human([second, first], source))
      .toBe(`charts/services/sonarr/values.ts:9:15  error  SPEC_UNKNOWN_FIELD  (dev, prod)
  \`prowlar\` is not a service of this repository
   8 |   offers: { "api-key": secret("api-key") },
   9 |   consumes: { prowlar: "http" },
     |               ^^^^^^^
  at        consumes.prowlar
  found     "prowlar"
  expected  one of: postgres, prowlarr, qbittorrent
  fix       write "prowlarr", or create it:
            npm run new-service prowlar
  docs      docs/errors/SPEC_UNKNOWN_FIELD.md
  related   environments/prod/environment.ts:12:3  sonarr is enabled here
  related   environments/dev/environment.ts  and here

kubernetes/dev  warning  OUTPUT_OUT_OF_DATE
  3 files differ
  docs      docs/errors/OUTPUT_OUT_OF_DATE.md

1 error, 1 warning in 2 files
`);
  });

  test("no problems, no text", () => {
    expect(human([])).toBe("");
  });

  test("no file, no place and no count of files", () => {
    expect(human([problem({ place: { file: "" } })])).toBe(`error  SPEC_UNKNOWN_FIELD
  unknown field \`imgae\`, did you mean \`image\`?
  docs      docs/errors/SPEC_UNKNOWN_FIELD.md

1 error
`);
  });

  test("a path that the message quotes is not said again", () => {
    const text = human([problem({ message: "`ports.http` must be a number", path: "ports.http" })]);
    expect(text).not.toContain("at  ");
  });

  test("colours only when asked", () => {
    const place = { file, line: 1, column: 1, length: 2 };
    expect(human([problem({ place })], "ab", true)).toBe(
      `${file}:1:1  \u001b[31merror\u001b[0m  \u001b[1mSPEC_UNKNOWN_FIELD\u001b[0m
  unknown field \`imgae\`, did you mean \`image\`?
\u001b[2m   1 |\u001b[0m ab
\u001b[2m     |\u001b[0m \u001b[31m^^\u001b[0m
  \u001b[2mdocs      \u001b[0mdocs/errors/SPEC_UNKNOWN_FIELD.md

1 error in 1 file
`,
    );
    expect(human([problem({ place })], "ab")).not.toContain("\u001b");
  });

  test("what a file contains cannot steer the terminal", () => {
    const evil = problem({ message: "a\u001b[2Jb\u202ec", place: { file, line: 1, column: 1 } });
    const text = human([evil], "x\u001b[31m");
    expect(text).not.toContain("\u001b");
    expect(text).not.toContain("\u202e");
    expect(text).toContain("a\ufffd[2Jb\ufffdc");
  });

  test("a file is read once", () => {
    const reads: string[] = [];
    const two = [problem({ place: { file, line: 1 } }), problem({ place: { file, line: 2 } })];
    formatProblems(two, {
      format: "human",
      readSource: (name) => {
        reads.push(name);
        return "a\nb";
      },
    });
    expect(reads).toEqual([file]);
  });
});

describe("the excerpt", () => {
  test("shows no secret that stands beside the mistake", () => {
    const token = `ghp_${"a1".repeat(18)}`;
    const source = `  annotations: { note: "${token}" },\n  image: "x:latest",`;
    expect(excerptOf(source, { line: 2, column: 10, length: 10 })).toEqual([
      `   1 |   annotations: { note: "${"*".repeat(40)}" },`,
      '   2 |   image: "x:latest",',
      "     |          ^^^^^^^^^^",
    ]);
  });

  test.for(["MANIFEST_SECRET_MATERIAL", "SECRET_FOUND"] as const)("%s has none", (code) => {
    const printed = human([problem({ code, place: { file, line: 2, column: 3 } })], "a\n  hunter2");
    expect(printed).toContain(`${file}:2:3`);
    expect(printed).not.toContain("hunter2");
  });

  test.for([
    {
      name: "line numbers grow together",
      source: `${"x\n".repeat(8)}a\nb`,
      place: { line: 10, column: 1 },
      lines: ["   9 | a", "  10 | b", "     | ^"],
    },
    {
      name: "the first line has none before it",
      source: "abc",
      place: { line: 1, column: 2, length: 2 },
      lines: ["   1 | abc", "     |  ^^"],
    },
    {
      name: "an empty line before is left out",
      source: "\r\n  b",
      place: { line: 2, column: 3 },
      lines: ["   2 |   b", "     |   ^"],
    },
    { name: "no column, no caret", source: "abc", place: { line: 1 }, lines: ["   1 | abc"] },
    { name: "no line, no excerpt", source: "abc", place: {}, lines: [] },
    {
      name: "a line the file does not have",
      source: "abc",
      place: { line: 7, column: 1 },
      lines: [],
    },
    {
      name: "a caret behind the end stands at the end",
      source: "abc",
      place: { line: 1, column: 40, length: 3 },
      lines: ["   1 | abc", "     |    ^"],
    },
    {
      name: "a caret that is too long ends with the line",
      source: "abc",
      place: { line: 1, column: 2, length: 40 },
      lines: ["   1 | abc", "     |  ^^"],
    },
    {
      name: "tabs reach to the next stop",
      source: "\ta\tb",
      place: { line: 1, column: 4 },
      lines: ["   1 |     a   b", "     |         ^"],
    },
    {
      name: "wide characters take two columns",
      source: 'about: "映画 🎬", imgae: "x"',
      place: { line: 1, column: 17, length: 5 },
      lines: ['   1 | about: "映画 🎬", imgae: "x"', "     |                   ^^^^^"],
    },
    {
      name: "combining characters take none",
      source: "e\u0301e\u0301 x",
      place: { line: 1, column: 6 },
      lines: ["   1 | e\u0301e\u0301 x", "     |    ^"],
    },
  ])("$name", ({ source, place, lines }) => {
    expect(excerptOf(source, place)).toEqual(lines);
  });

  test("a long line is cut around the caret, and the line before it is left out", () => {
    const source = `short\n${"a".repeat(200)}BAD${"c".repeat(200)}`;
    expect(excerptOf(source, { line: 2, column: 201, length: 3 })).toEqual([
      `   2 | …${"a".repeat(40)}BAD${"c".repeat(57)}…`,
      `     | ${" ".repeat(41)}^^^`,
    ]);
  });

  test("a long line is cut at its end only where the caret is near the start", () => {
    const source = `${"b".repeat(300)}\nBAD${"c".repeat(200)}`;
    expect(excerptOf(source, { line: 2, column: 1, length: 150 })).toEqual([
      `   1 | ${"b".repeat(100)}…`,
      `   2 | BAD${"c".repeat(97)}…`,
      `     | ${"^".repeat(100)}`,
    ]);
  });

  test("a caret at the very end of a long line is shown", () => {
    const source = "a".repeat(300);
    expect(excerptOf(source, { line: 1, column: 301 })).toEqual([
      `   1 | …${"a".repeat(100)}`,
      `     | ${" ".repeat(101)}^`,
    ]);
  });

  test("a wide character at the cut keeps the columns behind it", () => {
    const source = `${"映".repeat(100)}x`;
    expect(excerptOf(source, { line: 1, column: 101 })).toEqual([
      `   1 | … ${"映".repeat(49)}x`,
      `     | ${" ".repeat(100)}^`,
    ]);
  });
});
