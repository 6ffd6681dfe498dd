/** `npm run list`: what is there. */
import { readTree } from "../load/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import type { Invocation } from "./arguments.ts";
import { report, repositoryRoot } from "./repository.ts";

export async function list(invocation: Invocation): Promise<0 | 2> {
  const root = repositoryRoot();
  const { value, problems } = await buildPlatform(readTree(root));
  report(root, problems, invocation.format);
  if (value === undefined) return 2;
  process.stdout.write(`${[...value.authored.services.keys()].join("\n")}\n`);
  return 0;
}
