/** Everything the local cluster consists of, built or fetched when it is not there yet. */
import { chmodSync, copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ensureTool, type ToolName } from "../src/tools/ensure-tool.ts";
import { goModuleFolder } from "../src/tools/go-module-folder.ts";
import { ensureHelm } from "../src/tools/helm-carrier.ts";
import { currentHost, type Host } from "../src/tools/host.ts";
import { isProblem, withoutRepeats } from "../src/tools/problems.ts";
import type { Problem } from "../src/problems/problem.ts";

const built = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "argocd",
  "redis-server",
] as const satisfies readonly ToolName[];

export interface Programs extends Readonly<Record<(typeof built)[number], string>> {
  /** The folder with all pinned definitions, a folder for each API group. */
  readonly crds: string;
  readonly helm: string;
  /** Folders of modules, for files that are used as they are. */
  readonly modules: { readonly kwok: string; readonly argocd: string };
}

/** Out: paths of all programs; else every problem, those of `ensureTool` and `ensureHelm`. */
export async function ensurePrograms(
  host: Host = currentHost(),
): Promise<Programs | readonly Problem[]> {
  const problems: Problem[] = [];
  const take = async <T>(found: Promise<T | Problem>): Promise<T | undefined> => {
    const value = await found;
    if (!isProblem(value)) return value;
    problems.push(value);
    return undefined;
  };
  const paths: Record<string, string | undefined> = {};
  // One after the other: Go uses every core by itself.
  for (const name of [...built, "crds"] as const) paths[name] = await take(ensureTool(name, host));
  const helm = await take(ensureHelm(host));
  if (problems.length > 0) return withoutRepeats(problems);
  const kwok = await take(goModuleFolder("kwok", "sigs.k8s.io/kwok", host));
  const argocd = await take(goModuleFolder("argocd", "github.com/argoproj/argo-cd/v3", host));
  if (problems.length > 0) return problems;
  return {
    ...(paths as Record<(typeof built)[number] | "crds", string>),
    helm: helm?.path ?? "helm",
    modules: { kwok: kwok ?? "", argocd: argocd ?? "" },
  };
}

/** Programs Argo CD's repo server calls by name. Out: the folder they are in. */
export function linkHelpers(folder: string, { helm, modules }: Programs): string {
  const helpers = join(folder, "helpers");
  mkdirSync(helpers, { recursive: true });
  symlinkSync(helm, join(helpers, "helm"));
  // It is called for every commit, signed or not; a module's files may not be run.
  const script = join(helpers, "git-verify-wrapper.sh");
  copyFileSync(join(modules.argocd, "hack/git-verify-wrapper.sh"), script);
  chmodSync(script, 0o755);
  return helpers;
}
