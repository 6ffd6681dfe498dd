/** Builds one Go tool from its pinned module into the cache. */
import { randomUUID } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { findBuilt, goToolPaths, type GoToolPaths } from "./go-tool-paths.ts";
import { goTools, type GoTool, type GoToolName } from "./go-tools.ts";
import { writeEmbeds } from "./go-embeds.ts";
import { trimModules } from "./go-trim.ts";
import { checkGo, goEnvironment, goProblem } from "./go.ts";
import type { Host } from "./host.ts";
import { withLock } from "./lock.ts";
import { isProblem, toolProblem } from "./problems.ts";
import { run } from "./process.ts";
import { withProgress } from "./progress.ts";

/**
 * Gives a Go tool, building it when this pin was never built on this machine.
 * In: its name. Out: the path of the binary. Problems: TOOL_MISSING and TOOL_TOO_OLD (Go),
 * TOOL_DOWNLOAD_FAILED, TOOL_CORRUPT, TOOL_BUILD_FAILED.
 */
export async function ensureGoTool(name: GoToolName, host: Host): Promise<string | Problem> {
  const built = await findBuilt(name, host);
  if (built !== undefined) return built;
  const paths = await goToolPaths(name, host);
  if (paths === undefined) return noModule(name);
  return withLock(
    paths.binary,
    () => host.report(`waiting for another run that builds ${name} …`),
    async () => (await findBuilt(name, host)) ?? build(name, paths, host),
  );
}

async function build(name: GoToolName, paths: GoToolPaths, host: Host): Promise<string | Problem> {
  const tool: GoTool = goTools[name];
  const file = goModFile(tool);
  const goMod = { file, text: await readFile(join(paths.source, "go.mod"), "utf8") };
  const problem = await checkGo(paths.source, goMod, host);
  if (problem !== undefined) return problem;

  const unfinished = join(paths.folder, `.${name}.${randomUUID()}.tmp`);
  const folder = `${unfinished}.d`;
  const goBuild = (output: string, from: string, more: readonly string[] = []) =>
    run("go", [...buildArguments(tool, goMod.text), ...more, "-o", output, from], {
      cwd: paths.source,
      environment: { ...host.environment, ...goEnvironment(host) },
    });
  try {
    return await withProgress(`building ${name}`, host, async () => {
      const embeds =
        tool.embeds && (await writeEmbeds(tool.embeds, { ...paths, file, folder, goBuild }));
      if (isProblem(embeds)) return embeds;
      const trimmed =
        tool.trims && (await trimModules(name, tool.trims, { ...paths, folder }, host));
      if (isProblem(trimmed)) return trimmed;
      const more = [
        ...(embeds === undefined ? [] : [`-overlay=${embeds}`]),
        ...(trimmed === undefined ? [] : [`-modfile=${trimmed}`]),
      ];
      const outcome = await goBuild(unfinished, tool.package, more);
      if (outcome.exitCode !== 0) return goProblem(`Building ${name}`, file, outcome);
      await rename(unfinished, paths.binary);
      return paths.binary;
    });
  } finally {
    await rm(unfinished, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

function buildArguments(tool: GoTool, goMod: string): string[] {
  const tags = tool.tags === undefined ? [] : [`-tags=${tool.tags}`];
  return [
    "build",
    "-trimpath",
    "-buildvcs=false",
    ...compilerFlags(),
    `-ldflags=${linkerFlags(tool, goMod)}`,
    ...tags,
  ];
}

/** Libraries that programs spend their time in. Only there it pays to inline functions, which is a quarter of compiling. */
const busy = [
  "std",
  "github.com/argoproj/...",
  "github.com/prometheus/...",
  "go.etcd.io/...",
  "google.golang.org/...",
  "k8s.io/api/...",
  "k8s.io/apimachinery/...",
  "k8s.io/apiserver/...",
  "k8s.io/kube-openapi/...",
  "sigs.k8s.io/...",
];

/** The same for every tool, as a package that is compiled in two ways is compiled twice. */
function compilerFlags(): string[] {
  // What the linker leaves out (-w) need not be compiled, a tenth of the time; and as many packages are compiled at once as
  // there are processors, so threads for the parts of one only get into each other's way.
  const flags = "-dwarf=false -c=1";
  return [`-gcflags=all=${flags} -l`, ...busy.map((packages) => `-gcflags=${packages}=${flags}`)];
}

/** Fills the tool's version in from its go.mod, the only place where it is written. */
function linkerFlags(tool: GoTool, goMod: string): string {
  const { versionVariables = [] } = tool;
  const pinned = goMod
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/^require /, "")
        .split(" "),
    )
    .find(([module = ""]) => module !== "" && tool.package.startsWith(`${module}/`));
  const version = pinned?.[1] ?? "unknown";
  return ["-s -w", ...versionVariables.map((variable) => `-X ${variable}=${version}`)].join(" ");
}

function goModFile(tool: GoTool): string {
  return `tools/${tool.module}/go.mod`;
}

function noModule(name: GoToolName): Problem {
  const file = goModFile(goTools[name]);
  return toolProblem("TOOL_BUILD_FAILED", {
    file,
    message: `${name} is built from ${file} and its go.sum, and this clone does not have both.`,
    fix: "Restore the files: `git checkout -- tools`.",
  });
}
