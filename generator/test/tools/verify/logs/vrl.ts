/** Runs VRL programs of a service in the real compiler. */
import { execa } from "execa";
import { z } from "zod";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";

export interface Job {
  /** Texts of programs that run one after the other. */
  readonly programs: readonly string[];
  readonly events: readonly unknown[];
}

const Outcome = z.union([
  z.strictObject({ event: z.record(z.string(), z.unknown()) }),
  z.strictObject({ dropped: z.literal(true) }),
  z.strictObject({ failed: z.string() }),
]);
const Verdict = z.union([
  z.strictObject({ refused: z.string() }),
  z.strictObject({ events: z.array(Outcome) }),
]);
export type Verdict = z.infer<typeof Verdict>;

/** In: programs with events. Out: what the compiler refuses, or what becomes of each event. */
export async function runVrl(jobs: readonly Job[]): Promise<Verdict[]> {
  const vrl = await ensureTool("vrl");
  if (typeof vrl !== "string") throw new Error(vrl.message);
  const { stdout } = await execa(vrl, { input: JSON.stringify(jobs) });
  return z.array(Verdict).parse(JSON.parse(stdout));
}
