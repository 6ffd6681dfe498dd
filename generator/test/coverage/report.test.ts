/** The limit on coverage holds, and no report of other code passes for one of this. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { judge, readReport, reportFile, whyOutdated } from "./report.ts";
import type { Summary } from "./report.ts";

const counts = (covered: number, total: number) => ({ branches: { total, covered } });

describe("judge", () => {
  test.for([
    { covered: 900, isEnough: true },
    { covered: 899, isEnough: false },
  ])("$covered of 1000 branches", ({ covered, isEnough }) => {
    expect(judge({ total: counts(covered, 1000) }, "/r").isEnough).toBe(isEnough);
  });

  test("a report without a single branch is not enough", () => {
    expect(judge({ total: counts(0, 0) }, "/r").isEnough).toBe(false);
  });

  test("says where most is missing, and leaves out what is complete", () => {
    const summary: Summary = {
      total: counts(12, 20),
      "/r/generator/src/a.ts": counts(4, 5),
      "/r/generator/src/b.ts": counts(3, 10),
      "/r/generator/src/c.ts": counts(5, 5),
    };
    expect(judge(summary, "/r").text).toBe(
      [
        "Tests take 12 of 20 branches of the generator: 60.00 %; at least 90 % are wanted.",
        "Most are missing in:",
        "    7  generator/src/b.ts",
        "    1  generator/src/a.ts",
        "If the last run with --coverage was of some of the tests only: npm test",
        "",
      ].join("\n"),
    );
  });
});

describe("a report is of the code as it is", () => {
  const changed = "generator/src/model/a.ts";

  test("when nothing is newer", () => {
    expect(whyOutdated(repository())).toBeUndefined();
    expect(readReport(repository()).total).toEqual(counts(1, 1));
  });

  test("but not when there is none", () => {
    const root = repository();
    rmSync(path.join(root, reportFile));
    expect(whyOutdated(root)).toBe("there is no coverage/coverage-summary.json");
  });

  test.for([
    { name: "when code changed", file: changed },
    { name: "when a test changed", file: "generator/test/a.test.ts" },
    { name: "when the settings changed", file: "vitest.config.ts" },
  ])("but not $name", ({ file }) => {
    const root = repository();
    setTime(root, file, 200);
    expect(whyOutdated(root)).toBe(`${file} is newer than coverage/coverage-summary.json`);
  });

  test("but not when a file went", () => {
    const root = repository();
    rmSync(path.join(root, changed));
    expect(whyOutdated(root)).toContain("generator/src/model is newer");
  });
});

/** A repository whose report is newer than all else. */
function repository(): string {
  const root = mkdtempSync(path.join(tmpdir(), "rzp-coverage-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const files = ["generator/src/model/a.ts", "generator/test/a.test.ts", "vitest.config.ts"];
  for (const file of [...files, reportFile]) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), JSON.stringify({ total: counts(1, 1) }));
  }
  const folders = ["generator/src", "generator/src/model", "generator/test"];
  for (const name of [...files, ...folders]) setTime(root, name, 50);
  setTime(root, reportFile, 100);
  return root;
}

function setTime(root: string, name: string, seconds: number): void {
  utimesSync(path.join(root, name), seconds, seconds);
}
