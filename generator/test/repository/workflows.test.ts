/** What runs at GitHub: actions that cannot change under us, and no more rights than a job needs. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../support/repository.ts";

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}
interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = path.join(projectRoot, ".github/workflows");
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(path.join(folder, name), "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});
const writes = (permissions: Workflow["permissions"] = {}) =>
  Object.values(permissions).some((right) => right !== "read" && right !== "none");

describe.for(workflows)("$name", ({ text, workflow: { permissions, jobs } }) => {
  test("has its actions by commit, with the version for people", () => {
    const used = [...text.matchAll(/^ *(?:- )?uses: *(.*)$/gm)].map(([, action = ""]) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v[\d.]+$/.test(action))).toEqual([]);
  });

  test("may write nothing but where a job says so, and none of these runs code of the repository", () => {
    expect(permissions).toBeDefined();
    expect(writes(permissions)).toBe(false);
    for (const { permissions: own, steps } of Object.values(jobs).filter((job) =>
      writes(job.permissions),
    )) {
      expect(own).toEqual({ contents: "write", actions: "write" });
      expect(steps.filter(({ run = "" }) => /\b(?:npm|npx|node)\b|\.ci\//.test(run))).toEqual([]);
    }
  });
});

test("pull requests and main run .ci/run, in a job that only reads", () => {
  const { text, workflow } = workflows.find(({ name }) => name === "ci.yaml") ?? expect.fail();
  expect(text).toMatch(/^on:\n {2}push:\n {4}branches: \[main\]\n {2}pull_request:$/m);
  const [job] = Object.values(workflow.jobs).filter(({ steps }) =>
    steps.some(({ run }) => run === ".ci/run"),
  );
  expect(job).toBeDefined();
  expect(workflow.permissions).toEqual({ contents: "read" });
});
