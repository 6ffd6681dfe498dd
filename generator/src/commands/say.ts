/** What a command says beside its report. */
import type { ProblemFormat } from "../problems/format.ts";

/** To stdout for people; to stderr where a machine reads stdout, which then holds the report and nothing else. */
export function say(text: string, format: ProblemFormat): void {
  (format === "human" ? process.stdout : process.stderr).write(text);
}
