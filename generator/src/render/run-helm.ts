/** One run of Helm. What it prints goes to a file: a pipe holds little, and Helm would wait until this process reads. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";

export type HelmOutcome =
  | { readonly kind: "rendered"; readonly stdout: Buffer }
  | { readonly kind: "refused"; readonly stderr: string }
  | { readonly kind: "failed"; readonly reason: string };

export interface HelmCommand {
  readonly helm: string;
  readonly args: readonly string[];
  /** A folder for what it prints. */
  readonly folder: string;
}

/**
 * Helm is short-lived: it collects garbage only when it would need more memory than this, which saves a fifth of
 * its time. What it keeps of a batch fits in (render/helm.ts says how large one is).
 */
const memory = { GOGC: "off", GOMEMLIMIT: "48MiB" };

/** Starts Helm before it returns, so that this process can do other work until Helm is done. */
export function runHelm({ helm, args, folder }: HelmCommand): Promise<HelmOutcome> {
  const [printed, said] = [path.join(folder, "printed"), path.join(folder, "said")];
  const [stdout, stderr] = [openSync(printed, "w"), openSync(said, "w")];
  const child = spawn(helm, args, {
    stdio: ["ignore", stdout, stderr],
    env: { ...process.env, ...memory },
  });
  closeSync(stdout);
  closeSync(stderr);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ kind: "failed", reason: error.message }));
    child.on("exit", (exitCode, signal) => {
      if (exitCode === 0) resolve({ kind: "rendered", stdout: readFileSync(printed) });
      else if (exitCode === null)
        resolve({ kind: "failed", reason: `it was ended by ${signal ?? "a signal"}` });
      else resolve({ kind: "refused", stderr: readFileSync(said, "utf8") });
    });
  });
}
