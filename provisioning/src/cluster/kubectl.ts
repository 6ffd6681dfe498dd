/** Asks a cluster through kubectl, with one kubeconfig and no other. */
import { execa } from "execa";
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

/** In: the file of the kubeconfig. Out: a way to ask; a problem where the pinned kubectl cannot be had and none is on PATH. */
export async function openKubectl(kubeconfig: string): Promise<Kubectl | Problem> {
  const carried = await ensureCarried("kubectl", currentHost());
  if (isProblem(carried)) return carried;
  const program = carried?.path ?? "kubectl";
  return async (args, input = "") => {
    const { exitCode, stdout, stderr } = await execa(
      program,
      ["--kubeconfig", kubeconfig, "--request-timeout=60s", ...args],
      { input, reject: false },
    );
    if (exitCode !== 0) throw new KubectlFailed(stderr || stdout);
    return stdout;
  };
}
