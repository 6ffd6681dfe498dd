/**
 * Whatever was kept of earlier runs, a run gives what one gives that knows nothing of them: the same files, the same
 * words, the same exit code. Two repositories are edited alike; one keeps all, of the other all that is kept is removed.
 */
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { baseFile, createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";
import { commit, edits, filesIn, git, harms, mistakes, undo } from "./edits.ts";

const render = ["render"];
const commands = [
  render,
  render,
  render,
  render,
  ["render", "--format", "json"],
  ["render", "--check"],
  ["check", "--format", "json"],
  ["explain", "sonarr"],
];

/** Whether all is up to date: no mistake, if not. */
const isAsked = (command: readonly string[]) => command.includes("--check");

const home = baseFile("environments/clusters/home.ts")
  .replaceAll("blackbox-exporter", "prober")
  .replace('{ app: "prober" }', '{ "app.kubernetes.io/name": "prober" }');
const prod = baseFile("environments/prod/environment.ts");

const prober = `import { defineService } from "#rzp";
export default defineService({
  tier: "observability", about: "Asks all others", image: "ghcr.io/example/asker:1.0.0", size: "tiny",
  ports: { http: 9115 }, health: { http: "/" },
});
`;

/** Two environments on one cluster, a third one on another; who asks all whether they answer; an address that is allocated. */
function repositoryOfThree(): Repository {
  const repository = createRepository({
    files: {
      ".gitignore": ".cache\n.rzp\nnode_modules\n",
      "charts/services/prober/values.ts": prober,
      "charts/services/blocky/values.ts": baseFile("charts/services/blocky/values.ts").replace(
        'address: "dns", ',
        "",
      ),
      "environments/prod/environment.ts": prod.replace("services: [", 'services: ["prober", '),
      "environments/clusters/home.ts": home,
      "environments/clusters/lab.ts": home.replace('"prod"', '"trial"'),
      "environments/trial/environment.ts": prod
        .replace('cluster: "home"', 'cluster: "lab"')
        .replace("example.com", "trial.example.com")
        .replace(/services: \[.*\]/, 'services: ["blocky"]'),
    },
  });
  git(repository, "init", "--quiet");
  return repository;
}

const names = [...Object.keys(edits), ...Object.keys(harms)];

/** Every edit once, in any order. Each comes with a number, which chooses where, and how it is looked at. */
const steps = fc
  .shuffledSubarray(names, { minLength: names.length })
  .chain((shuffled) =>
    fc.tuple(
      ...shuffled.map((name) => fc.tuple(fc.constant(name), fc.noBias(fc.nat({ max: 999 })))),
    ),
  );

const treeOf = (repository: Repository) =>
  Object.fromEntries(
    ["kubernetes", "charts/services", "environments"]
      .flatMap((folder) => filesIn(repository, folder))
      .map((file) => [
        file,
        createHash("sha1")
          .update(readFileSync(path.join(repository.root, file)))
          .digest("hex"),
      ]),
  );

/** In: two repositories that are alike. Out: the exit code of the command in both, which must be one. */
async function compare(keeping: Repository, forgetting: Repository, command: readonly string[]) {
  for (const folder of [".rzp", ".cache"])
    rmSync(path.join(forgetting.root, folder), { recursive: true, force: true });
  const run = async (repository: Repository, args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await repository.run(args);
    return { exitCode, stdout, stderr, tree: treeOf(repository) };
  };
  // What it would keep is thrown away; `explain` has no such option.
  const alone = command[0] === "explain" ? command : [...command, "--no-cache"];
  const [found, wanted] = await Promise.all([run(keeping, command), run(forgetting, alone)]);
  expect(found).toEqual(wanted);
  return wanted.exitCode;
}

test("after any edits a run gives what one gives that has kept nothing", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (chosen) => {
      using keeping = repositoryOfThree();
      using forgetting = repositoryOfThree();
      const both = [keeping, forgetting];
      expect(await compare(keeping, forgetting, ["render"])).toBe(0);
      both.forEach(commit);
      for (const [name, number] of chosen) {
        harms[name]?.(keeping, number);
        for (const repository of both) edits[name]?.(repository, number);
        const command = commands[number % commands.length] ?? render;
        try {
          const code = await compare(keeping, forgetting, command);
          const isWrong = name in mistakes || code === 2 || (code === 1 && !isAsked(command));
          if (isWrong) both.forEach(undo);
        } catch (error) {
          throw new Error(`after "${name}" with ${number}, ${command.join(" ")}`, { cause: error });
        }
      }
    }),
    // It would take an hour to find fewer steps that fail.
    { numRuns: 1, endOnFailure: true },
  );
});
