/** The same proof for every single step: the process is killed in its first call that writes, its second, … */
import { expect, test } from "vitest";
import { recoverJournal } from "../../src/write/repository-lock.ts";
import { renderOnce } from "./render-once.ts";
import { renderState } from "./states.ts";
import {
  findDamage,
  foreignFiles,
  hasJournal,
  hasStaging,
  makeRepository,
  putFile,
  readTree,
  startChild,
  stateOf,
  treeOf,
  whenEnded,
} from "./support.ts";

const size = 4;

test(
  "killed in any of its calls, a run leaves whole files and the next one completes the tree",
  { timeout: 120_000 },
  async () => {
    const root = makeRepository();
    for (const [path, content] of foreignFiles) putFile(root, path, content);
    const [before, after] = [treeOf(renderState("even", size)), treeOf(renderState("odd", size))];
    const outcomes: string[] = [];
    for (let call = 1; outcomes.at(-1) !== "ended"; call++) {
      await renderOnce({ root, state: "even", size });
      expect(readTree(root)).toEqual(before);
      const child = startChild({
        root,
        state: "odd",
        size,
        environment: { RZP_KILL_AT: String(call) },
      });
      const { code, signal } = await whenEnded(child);
      expect([code, signal]).toEqual(signal === null ? [0, null] : [null, "SIGKILL"]);
      const found = readTree(root);
      expect(findDamage(found, before, after)).toEqual([]);
      const hadJournal = hasJournal(root);
      outcomes.push(signal === null ? "ended" : hadJournal ? "journal" : "no journal");
      await recoverJournal(root, { stateFolder: stateOf(root) });
      expect(readTree(root)).toEqual(hadJournal ? after : found);
      await renderOnce({ root, state: "odd", size });
      expect(readTree(root)).toEqual(after);
      expect(hasStaging(root)).toBe(false);
    }
    console.info(
      "calls:",
      outcomes.length - 1,
      "with journal:",
      outcomes.filter((outcome) => outcome === "journal").length,
    );
    // 2 services change by 2 files each, 2 appear, 2 go with 4 files each.
    expect(outcomes.filter((outcome) => outcome === "journal").length).toBeGreaterThanOrEqual(16);
    expect(outcomes.filter((outcome) => outcome === "no journal").length).toBeGreaterThanOrEqual(
      16,
    );
  },
);
