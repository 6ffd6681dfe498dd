/** What .github/workflows/renovate-render.yaml does before and after it renders, run as the runner would. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { modelFiles } from "../../src/scaffold/model-files.ts";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../support/repository.ts";
import { makeFakeHost } from "./fake-host.ts";

interface Job {
  steps: { name?: string; run?: string }[];
}
interface Workflow {
  jobs: { render: Job; commit: Job };
}

const workflow = parse(
  await readFile(path.join(projectRoot, ".github/workflows/renovate-render.yaml"), "utf8"),
) as Workflow;
const { steps } = workflow.jobs.render;
const script = (job: Job, text: string) =>
  job.steps.find(({ run }) => run?.includes(text))?.run ?? "exit 1";
const vendorStep = steps.findIndex(({ run }) => run?.includes("npm run vendor"));

const chart = (version: string, archive = "") =>
  `export default defineChart({ chart: { from: "oci://example.org/a", version: "${version}"${archive} } });\n`;
const copy = ', archive: { file: "charts/vendor/a-1.0.0.tgz" }';
const fileOf = (service: string) => `charts/services/${service}/values.ts`;

/** In: the services on the main branch and as Renovate changed them. Out: what npm was called with. */
async function calledWith(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<string[]> {
  await using fake = await makeFakeHost();
  const { root, environment } = fake.host;
  await fake.program("npm", `echo "$@" >> ${root}/calls; exit 2`);
  await fake.write("calls", "");
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { cwd: root });
  const commit = async (files: Readonly<Record<string, string>>) => {
    for (const [service, text] of Object.entries(files)) await fake.write(fileOf(service), text);
    await git("add", "charts");
    await git("commit", "--quiet", "--message", "change");
  };
  await git("init", "--quiet");
  await commit(before);
  await git("update-ref", "refs/remotes/origin/trunk", "HEAD");
  await commit(after);
  await execa("bash", ["--noprofile", "--norc", "-e", "-c", steps[vendorStep]?.run ?? "exit 1"], {
    cwd: root,
    env: { ...environment, MAIN: "trunk" },
  });
  return (await readFile(path.join(root, "calls"), "utf8")).split("\n").filter(Boolean);
}

test("pulls the copies of the charts whose version changed, each, and no others", async () => {
  const before = {
    copied: chart("1.0.0", copy),
    another: chart("1.0.0", copy),
    unchanged: chart("1.0.0", copy),
    fetched: chart("1.0.0"),
    image: `image: "a:1"${copy}\n`,
  };
  const after = {
    copied: chart("1.1.0", copy),
    another: chart("2.0.0", copy),
    fetched: chart("1.1.0"),
    image: `image: "a:2"${copy}\n`,
  };
  expect(await calledWith(before, after)).toEqual(["run vendor another", "run vendor copied"]);
});

test("before the render, which judges the result", () => {
  expect(vendorStep).toBeGreaterThan(0);
  expect(steps[vendorStep + 1]?.run).toBe("npm run render");
});

test("what follows from libraries is made before, as it is rendered too", () => {
  const runs = steps.map(({ run }) => run);
  expect(runs.indexOf("npm run types")).toBeGreaterThan(runs.indexOf("npm ci"));
  expect(runs.indexOf("npm run drill:bundle")).toBeGreaterThan(runs.indexOf("npm ci"));
  expect(runs.indexOf("npm run types")).toBeLessThan(vendorStep);
  expect(runs.indexOf("npm run drill:bundle")).toBeLessThan(vendorStep);
});

/** In: files that the first job changed. Out: those that the second one adds to the branch. */
async function committed(files: readonly string[]): Promise<string[]> {
  await using fake = await makeFakeHost();
  const cwd = fake.host.root;
  const env = { GITHUB_OUTPUT: path.join(cwd, ".git/output"), RUNNER_TEMP: path.join(cwd, ".git") };
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { cwd });
  const bash = (text: string) =>
    execa("bash", ["--noprofile", "--norc", "-e", "-c", text], { cwd, env });
  await git("init", "--quiet");
  for (const folder of ["charts", "environments", "kubernetes", "docs"])
    await fake.write(`${folder}/old`, "old\n");
  for (const file of files) await fake.write(file, "old\n");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "before");
  for (const file of files) await fake.write(file, "new\n");
  await bash(script(workflow.jobs.render, "git add"));
  await git("reset", "--quiet", "--hard");
  const [apply = "exit 1"] = script(workflow.jobs.commit, "git apply").split("git config");
  await bash(apply);
  return (await git("diff", "--cached", "--name-only")).stdout.split("\n").filter(Boolean);
}

test("all that is generated is added to the branch", async () => {
  const files = [
    ...modelFiles().map((file) => file.path),
    "generator/catalogue/restore-drill/config/drill.mjs",
    "charts/services/restore-drill/config/drill.mjs",
    "charts/services/sonarr/ci/prod-values.yaml",
    "environments/registry.d.ts",
    "kubernetes/prod/sonarr/deployment-sonarr.yaml",
  ];
  expect((await committed(files)).toSorted()).toEqual(files.toSorted());
});

test("nothing else is, as the code of an update could have written it", async () => {
  const generated = [
    "generator/src/authoring/types.generated.ts",
    "generator/catalogue/restore-drill/config/drill.mjs",
  ];
  const others = [
    "generator/src/cli.ts",
    "generator/src/authoring/rzp.ts",
    "generator/catalogue/restore-drill/values.ts",
    "package.json",
    ".github/workflows/ci.yaml",
  ];
  expect((await committed([...generated, ...others])).toSorted()).toEqual(generated.toSorted());
});
