/** The scenario of the test that runs. */
import { onTestFinished } from "vitest";
import { scenario } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

/** In: what `scenario` takes. It ends with the test. */
export async function start(...of: Parameters<typeof scenario>): Promise<Scenario> {
  const here = await scenario(...of);
  onTestFinished(here.close);
  return here;
}
