/** A plan as text for a terminal: what can be copied is a command, all else a comment. */
import type { RecoveryPlan } from "./recovery.ts";
import type { TimedStep } from "./timed.ts";
import { timeWords, timeWordsApart } from "./words.ts";

/** In: a plan. Out: its steps in order, the critical path marked, then the sums. */
export function recoveryText(plan: RecoveryPlan): string {
  const { environment, cluster, steps, time, withBulk, allowed } = plan;
  return [
    `# ${environment} on cluster ${cluster}, from nothing. * is on the critical path: the whole, or all but bulk, takes longer when it does.`,
    "",
    ...steps.flatMap((step, index) => stepLines(step, index)),
    `# All but bulk runs after ${timeWordsApart(time, allowed)}, of ${timeWords(allowed)} allowed.`,
    ...(withBulk === time ? [] : [`# Bulk runs after ${timeWords(withBulk)}, counted apart.`]),
    "",
  ].join("\n");
}

function stepLines(
  { name, about, after, takes, start, end, isCritical, isBulk, commands }: TimedStep,
  index: number,
): string[] {
  const waits = after.length === 0 ? "" : `, after ${after.join(" and ")}`;
  const mark = isCritical ? "*" : " ";
  return [
    `# ${mark} ${index + 1}. ${name}${isBulk ? " (bulk)" : ""}: ${about}`,
    `#      ${timeWords(start)} to ${timeWords(end)} (${timeWords(takes)})${waits}`,
    ...commands,
    "",
  ];
}
