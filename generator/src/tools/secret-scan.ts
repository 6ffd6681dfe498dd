/**
 * `npm run secret-scan [-- --history]`: gitleaks over the files that git knows, tracked or new and
 * not ignored; with --history over every commit instead. What it finds is never printed.
 */
import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { Problem } from "../problems/problem.ts";
import { ensureTool } from "./ensure-tool.ts";
import type { Host } from "./host.ts";
import { isProblem, toolProblem } from "./problems.ts";
import { lastLines, run } from "./process.ts";
import { withProgress } from "./progress.ts";

/** Gitleaks says 1 for a finding and for its own failure alike, unless told. */
const exitCodeForFindings = 3;

// Redacted: the report is read here, but gitleaks also logs.
const options =
  `--no-banner --no-color --log-level=warn --redact --report-format=json --exit-code=${exitCodeForFindings}`.split(
    " ",
  );

const Findings = z.array(
  z.object({
    RuleID: z.string(),
    Description: z.string(),
    File: z.string(),
    StartLine: z.number(),
    Commit: z.string(),
  }),
);

/** The command: `[--history]`. In: its arguments; out: the problems of the scan, or TOOL_USAGE. */
export async function secretScanCommand(args: readonly string[], host: Host): Promise<Problem[]> {
  if (args.some((word) => word !== "--history")) return [wrongUsage(args)];
  return args.length > 0 ? scanHistory(host) : scanWorkTree(host);
}

/**
 * Scans the files of the work tree that git knows. In: the host, whose root is a git work tree. Out:
 * a SECRET_FOUND for each finding; TOOL_MISSING (git), TOOL_FAILED, the problems of `ensureTool`.
 */
export async function scanWorkTree(host: Host): Promise<Problem[]> {
  const files = await filesGitKnows(host);
  if (isProblem(files)) return [files];
  const gitleaks = await ensureTool("gitleaks", host);
  if (isProblem(gitleaks)) return [gitleaks];
  const copy = await mkdtemp(join(tmpdir(), "rzp-scan-"));
  try {
    // Gitleaks takes a folder, not a list, so the files that count are put into one of their own.
    const count = await copyFiles(files, host.root, copy);
    return await withProgress(`scanning ${count} files for secrets`, host, () =>
      scan(gitleaks, ["dir", "."], { cwd: copy, root: host.root }),
    );
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Scans every commit, and so also what was deleted later. In and out as `scanWorkTree`. */
export async function scanHistory(host: Host): Promise<Problem[]> {
  const gitleaks = await ensureTool("gitleaks", host);
  if (isProblem(gitleaks)) return [gitleaks];
  return withProgress("scanning every commit for secrets", host, () =>
    scan(gitleaks, ["git", "."], { cwd: host.root, root: host.root }),
  );
}

async function filesGitKnows(host: Host): Promise<string[] | Problem> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const outcome = await run("git", args, { cwd: host.root });
  if (outcome.exitCode === 0) return [...new Set(outcome.stdout.split("\0"))].filter(Boolean);
  return toolProblem("TOOL_MISSING", {
    file: ".gitleaks.toml",
    message: outcome.isMissing
      ? "git is needed to know which files belong to the repository, and it is not on PATH."
      : `git could not list the files: ${lastLines(outcome.stderr, 1)}`,
    fix: "Install git, and run the scan inside a clone.",
  });
}

/** Leaves out links and what is deleted but still tracked. */
async function copyFiles(files: readonly string[], from: string, to: string): Promise<number> {
  let count = 0;
  for (const file of files) {
    const found = await lstat(join(from, file)).catch(() => undefined);
    if (!found?.isFile()) continue;
    await mkdir(dirname(join(to, file)), { recursive: true });
    await writeFile(join(to, file), plain(await readFile(join(from, file))));
    count += 1;
  }
  return count;
}

/**
 * The same lines without their indentation and with quotes as they were before somebody wrote them inside others:
 * gitleaks' rules look for a name, a sign and a value close together, and half of its own examples pass it by
 * inside a string of a values.ts. What is no text stays as it is.
 */
function plain(content: Buffer): Buffer | string {
  if (content.includes(0)) return content;
  return content
    .toString("utf8")
    .replaceAll(/^[ \t]+/gm, "")
    .replaceAll(/\\(["'`\\])/g, "$1");
}

async function scan(
  gitleaks: string,
  what: readonly string[],
  places: { readonly cwd: string; readonly root: string },
): Promise<Problem[]> {
  const reports = await mkdtemp(join(tmpdir(), "rzp-gitleaks-"));
  const report = join(reports, "report.json");
  const config = resolve(places.root, ".gitleaks.toml");
  try {
    const outcome = await run(
      gitleaks,
      [...what, ...options, "--config", config, "--report-path", report],
      { cwd: places.cwd },
    );
    if (outcome.exitCode === 0) return [];
    if (outcome.exitCode !== exitCodeForFindings) return [brokeOff(outcome.stderr)];
    return Findings.parse(JSON.parse(await readFile(report, "utf8"))).map(toProblem);
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
}

function toProblem(finding: z.infer<typeof Findings>[number]): Problem {
  const { RuleID, Description, File, StartLine, Commit } = finding;
  const where = Commit === "" ? "" : ` in commit ${Commit.slice(0, 12)}`;
  const problem = toolProblem("SECRET_FOUND", {
    file: File,
    message: `gitleaks (${RuleID})${where}: ${Description}`,
    fix: "Remove it and replace it at its issuer. No secret after all: allow the path in .gitleaks.toml.",
  });
  return { ...problem, place: { file: File, line: StartLine } };
}

function brokeOff(stderr: string): Problem {
  return toolProblem("TOOL_FAILED", {
    file: ".gitleaks.toml",
    message: `gitleaks broke off:\n${lastLines(stderr, 4)}`,
    fix: "Correct .gitleaks.toml if it names that file.",
  });
}

function wrongUsage(args: readonly string[]): Problem {
  return toolProblem("TOOL_USAGE", {
    file: "package.json",
    message: `"${args.join(" ")}" is not understood.`,
    fix: "Usage: npm run secret-scan [-- --history]",
  });
}
