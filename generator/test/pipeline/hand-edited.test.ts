/** A render replaces a rendered file that somebody edited, and keeps the edit. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withMarker } from "../support/marked.ts";
import { keepHandEdited } from "../../src/write/hand-edited.ts";
import { planWrites } from "../../src/write/plan.ts";
import { createRepository } from "../support/repository.ts";

const file = "kubernetes/prod/vector/namespace-observability-vector.yaml";
const edit = "# an edit by hand\n";

test("the edited text is kept below .rzp/hand-edited, and the message says so", async () => {
  using repository = createRepository();
  const full = path.join(repository.root, file);
  const copy = path.join(repository.root, ".rzp/hand-edited", file);
  await repository.run(["render"]);
  const rendered = readFileSync(full, "utf8");
  appendFileSync(full, edit);

  const checked = await repository.run(["render", "--check"]);
  const instead = "fix       Make the change in charts/services/vector/values.ts instead;";
  expect(checked.stderr).toContain(`${instead} \`git diff ${file}\` shows what was edited.\n`);
  expect([existsSync(copy), readFileSync(full, "utf8")]).toEqual([false, rendered + edit]);

  const { exitCode, stderr } = await repository.run(["render"]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`${instead} the edited text is kept as .rzp/hand-edited/${file}.\n`);
  expect(stderr).not.toContain("git diff");
  expect([readFileSync(copy, "utf8"), readFileSync(full, "utf8")]).toEqual([
    rendered + edit,
    rendered,
  ]);
});

test("where the copy cannot be made the edited file is left alone", async () => {
  using repository = createRepository();
  await repository.run(["render"]);
  appendFileSync(path.join(repository.root, file), edit);
  repository.write(".rzp/hand-edited", "a file where the folder belongs\n");
  const { exitCode, stderr } = await repository.run(["render"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Nothing was changed.");
  expect(readFileSync(path.join(repository.root, file), "utf8")).toContain(edit);
});

test("so is the text of one that nothing renders any more, which is removed", () => {
  using repository = createRepository();
  const content = `${withMarker("charts/services/old;er/values.ts", "#", "a: 1\n")}${edit}`;
  repository.write(file, content);
  const plan = planWrites([], [{ path: file, content }]);
  const stateFolder = path.join(repository.root, ".rzp");
  expect(keepHandEdited(repository.root, stateFolder, { plan, problems: plan.problems })).toEqual([
    {
      ...plan.problems[0],
      fix: `Make the change in charts/services/old;er/values.ts instead; the edited text is kept as .rzp/hand-edited/${file}.`,
    },
  ]);
});
