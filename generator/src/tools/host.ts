/**
 * What the tools need to know of the machine. The only file of this folder that reads the process:
 * everything else takes a `Host`, so a test gives it another cache, PATH or processor.
 */
import { resolve } from "node:path";
import { cacheFolder } from "../cache/folder.ts";

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
    cache: cacheFolder("RZP_TOOLS_CACHE", environment),
    platform: process.platform,
    arch: process.arch,
    environment,
    report: (line) => process.stderr.write(`${line}\n`),
  };
}
