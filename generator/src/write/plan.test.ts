import { expect, test } from "vitest";
import { InternalError } from "../problems/problem.ts";
import { withMarker } from "../../test/support/marked.ts";
import { planWrites } from "./plan.ts";
import { type ExistingFile, type OutputFile, type WritePlan } from "../output/files.ts";

const at = (
  path: string,
  body = "a: 1\n",
  source = "charts/services/sonarr/values.ts",
): OutputFile => ({
  path,
  content: withMarker(source, "#", body),
});
const path = "kubernetes/prod/sonarr/deployment.yaml";
const codesOf = (plan: WritePlan) =>
  plan.problems.map((problem) => `${problem.severity} ${problem.code}`);

test("files are created, updated, removed and left as they are, each list sorted", () => {
  const wanted = [at("k/b"), at("k/a"), at("k/same"), at("k/changed", "a: 2\n")];
  const plan = planWrites(wanted, [at("k/old/2"), at("k/same"), at("k/changed"), at("k/old/1")]);
  expect(plan).toMatchObject({
    writes: [
      { ...at("k/a"), kind: "create" },
      { ...at("k/b"), kind: "create" },
      { ...at("k/changed", "a: 2\n"), kind: "update" },
    ],
    removals: ["k/old/1", "k/old/2"],
    folders: ["k/old"],
    unchanged: 1,
    problems: [],
  });
});

test("the order of the input changes nothing", () => {
  const wanted = [at("k/b"), at("k/a"), at("k/c", "a: 2\n")];
  const existing = [at("k/c"), at("k/z"), { path: "k/mine", content: "x" }, at("k/y")];
  expect(planWrites(wanted.toReversed(), existing.toReversed())).toEqual(
    planWrites(wanted, existing),
  );
});

test("a file without marker at a wanted path stops everything", () => {
  const plan = planWrites(
    [at(path), at("kubernetes/other")],
    [{ path, content: "a: 1\n" }, at("kubernetes/old")],
  );
  expect(plan.writes).toEqual([]);
  expect(plan.removals).toEqual([]);
  expect(plan.problems).toMatchObject([
    {
      code: "WRITE_FOREIGN_FILE",
      severity: "error",
      place: { file: path, line: 1 },
      fix: expect.stringContaining("delete it"),
    },
  ]);
});

test("an empty file without marker is somebody's too", () => {
  expect(codesOf(planWrites([at(path)], [{ path, content: "" }]))).toEqual([
    "error WRITE_FOREIGN_FILE",
  ]);
});

test("a file without marker that nobody wants is left alone and named", () => {
  const plan = planWrites([], [{ path: "kubernetes/prod/notes.md", content: "mine\n" }]);
  expect(plan.removals).toEqual([]);
  expect(plan.problems[0]?.place.file).toBe("kubernetes/prod/notes.md");
  expect(codesOf(plan)).toEqual(["warning WRITE_UNKNOWN_FILE"]);
  expect(plan.problems[0]?.message).toContain("no Application deploys it");
});

test("one that would be deployed is told as such, and left alone all the same", () => {
  const stray = "kubernetes/prod/sonarr/stray.yaml";
  const plan = planWrites([at(path)], [{ path: stray, content: "mine\n" }], {
    isDeployed: (file) => file === stray,
  });
  expect(plan).toMatchObject({ removals: [], writes: [{ kind: "create" }] });
  expect(codesOf(plan)).toEqual(["warning WRITE_UNKNOWN_DEPLOYED"]);
  expect(plan.problems[0]).toMatchObject({
    place: { file: stray },
    message: expect.stringContaining("Argo CD deploys it"),
  });
});

test("hidden files, and authored files in shared folders, are no news", () => {
  const existing = [
    { path: "kubernetes/.gitkeep", content: "" },
    { path: "charts/services/sonarr/values.ts", content: "export default {}" },
    { path: "charts/services/sonarr/charts/rzp-lib", content: "", kind: "symlink" as const },
    at("charts/services/gone/Chart.yaml"),
  ];
  const plan = planWrites([], existing, { shared: ["charts/services"] });
  expect(plan).toMatchObject({
    problems: [],
    removals: ["charts/services/gone/Chart.yaml"],
  });
});

test("two wanted files with one path are an error that names both sources", () => {
  const plan = planWrites([at(path, "a: 1\n", "one.ts"), at(path, "a: 2\n", "two.ts")], []);
  expect(plan.writes).toEqual([]);
  expect(plan.problems).toMatchObject([
    { code: "WRITE_DUPLICATE_PATH", place: { file: "one.ts" }, related: [{ file: "two.ts" }] },
  ]);
});

test("names that differ in case only are one file on some machines", () => {
  const plan = planWrites([at("k/Role.yaml"), at("k/role.yaml")], []);
  expect(codesOf(plan)).toEqual(["error WRITE_DUPLICATE_PATH"]);
  expect(plan.problems[0]?.message).toContain("k/Role.yaml");
});

test("a hand-edited file is replaced, with a warning that names the source", () => {
  const edited = { path, content: at(path).content.replace("a: 1", "a: 7") };
  const plan = planWrites([at(path)], [edited]);
  expect(plan.writes).toMatchObject([{ ...at(path), kind: "update" }]);
  expect(plan.problems).toMatchObject([
    {
      code: "WRITE_HAND_EDITED",
      severity: "warning",
      fix: expect.stringContaining("sonarr/values.ts"),
    },
  ]);
});

test("a hand-edited file that is no longer wanted is removed, with a warning", () => {
  const plan = planWrites([], [{ path, content: `${at(path).content}b: 2\n` }]);
  expect(plan.removals).toEqual([path]);
  expect(plan.problems).toMatchObject([
    { code: "WRITE_HAND_EDITED", message: expect.stringContaining("removed") },
  ]);
});

test("a file that was rendered from other facts is no hand edit", () => {
  expect(planWrites([at(path, "a: 2\n")], [at(path)]).problems).toEqual([]);
});

test("a generated file with a merge conflict is rendered again", () => {
  const content = `<<<<<<< HEAD\n${at(path).content}=======\n${at(path, "a: 3\n").content}>>>>>>> feature\n`;
  const plan = planWrites([at(path)], [{ path, content }]);
  expect(plan.writes).toMatchObject([{ path, kind: "update" }]);
  expect(plan.problems).toMatchObject([
    {
      code: "WRITE_UNMERGED_CONFLICT",
      severity: "warning",
      message: expect.stringContaining("it is rendered again"),
    },
  ]);
  expect(planWrites([], [{ path, content }]).removals).toEqual([path]);
});

test.for([
  ["a link at the path", { path, content: "", kind: "symlink" }, path],
  ["a pipe at the path", { path, content: "", kind: "special" }, path],
  ["a file that cannot be read", { path, content: "", kind: "unreadable" }, path],
  ["a folder at the path", at(`${path}/inner`), path],
  ["a link for a parent", { path: "kubernetes", content: "", kind: "symlink" }, "kubernetes"],
  ["a file for a parent", { path: "kubernetes/prod", content: "x" }, "kubernetes/prod"],
  ["a generated file for a parent", at("kubernetes/prod"), "kubernetes/prod"],
] as const satisfies readonly (readonly [string, ExistingFile, string])[])(
  "%s stops everything",
  ([, existing, obstacle]) => {
    const plan = planWrites([at(path), at("other/file")], [existing]);
    expect(plan.writes).toEqual([]);
    expect(plan.removals).toEqual([]);
    expect(plan.problems).toContainEqual(
      expect.objectContaining({
        code: "WRITE_PATH_BLOCKED",
        severity: "error",
        place: { file: obstacle },
      }),
    );
  },
);

test("a file and a folder of one name cannot both be wanted", () => {
  expect(codesOf(planWrites([at("k/a"), at("k/a/b")], []))).toEqual(["error WRITE_PATH_BLOCKED"]);
});

test("all mistakes are told at once", () => {
  const wanted = [at("k/a"), at("k/b"), at("k/b"), at("k/c")];
  const plan = planWrites(wanted, [
    { path: "k/a", content: "" },
    { path: "k/c", content: "", kind: "symlink" },
  ]);
  expect(codesOf(plan).toSorted()).toEqual([
    "error WRITE_DUPLICATE_PATH",
    "error WRITE_FOREIGN_FILE",
    "error WRITE_PATH_BLOCKED",
  ]);
});

test("folders are removed below the owned roots only, deepest first, and never with something in them", () => {
  const existing = [
    at("k/prod/a/b/1"),
    at("k/prod/c/2"),
    { path: "k/prod/c/mine", content: "" },
    at("k/dev/3"),
  ];
  expect(planWrites([], existing).folders).toEqual(["k/prod/a/b", "k/prod/a", "k/dev"]);
  expect(planWrites([], existing, { owned: ["k/prod"] }).folders).toEqual([
    "k/prod/a/b",
    "k/prod/a",
  ]);
  expect(planWrites([at("k/dev/4")], existing).folders).toEqual(["k/prod/a/b", "k/prod/a"]);
});

test.for(["../outside", "/etc/passwd", "a//b", "a\\b"])("the wanted path %j is a bug", (bad) => {
  expect(() => planWrites([at(bad)], [])).toThrow(InternalError);
});

test("a wanted file without marker is a bug, since it could never be replaced", () => {
  expect(() => planWrites([{ path, content: "a: 1\n" }], [])).toThrow(InternalError);
});
