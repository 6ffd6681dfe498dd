import { describe, expect, test } from "vitest";
import { mergeProblems } from "./merge.ts";
import type { Problem } from "./problem.ts";

const problem = (part: Partial<Problem> = {}): Problem => ({
  code: "SPEC_UNKNOWN_FIELD",
  severity: "error",
  message: "unknown field `imgae`",
  place: { file: "a.ts", line: 3, column: 5 },
  ...part,
});

describe("mergeProblems", () => {
  test("the same problem in several environments is one, with the environments sorted", () => {
    const found = [
      problem({ environments: ["prod"] }),
      problem({ environments: ["dev", "prod"] }),
      problem({ environments: ["dev"] }),
    ];
    expect(mergeProblems(found)).toEqual([problem({ environments: ["dev", "prod"] })]);
  });

  test("texts name the environment; of several, the message names all and a file none", () => {
    const found = (...names: readonly string[]) =>
      names.map((name) =>
        problem({
          environments: [name],
          message: "none in <environment>",
          expected: "it in environments/<environment>/a.ts",
          fix: "add it to environments/<environment>/a.ts",
        }),
      );
    expect(mergeProblems(found("dev"))).toMatchObject([
      {
        message: "none in dev",
        expected: "it in environments/dev/a.ts",
        fix: "add it to environments/dev/a.ts",
      },
    ]);
    expect(mergeProblems(found("prod", "dev"))).toMatchObject([
      {
        message: "none in dev, prod",
        expected: "it in environments/<environment>/a.ts",
        fix: "add it to environments/<environment>/a.ts",
      },
    ]);
  });

  test("a problem that was also found without an environment depends on none", () => {
    const found = [problem({ environments: ["prod"] }), problem()];
    expect(mergeProblems(found)).toEqual([problem()]);
  });

  test.for([
    { part: "code", other: problem({ code: "SPEC_WRONG_TYPE" }) },
    { part: "severity", other: problem({ severity: "warning" }) },
    { part: "column", other: problem({ place: { file: "a.ts", line: 3, column: 6 } }) },
    { part: "length", other: problem({ place: { file: "a.ts", line: 3, column: 5, length: 2 } }) },
    { part: "message", other: problem({ message: "unknown field `imag`" }) },
    { part: "path", other: problem({ path: "imgae" }) },
    { part: "found", other: problem({ found: "1" }) },
    { part: "expected", other: problem({ expected: "1" }) },
    { part: "fix", other: problem({ fix: "remove it" }) },
    { part: "related", other: problem({ related: [{ file: "b.ts", note: "here" }] }) },
  ])("another $part is another problem", ({ other }) => {
    expect(mergeProblems([problem(), other])).toHaveLength(2);
  });

  test("what is related in each environment stands below the one problem", () => {
    const at = (name: string) => ({ file: `environments/${name}/environment.ts`, note: "here" });
    const found = ["prod", "dev"].map((name) =>
      problem({ environments: [name], related: [at(name)] }),
    );
    expect(mergeProblems(found)).toEqual([
      problem({ environments: ["dev", "prod"], related: [at("dev"), at("prod")] }),
    ]);
  });

  test("what each environment has to choose from is said for each, in one problem", () => {
    const found = (cluster: string, environment: string, expected: string) =>
      problem({
        environments: [environment],
        clusters: [cluster],
        message: "cluster <cluster> has no `x`",
        expected,
        fix: "add it to environments/clusters/<cluster>.ts",
      });
    const problems = [
      found("lab", "staging", "one of: a"),
      found("home", "prod", "one of: b"),
      found("lab", "dev", "one of: a"),
    ];
    const merged = [
      problem({
        environments: ["dev", "prod", "staging"],
        message: "cluster home, lab has no `x`",
        expected: "in dev, staging: one of: a; in prod: one of: b",
        fix: "add it to environments/clusters/<cluster>.ts",
      }),
    ];
    expect(mergeProblems(problems)).toEqual(merged);
    expect(mergeProblems(problems.toReversed())).toEqual(merged);
    expect(mergeProblems(problems.slice(1, 2))).toMatchObject([
      { expected: "one of: b", fix: "add it to environments/clusters/home.ts" },
    ]);
  });

  test("sorts by file, line, column and code, whatever the order", () => {
    const sorted = [
      problem({ place: { file: "a.ts" } }),
      problem({ place: { file: "a.ts", line: 2, column: 9 } }),
      problem({ place: { file: "a.ts", line: 10, column: 9 } }),
      problem({ place: { file: "a.ts", line: 10, column: 10 } }),
      problem({ place: { file: "a.ts", line: 10, column: 10 }, code: "SPEC_WRONG_TYPE" }),
      problem({ place: { file: "b.ts", line: 1, column: 1 } }),
    ];
    expect(mergeProblems(sorted.toReversed())).toEqual(sorted);
  });

  test("warnings come after errors, whatever their files", () => {
    const warning = problem({ severity: "warning", place: { file: "a.ts", line: 1, column: 1 } });
    const error = problem({ place: { file: "b.ts", line: 9, column: 1 } });
    expect(mergeProblems([warning, error])).toEqual([error, warning]);
  });

  test("two messages at one place keep one order", () => {
    const found = [problem({ message: "b" }), problem({ message: "a" })];
    expect(mergeProblems(found)).toEqual(mergeProblems(found.toReversed()));
  });

  test("leaves its input alone", () => {
    const found = Object.freeze([problem({ environments: ["prod", "dev"] })]);
    mergeProblems(found);
    expect(found[0]?.environments).toEqual(["prod", "dev"]);
  });
});
