/** `npm run check`: every mistake that can be seen, nothing written. */
import { exitCodeOf } from "../problems/exit-code.ts";
import type { Invocation } from "./arguments.ts";
import { beyondPolicies } from "./beyond-policies.ts";
import { planRender } from "./plan-render.ts";
import { printProblems } from "../print-problems.ts";
import { repositoryRoot } from "./repository-paths.ts";

/** Exit code: 0 nothing found, 1 findings on rendered objects, 2 mistakes in authored files. */
export async function check(invocation: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const { problems, waiting, releases } = await planRender(root, invocation);
  printProblems(root, problems, invocation.format, waiting);
  const code = exitCodeOf(problems);
  if (code === 0 && invocation.format === "human")
    process.stdout.write(["no mistakes found", ...beyondPolicies(releases), ""].join("\n"));
  return code;
}
