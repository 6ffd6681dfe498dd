/** A host with its own empty root, cache and PATH, on which programs are small shell scripts. */
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Host } from "../../src/tools/host.ts";

export interface FakeHost extends AsyncDisposable {
  readonly host: Host;
  readonly lines: string[];
  /** Puts a shell script on PATH; gives its path. */
  readonly program: (name: string, script: string) => Promise<string>;
  readonly write: (file: string, content: string) => Promise<void>;
}

/** Makes the host. In: what differs from linux/x64 without any variable. */
export async function makeFakeHost(over: Partial<Host> = {}): Promise<FakeHost> {
  const folder = await mkdtemp(join(tmpdir(), "rzp-host-"));
  const root = join(folder, "root");
  const programs = join(folder, "programs");
  const lines: string[] = [];
  // Followed, so that a test can never write into the real pins.
  const copied = { recursive: true, dereference: true };
  await cp(resolve(import.meta.dirname, "../../../tools"), join(root, "tools"), copied);
  await mkdir(programs);
  const write = async (file: string, content: string): Promise<void> => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), content);
  };
  const program = async (name: string, script: string): Promise<string> => {
    const path = join(programs, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };
  const host: Host = {
    root,
    cache: join(folder, "cache"),
    platform: "linux",
    arch: "x64",
    environment: { PATH: `${programs}:/usr/bin:/bin`, HOME: folder },
    report: (line) => lines.push(line),
    ...over,
  };
  return {
    host,
    lines,
    program,
    write,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Takes the code of a problem out of a result, so that a test reads as one line. */
export function codeOf(result: unknown): unknown {
  return typeof result === "object" && result !== null && "code" in result ? result.code : result;
}
