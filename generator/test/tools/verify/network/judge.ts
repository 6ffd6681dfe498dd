/** Asks the outside judge what policies allow. */
import { execa } from "execa";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import type { RenderedObject } from "./cluster.ts";
import type { Universe } from "./universe.ts";

/** All policies, with one of them replaced; taken away without `by`. */
export interface Variant {
  readonly replace: number;
  readonly by?: unknown;
}

export interface Change {
  readonly more: number;
  readonly fewer: number;
}

/** `[source, destination, port]`, places in the lists of the universe. */
export type Triple = readonly [number, number, number];

export interface Verdict {
  readonly egress: readonly Triple[];
  readonly ingress: readonly Triple[];
  readonly allowed: readonly Triple[];
  readonly variants: readonly { readonly oneEnd: Change; readonly allowed: Change }[];
}

export async function judge(
  { endpoints, ports }: Universe,
  policies: readonly RenderedObject[],
  variants: readonly Variant[] = [],
): Promise<Verdict> {
  const tool = await ensureTool("network-policy");
  if (typeof tool !== "string") throw new Error(tool.message);
  const { stdout } = await execa(tool, {
    input: JSON.stringify({ policies, endpoints, ports, variants }),
    maxBuffer: 1024 ** 3,
  });
  return JSON.parse(stdout) as Verdict;
}
