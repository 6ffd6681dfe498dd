/**
 * `npm run lint:charts`: yamllint and yamale once over all charts, and `ct lint --all`, which runs
 * `helm lint` with every environment's values. Exit codes decide; what the linters print is passed on.
 */
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { findChartFiles, type ChartFiles } from "./chart-files.ts";
import { ensureTool, type ToolName } from "./ensure-tool.ts";
import { ensureHelm, type Helm } from "./helm-carrier.ts";
import type { Host } from "./host.ts";
import { isProblem, toolProblem } from "./problems.ts";
import { run, type Outcome } from "./process.ts";
import { withProgress } from "./progress.ts";

/**
 * Lints every chart of a tree. In: the host, whose root holds charts/ and ct.yaml. Out: a LINT_FAILED
 * for each linter that found something (and when there is no chart at all), or what keeps a linter
 * from running: the problems of `ensureTool` and `ensureHelm`.
 */
export async function lintCharts(host: Host): Promise<Problem[]> {
  const files = await findChartFiles(host.root);
  if (files.charts.length === 0) return [noCharts()];
  const tools = await provide(host);
  if (isProblem(tools)) return [tools];
  const what = `linting ${files.charts.length} charts, ${files.values.length} values files`;
  const results = await withProgress(what, host, () =>
    Promise.all([yamllint(tools, files, host), yamale(tools, files, host), ct(tools, host)]),
  );
  return results.filter((problem) => problem !== undefined);
}

interface Linters {
  readonly yamllint: string;
  readonly yamale: string;
  readonly ct: string;
  readonly helm: Helm;
}

async function provide(host: Host): Promise<Linters | Problem> {
  const helm = await ensureHelm(host);
  if (isProblem(helm)) return helm;
  const paths: string[] = [];
  for (const name of ["yamllint", "yamale", "ct"] satisfies ToolName[]) {
    const path = await ensureTool(name, host);
    if (isProblem(path)) return path;
    paths.push(path);
  }
  const [yamllintPath = "", yamalePath = "", ctPath = ""] = paths;
  return { yamllint: yamllintPath, yamale: yamalePath, ct: ctPath, helm };
}

async function yamllint(
  tools: Linters,
  files: ChartFiles,
  host: Host,
): Promise<Problem | undefined> {
  const args = [
    "-c",
    ".ct/lintconf.yaml",
    "--format",
    "parsable",
    ...files.charts,
    ...files.values,
  ];
  return verdict("yamllint", await run(tools.yamllint, args, { cwd: host.root }));
}

async function yamale(tools: Linters, files: ChartFiles, host: Host): Promise<Problem | undefined> {
  const args = ["-n", "1", "-s", ".ct/chart_schema.yaml", ...files.charts];
  return verdict("yamale", await run(tools.yamale, args, { cwd: host.root }));
}

/** ct takes the `helm` it finds on PATH, so ours is put first under that name. */
async function ct(tools: Linters, host: Host): Promise<Problem | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "rzp-ct-"));
  try {
    await symlink(tools.helm.path, join(folder, "helm"));
    const path = `${folder}${delimiter}${host.environment["PATH"] ?? ""}`;
    const args = ["lint", "--config", "ct.yaml", "--all"];
    const lint = () => run(tools.ct, args, { cwd: host.root, environment: { PATH: path } });
    let outcome = await lint();
    for (let again = 0; again < 3 && isMute(outcome); again++) outcome = await lint();
    return verdict("ct", outcome);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Whether ct says that Helm refused a chart, and not why: it stops reading when Helm ends, and on a busy machine loses what
 * Helm has printed (chart-testing 3.14, `ProcessExecutor.RunProcess`).
 */
export const isMute = ({ exitCode, stdout }: Pick<Outcome, "exitCode" | "stdout">): boolean =>
  exitCode !== 0 && stdout.includes("process: exit status") && !stdout.includes("[ERROR]");

function verdict(linter: string, outcome: Outcome): Problem | undefined {
  if (outcome.exitCode === 0) return undefined;
  const said = `${outcome.stdout}\n${outcome.stderr}`.split("\n").filter(isSaying).join("\n");
  return toolProblem("LINT_FAILED", {
    file: "charts",
    message: `${linter} found faults (exit code ${outcome.exitCode ?? "none"}):\n${said}`,
    fix: "Generated files: mend charts/services/<service>/values.ts, then `npm run render`.",
  });
}

/** Helm says for each chart that it follows the link to rzp-lib, which is how it is meant to be. */
function isSaying(line: string): boolean {
  return line.trim() !== "" && !line.includes("found symbolic link in path");
}

function noCharts(): Problem {
  return toolProblem("LINT_FAILED", {
    file: "charts",
    message: "There is no chart under charts/, so nothing was linted.",
    fix: "Run `npm run render` in a tree that holds charts/rzp-lib and charts/services.",
  });
}
