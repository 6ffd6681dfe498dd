/** What a plan changes, for people and as problems. */
import { remainsText } from "../argocd/remains-text.ts";
import type { Remains } from "../argocd/remains.ts";
import type { ByHand } from "../check/by-hand.ts";
import type { WritePlan } from "../output/files.ts";
import type { Problem } from "../problems/problem.ts";
import { byHandText } from "./by-hand-text.ts";

const listedMost = 20;

interface Written {
  readonly plan: WritePlan;
  /** Links to the library that were made. */
  readonly links: readonly string[];
  readonly byHand: readonly ByHand[];
  /** What stays on the cluster. */
  readonly remains: readonly Remains[];
}

/** Out: files, counts, what a person does beside the push, the data that stays with the commands that delete it. */
export function summary({ plan, links, byHand, remains }: Written): string {
  const lines = [
    ...links.map((link) => `+ ${link}`),
    ...plan.writes.map(({ path: file, kind }) => `${kind === "create" ? "+" : "~"} ${file}`),
    ...plan.removals.map((file) => `- ${file}`),
  ];
  const shown = lines.slice(0, listedMost);
  const more = lines.length > shown.length ? [`… and ${lines.length - shown.length} more`] : [];
  const created = plan.writes.filter(({ kind }) => kind === "create").length;
  const total = `${created} created, ${plan.writes.length - created} changed, ${plan.removals.length} removed, ${plan.unchanged} unchanged`;
  return `${[...shown, ...more, total].join("\n")}\n${byHandText(byHand)}${remainsText(remains)}`;
}

/** Problems: OUTPUT_OUT_OF_DATE, one for each file a render would change. */
export function outdatedFiles(plan: WritePlan): Problem[] {
  const verb = { create: "is missing", update: "is out of date" };
  return [
    ...plan.writes.map(({ path: file, kind }) => outdatedFile(file, verb[kind])),
    ...plan.removals.map((file) => outdatedFile(file, "is no longer rendered")),
  ];
}

/** OUTPUT_OUT_OF_DATE, at a file. */
export function outdatedFile(file: string, what: string): Problem {
  return {
    code: "OUTPUT_OUT_OF_DATE",
    severity: "error",
    message: `${file} ${what}`,
    place: { file },
    fix: "npm run render, and commit the result",
  };
}
