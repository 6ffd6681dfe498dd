import fc from "fast-check";
import { expect, test } from "vitest";
import { withMarker } from "../../test/support/marked.ts";
import { planWrites } from "./plan.ts";
import { type ExistingFile, type OutputFile, type WritePlan } from "../output/files.ts";

/** Few names on few levels, so that the files of both sides meet often and stand in each other's way. */
const path = fc
  .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 })
  .map((names) => ["k", ...names].join("/"));
const marked = fc.record({ path, body: fc.constantFrom("1\n", "2\n") }).map((file) => ({
  path: file.path,
  content: withMarker("values.ts", "#", file.body),
}));
const foreign = fc.record({ path, content: fc.constantFrom("", "mine\n") });
const wantedFiles = fc.uniqueArray(marked, { selector: (file) => file.path, maxLength: 12 });
const existingFiles = fc.uniqueArray(fc.oneof(marked, marked, foreign), {
  selector: (file) => file.path,
  maxLength: 12,
});

function carryOut(plan: WritePlan, existing: readonly ExistingFile[]): ExistingFile[] {
  const tree = new Map(existing.map((file) => [file.path, file.content]));
  for (const write of plan.writes) tree.set(write.path, write.content);
  for (const removal of plan.removals) tree.delete(removal);
  return toFiles([...tree].map(([name, content]) => ({ path: name, content })));
}

function toFiles(files: readonly ExistingFile[]): ExistingFile[] {
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

const isForeign = (file: ExistingFile) => !file.content.startsWith("# Generated");

test("carried out, a plan gives exactly what was wanted beside what is foreign; planned again, nothing", () => {
  let carriedOut = 0;
  let refused = 0;
  fc.assert(
    fc.property(wantedFiles, existingFiles, (wanted: OutputFile[], existing) => {
      const plan = planWrites(wanted, existing);
      if (plan.problems.some((problem) => problem.severity === "error")) {
        refused++;
        expect([plan.writes, plan.removals, plan.folders]).toEqual([[], [], []]);
        return;
      }
      carriedOut++;
      const tree = carryOut(plan, existing);
      expect(tree).toEqual(toFiles([...wanted, ...existing.filter(isForeign)]));
      expect(planWrites(wanted, tree)).toMatchObject({
        writes: [],
        removals: [],
        unchanged: wanted.length,
      });
      for (const folder of plan.folders) {
        expect(tree.filter((file) => file.path.startsWith(`${folder}/`))).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(carriedOut, refused)).toBeGreaterThan(100);
});

test("a foreign file is never written or removed", () => {
  fc.assert(
    fc.property(wantedFiles, existingFiles, (wanted, existing) => {
      const plan = planWrites(wanted, existing);
      const touched = new Set([...plan.writes.map((write) => write.path), ...plan.removals]);
      expect(existing.filter(isForeign).filter((file) => touched.has(file.path))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
