/** Builds one Rust tool from its pinned crates into the cache, in a folder named after all that decides its bytes. */
import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";
import { isOlder } from "./go.ts";
import type { Host } from "./host.ts";
import { withLock } from "./lock.ts";
import { toolProblem } from "./problems.ts";
import { lastLines, run, type Outcome } from "./process.ts";
import { withProgress } from "./progress.ts";
import { rustTools, type RustToolName } from "./rust-tools.ts";

/** What a tool is built from, below its folder. */
const sources = ["Cargo.toml", "Cargo.lock", "src/main.rs"] as const;

interface Crate {
  readonly folder: string;
  /** Its Cargo.toml, for messages. */
  readonly file: string;
  readonly manifest: string;
  readonly binary: string;
}

/**
 * Gives a Rust tool, building it when this pin was never built on this machine.
 * In: its name. Out: the path of the binary. Problems: TOOL_MISSING and TOOL_TOO_OLD (cargo),
 * TOOL_DOWNLOAD_FAILED, TOOL_CORRUPT, TOOL_BUILD_FAILED.
 */
export async function ensureRustTool(name: RustToolName, host: Host): Promise<string | Problem> {
  const crate = await crateOf(name, host);
  if (crate === undefined) return noCrate(name);
  if (await isBuilt(crate)) return crate.binary;
  return withLock(
    crate.binary,
    () => host.report(`waiting for another run that builds ${name} …`),
    async () => ((await isBuilt(crate)) ? crate.binary : build(name, crate, host)),
  );
}

async function crateOf(name: RustToolName, host: Host): Promise<Crate | undefined> {
  const { crate } = rustTools[name];
  const folder = join(host.root, "tools", crate);
  const key = createHash("sha256").update(`${host.platform}/${host.arch}`);
  const texts = new Map<string, string>();
  for (const source of sources) {
    const text = await readFile(join(folder, source), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    texts.set(source, text);
    key.update(`\n${source} ${text.length}\n`).update(text);
  }
  return {
    folder,
    file: `tools/${crate}/Cargo.toml`,
    manifest: texts.get("Cargo.toml") ?? "",
    binary: join(host.cache, `${crate}-${key.digest("hex").slice(0, 16)}`, name),
  };
}

async function isBuilt({ binary }: Crate): Promise<boolean> {
  return (await stat(binary).catch(() => undefined))?.isFile() === true;
}

async function build(name: RustToolName, crate: Crate, host: Host): Promise<string | Problem> {
  const { environment } = host;
  const problem = await checkCargo(crate, host);
  if (problem !== undefined) return problem;
  const unfinished = `${crate.binary}.${randomUUID()}.tmp`;
  const args = ["build", "--release", "--locked", "--bin", name, "--target-dir", unfinished];
  try {
    const outcome = await withProgress(`building ${name}`, host, () =>
      run("cargo", args, { cwd: crate.folder, environment }),
    );
    if (outcome.exitCode !== 0) return cargoProblem(name, crate, outcome);
    await rename(join(unfinished, "release", name), crate.binary);
    return crate.binary;
  } finally {
    // Half a gigabyte of what came before the binary.
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function checkCargo(
  { folder, file, manifest }: Crate,
  host: Host,
): Promise<Problem | undefined> {
  const wanted = /^rust-version = "([\d.]+)"/m.exec(manifest)?.[1] ?? "1.85";
  const outcome = await run("cargo", ["--version"], {
    cwd: folder,
    environment: host.environment,
  });
  const found = /cargo (\d+\.\d+(?:\.\d+)?)/.exec(outcome.stdout)?.[1];
  if (found !== undefined && !isOlder(found, wanted)) return undefined;
  const expected = `Rust ${wanted} or newer`;
  const fix = `Install ${expected} with cargo (rustup.rs: \`rustup toolchain install stable\`).`;
  return found === undefined
    ? toolProblem("TOOL_MISSING", {
        file,
        message:
          "Rust is needed to build the VRL compiler, and there is no working `cargo` on PATH.",
        expected,
        fix,
      })
    : toolProblem("TOOL_TOO_OLD", {
        file,
        message: `Rust ${found} is too old for the pinned VRL compiler.`,
        found,
        expected,
        fix,
      });
}

function cargoProblem(name: RustToolName, { file }: Crate, outcome: Outcome): Problem {
  const said = lastLines(outcome.stderr || outcome.stdout, 6);
  const code = failureCode(said);
  const fixes: Partial<Record<ProblemCode, string>> = {
    TOOL_CORRUPT: "Do not use this crate. Compare it with its source before you change the pin.",
    TOOL_DOWNLOAD_FAILED:
      "Check the network and cargo's registry settings, then run `npm run tools` again.",
  };
  return toolProblem(code, {
    file,
    message: `Building ${name} failed:\n${said}`,
    fix: fixes[code] ?? "Run `npm run tools` again; if it stays, the pins do not fit together.",
  });
}

function failureCode(said: string): ProblemCode {
  if (/checksum (for|changed)|failed to verify the checksum/i.test(said)) return "TOOL_CORRUPT";
  const network =
    /failed to (download|fetch|get|query)|could ?n.t resolve|network failure|spurious network error|timed out|unable to update registry/i;
  return network.test(said) ? "TOOL_DOWNLOAD_FAILED" : "TOOL_BUILD_FAILED";
}

function noCrate(name: RustToolName): Problem {
  const file = `tools/${rustTools[name].crate}/Cargo.toml`;
  return toolProblem("TOOL_BUILD_FAILED", {
    file,
    message: `${name} is built from ${file}, its Cargo.lock and its sources, and this clone does not have them all.`,
    fix: "Restore the files: `git checkout -- tools`.",
  });
}
