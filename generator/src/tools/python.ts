/**
 * Installs the Python linters into a virtual environment of the cache. An environment cannot be
 * moved once made, so it is made at its own place and published by a link, which is put in place
 * with one rename: what the link names is always whole.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { isOlder } from "./go.ts";
import type { Host } from "./host.ts";
import { withLock } from "./lock.ts";
import { toolProblem } from "./problems.ts";
import { lastLines, run, type Outcome } from "./process.ts";
import { withProgress } from "./progress.ts";

export const pythonTools = {
  yamllint: { purpose: "lints the YAML of the charts" },
  yamale: { purpose: "checks every Chart.yaml against chart-testing's schema" },
} as const;

export type PythonToolName = keyof typeof pythonTools;

const requirements = "tools/python/requirements.txt";
const wanted = "3.10";

/**
 * Gives a Python tool, installing all of them when these pins are not installed yet.
 * In: its name. Out: the path of its command. Problems: TOOL_MISSING, TOOL_TOO_OLD (Python),
 * TOOL_DOWNLOAD_FAILED, TOOL_CORRUPT, TOOL_BUILD_FAILED.
 */
export async function ensurePythonTool(
  name: PythonToolName,
  host: Host,
): Promise<string | Problem> {
  const pins = await readFile(join(host.root, requirements));
  const key = createHash("sha256").update(`${host.platform}/${host.arch}\n`).update(pins);
  const link = join(host.cache, `python-${key.digest("hex").slice(0, 16)}`);
  const command = join(link, "bin", name);
  if (await isWhole(link)) return command;
  const problem = await withLock(
    link,
    () => host.report("waiting for another run that installs the Python tools …"),
    async () => ((await isWhole(link)) ? undefined : install(link, host)),
  );
  return problem ?? command;
}

/** The interpreter is a link to the system's Python, which may have been removed since. */
async function isWhole(link: string): Promise<boolean> {
  const found = await stat(join(link, "bin", "python")).catch(() => undefined);
  return found !== undefined;
}

async function install(link: string, host: Host): Promise<Problem | undefined> {
  const problem = await checkPython(host);
  if (problem !== undefined) return problem;
  const folder = `${link}.${randomUUID().slice(0, 8)}`;
  const failure = await withProgress("installing yamllint and yamale", host, () =>
    makeEnvironment(folder, host),
  );
  if (failure !== undefined) {
    await rm(folder, { recursive: true, force: true });
    return failure;
  }
  await symlink(basename(folder), `${folder}.link`);
  await rename(`${folder}.link`, link);
  return undefined;
}

async function makeEnvironment(folder: string, host: Host): Promise<Problem | undefined> {
  const { environment } = host;
  const made = await run("python3", ["-m", "venv", folder], { environment });
  if (made.exitCode !== 0) return noVenv(made);
  const pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "install"];
  const wheels = ["--require-hashes", "--only-binary=:all:", "-r", join(host.root, requirements)];
  const installed = await run(join(folder, "bin", "python"), [...pip, ...wheels], { environment });
  return installed.exitCode === 0 ? undefined : installProblem(installed);
}

async function checkPython(host: Host): Promise<Problem | undefined> {
  const outcome = await run("python3", ["--version"], { environment: host.environment });
  const found = /Python (\d+\.\d+(?:\.\d+)?)/.exec(outcome.stdout)?.[1];
  if (found !== undefined && !isOlder(found, wanted)) return undefined;
  const fix = `Install Python ${wanted} or newer with its venv module (Debian: \`apt-get install python3 python3-venv\`).`;
  if (found === undefined) {
    return toolProblem("TOOL_MISSING", {
      file: requirements,
      message:
        "Python is needed for yamllint and yamale, and there is no working `python3` on PATH.",
      expected: `Python ${wanted} or newer`,
      fix,
    });
  }
  return toolProblem("TOOL_TOO_OLD", {
    file: requirements,
    message: `Python ${found} is too old for the pinned linters.`,
    found,
    expected: `Python ${wanted} or newer`,
    fix,
  });
}

function noVenv(outcome: Outcome): Problem {
  return toolProblem("TOOL_MISSING", {
    file: requirements,
    message: `Python cannot make a virtual environment:\n${lastLines(outcome.stdout + outcome.stderr, 4)}`,
    fix: "Install Python's venv module (Debian: `apt-get install python3-venv`).",
  });
}

function installProblem(outcome: Outcome): Problem {
  const output = outcome.stderr + outcome.stdout;
  const isCorrupt = /DO NOT MATCH THE HASHES/.test(output);
  const isNetwork = /Connection|Retrying|No matching distribution|timed out|ProxyError/.test(
    output,
  );
  return toolProblem(
    isCorrupt ? "TOOL_CORRUPT" : isNetwork ? "TOOL_DOWNLOAD_FAILED" : "TOOL_BUILD_FAILED",
    {
      file: requirements,
      message: `Installing yamllint and yamale failed:\n${lastLines(output, 6)}`,
      fix: isCorrupt
        ? "Do not use these packages. Compare them with their source before you change a hash."
        : "Check the network and pip's index settings, then run `npm run tools` again.",
    },
  );
}
