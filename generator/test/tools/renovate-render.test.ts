/** What .github/workflows/renovate-render.yaml does before it renders, run as the runner would. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../support/repository.ts";
import { makeFakeHost } from "./fake-host.ts";

interface Workflow {
  jobs: { render: { steps: { name?: string; run?: string }[] } };
}

const workflow = parse(
  await readFile(path.join(projectRoot, ".github/workflows/renovate-render.yaml"), "utf8"),
) as Workflow;
const { steps } = workflow.jobs.render;
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
