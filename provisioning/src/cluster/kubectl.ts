/** Asks a cluster through kubectl, with one kubeconfig and no other. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { ensureCarried } from "../../../generator/src/tools/carrier.ts";
import { currentHost } from "../../../generator/src/tools/host.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";

export interface Kubectl {
  /** In: arguments, text for standard input. Out: what it printed. Throws KubectlFailed. */
  (args: readonly string[], input?: string): Promise<string>;
}

export class KubectlFailed extends Error {
  override readonly name = "KubectlFailed";
}

/** The object is not there, or its kind: of all that can go wrong the one thing that is no mistake before it is made. */
export const isNotThere = (error: unknown): boolean =>
  error instanceof KubectlFailed && /not ?found|doesn't have a resource type/i.test(error.message);

/** A way to ask the cluster that the kubeconfig led to when it was read, whatever becomes of it meanwhile. */
export interface OpenCluster {
  /** `https://10.0.20.10:6443`; empty where it leads nowhere. */
  readonly server: string;
  /** The current context alone, whole: without other clusters, and without files it names. */
  readonly kubeconfig: string;
  readonly kubectl: Kubectl;
}

/**
 * In: a kubeconfig, or several as kubectl takes them. Out: the cluster of its current context. Throws KubectlFailed where it cannot be
 * read; a problem where the pinned kubectl cannot be had.
 */
export async function openKubectl(kubeconfig: string): Promise<OpenCluster | Problem> {
  const carried = await ensureCarried("kubectl", currentHost());
  if (isProblem(carried)) return carried;
  const program = carried?.path ?? "kubectl";
  const own = await call(
    program,
    ["config", "view", "--minify", "--flatten", "--raw", "--output=json"],
    {
      env: { KUBECONFIG: kubeconfig },
    },
  );
  const { clusters } = z.object({ clusters: z.array(Named).nullable() }).parse(JSON.parse(own));
  const file = keep(own);
  return {
    server: clusters?.[0]?.cluster.server ?? "",
    kubeconfig: own,
    kubectl: (args, input = "") =>
      call(program, ["--kubeconfig", file, "--request-timeout=60s", ...args], { input }),
  };
}

let folder: string | undefined;

/** In: a kubeconfig. Out: a file that holds it until this process ends; one asked for again is the same file. */
function keep(kubeconfig: string): string {
  if (folder === undefined) {
    const made = mkdtempSync(path.join(tmpdir(), "rzp-kubeconfig-"));
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  const file = path.join(folder, createHash("sha256").update(kubeconfig).digest("hex"));
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  return file;
}

const Named = z.object({ cluster: z.object({ server: z.string() }) });

async function call(
  program: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string },
): Promise<string> {
  const { exitCode, stdout, stderr } = await execa(program, args, { ...options, reject: false });
  if (exitCode !== 0) throw new KubectlFailed(stderr || stdout);
  return stdout;
}
