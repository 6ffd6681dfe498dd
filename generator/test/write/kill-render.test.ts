/** The same proof for the whole command: `render` as a person starts it, killed between its first write and its exit. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { createRepository, projectRoot } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";
import {
  childEnvironment,
  findDamage,
  foreignFiles,
  hasJournal,
  hasStaging,
  makeRepository,
  putFile,
  readTree,
  whenEnded,
} from "./support.ts";
import type { Ended, Tree } from "./support.ts";

/** A kill takes seconds: ten times as many where proofs may take long, with `npm run e2e -- --all`. */
const killsWanted = process.env["RZP_E2E_ALL"] === "1" ? 200 : 20;
const lanes = 2;
const killer = pathToFileURL(path.join(import.meta.dirname, "kill-in-render.ts")).href;
const prod = "environments/prod/environment.ts";

/** From one state to the other files change, some appear, and those of a service go. */
const edits = {
  even: (text: string) => text,
  odd: (text: string) =>
    text
      .replace('"example.com"', '"example.org"')
      .replace('"blocky", ', "")
      .replace("prod", "main"),
};
type State = keyof typeof edits;

interface Lane {
  readonly repository: Repository;
  /** Of the command; beside the repository, so that all it writes there is what is looked at. */
  readonly cache: string;
  readonly authored: string;
  /** What a fresh render gives, and in how many calls it is written when it comes after the other state. */
  readonly fresh: Readonly<Record<State, { tree: Tree; calls: number }>>;
}

test(
  `${killsWanted} kills of render: every file is old or new, and the next run gives exactly the fresh render`,
  { timeout: killsWanted * 9_000 },
  async () => {
    const tally = { kills: 0, journal: 0, staging: 0 };
    await Promise.all(Array.from({ length: lanes }, () => killInLane(tally)));
    console.info("kills of render:", JSON.stringify(tally));
    expect(tally.kills).toBe(killsWanted);
    expect(tally.journal).toBeGreaterThan(0);
  },
);

async function killInLane(tally: { kills: number; journal: number; staging: number }) {
  using repository = createRepository();
  const lane = await prepare(repository);
  const { root } = repository;
  for (let run = 1; run <= killsWanted / lanes; run++) {
    const [from, to]: readonly State[] = run % 2 === 0 ? ["odd", "even"] : ["even", "odd"];
    if (from === undefined || to === undefined) return;
    write(lane, to);
    // One call more is its exit.
    const call = Math.ceil(Math.random() * (lane.fresh[to].calls + 1));
    expect(await render(lane, call), `killed in call ${call}`).toMatchObject({ signal: "SIGKILL" });
    tally.kills++;
    if (hasJournal(root)) tally.journal++;
    else if (hasStaging(root)) tally.staging++;
    expect(findDamage(readTree(root), lane.fresh[from].tree, lane.fresh[to].tree)).toEqual([]);
    const next = await repository.run(["render"], { env: { RZP_CACHE: lane.cache } });
    expect(next.exitCode).toBe(0);
    expect(readTree(root)).toEqual(lane.fresh[to].tree);
    expect(hasStaging(root)).toBe(false);
  }
}

/** Renders both states once, the first one last. */
async function prepare(repository: Repository): Promise<Lane> {
  const { root } = repository;
  for (const [file, content] of foreignFiles) putFile(root, file, content);
  const fresh = { even: { tree: new Map(), calls: 0 }, odd: { tree: new Map(), calls: 0 } };
  const authored = readFileSync(path.join(root, prod), "utf8");
  const lane: Lane = { repository, cache: makeRepository(), authored, fresh };
  for (const state of ["even", "odd", "even"] as const) {
    write(lane, state);
    expect(await render(lane)).toMatchObject({ code: 0 });
    const calls = Number(readFileSync(path.join(lane.cache, "calls"), "utf8"));
    fresh[state] = { tree: readTree(root), calls };
  }
  return lane;
}

function write({ repository, authored }: Lane, state: State): void {
  repository.write(prod, edits[state](authored));
}

/** The command in a process of its own, killed in a call where one is given. */
function render({ repository: { root }, cache }: Lane, call = 0): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [`--import=${killer}`, path.join(projectRoot, "generator/rzp.js"), "render"],
    {
      cwd: root,
      stdio: "ignore",
      env: {
        ...childEnvironment,
        INIT_CWD: root,
        RZP_CACHE: cache,
        RZP_KILL_ROOT: root,
        RZP_KILL_AT: String(call),
        RZP_KILL_COUNT: path.join(cache, "calls"),
      },
    },
  );
  return whenEnded(child);
}
