/**
 * What the tools need to know of the machine. The only file of this folder that reads the process:
 * everything else takes a `Host`, so a test gives it another cache, PATH or processor.
 */
import { homedir } from "node:os";
import { join, resolve } from "node:path";

export interface Host {
  /** The root of the repository, absolute. */
  readonly root: string;
  /** Where built and unpacked tools are kept, outside the tree, so that every clone shares them. */
  readonly cache: string;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes one progress line; stderr for a person, nothing in a test. */
  readonly report: (line: string) => void;
}

/** Describes this machine and this clone. In: nothing but the process; out: a `Host`; no problems. */
export function currentHost(): Host {
  const environment = process.env;
  return {
    root: resolve(import.meta.dirname, "../../.."),
    cache: cacheFolder(environment, homedir()),
    platform: process.platform,
    arch: process.arch,
    environment,
    report: (line) => process.stderr.write(`${line}\n`),
  };
}

/**
 * Says where the shared cache is: `RZP_TOOLS_CACHE`, else `rzp/tools` in the user's cache folder.
 * In: the environment and the home folder; out: an absolute path; no problems.
 */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const own = environment["RZP_TOOLS_CACHE"];
  if (own) return resolve(own);
  // The XDG rule: a relative XDG_CACHE_HOME is invalid and to be ignored.
  const user = environment["XDG_CACHE_HOME"];
  return join(user?.startsWith("/") ? user : join(home, ".cache"), "rzp", "tools");
}
