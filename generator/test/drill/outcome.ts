/** What a drill of the one service came to. */
import { expect } from "vitest";
import { leftovers } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

export const resultOf = async (here: Scenario) => (await here.results())["prod.sonarr"];

/** Runs, and expects that the service did not pass, for this reason, and that nothing is left. */
export async function fails(here: Scenario, reason: string, message: RegExp): Promise<void> {
  expect(await here.run()).toBe(false);
  const result = await resultOf(here);
  expect(result).toMatchObject({ passed: false, reason });
  expect(result?.message).toMatch(message);
  expect(leftovers(here)).toEqual([]);
}
