/** Values that were judged before are not judged again: the same comes of them, and what was not right is never remembered. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { memoryIn } from "../../src/cache/memory.ts";
import { model } from "../../src/judge.ts";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import type { Evaluation } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import { overlayEnvironment } from "../../src/overlay/environment.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import type { Judge } from "../../src/problems/judge.ts";
import { remembered, remembering, Unjudged } from "../../src/remembered.ts";
import { validateTree } from "../../src/validate/tree.ts";
import { baseFile, createRepository, projectRoot } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const sonarr = "charts/services/sonarr/values.ts";
const text = baseFile(sonarr);

const memoryOf = ({ root }: Repository) => memoryIn(path.join(root, ".cache/judged"));

async function evaluated({ root }: Repository, judges = false) {
  const tree = readTree(root);
  return { tree, evaluation: await evaluateFiles(root, authoredFiles(tree), { judges }) };
}

function judgedBy(
  judge: Judge,
  { tree, evaluation }: { tree: ReturnType<typeof readTree>; evaluation: Evaluation },
) {
  const { authored, problems } = validateTree(tree, evaluation.values, judge);
  const environments = tree.environments.map((name) =>
    overlayEnvironment(tree, authored, name, judge),
  );
  return { authored, problems, environments };
}

test("from memory come the same services, overlays and environments as from the model", async () => {
  using repository = createRepository();
  const found = await evaluated(repository);
  const first = memoryOf(repository);
  const byModel = judgedBy(remembering(model, first), found);
  expect(byModel.environments.some(({ result }) => result !== undefined)).toBe(true);
  first.keep();
  // The order of keys is part of what is kept: it becomes the order of lines.
  expect(JSON.stringify(judgedBy(remembered(memoryOf(repository)), found))).toBe(
    JSON.stringify(judgedBy(model, found)),
  );
  expect(judgedBy(remembered(memoryOf(repository)), found)).toEqual(byModel);
});

test.each([
  ["a service", { [sonarr]: text.replace('"info"', '"trace"') }],
  [
    "an overlay",
    {
      "environments/dev/prowlarr.ts":
        'import { overlay } from "#rzp";\nexport default overlay("prowlarr", { replicas: 1 });\n',
    },
  ],
])("%s that is another one was not judged before", async (_what, files) => {
  using repository = createRepository();
  const memory = memoryOf(repository);
  judgedBy(remembering(model, memory), await evaluated(repository));
  for (const [file, changed] of Object.entries(files)) repository.write(file, changed);
  const found = await evaluated(repository);
  expect(() => judgedBy(remembered(memory), found)).toThrow(Unjudged);
});

test("a thread that runs a file judges it as the model does", async () => {
  using repository = createRepository();
  const { evaluation } = await evaluated(repository, true);
  const exported = evaluation.values.get(sonarr) as { rzp: "service"; spec: unknown };
  expect(JSON.stringify(evaluation.judged?.get(sonarr))).toBe(
    JSON.stringify(model.value(exported.rzp, exported.spec, sonarr).data),
  );
});

test("a mistake is told each time, and a mended file is right again", async () => {
  using repository = createRepository();
  const build = async () => {
    const { tree, evaluation } = await evaluated(repository, true);
    const { problems } = await buildPlatform(tree, evaluation, memoryOf(repository));
    return problems.map(({ code, place: { file, line } }) => ({ code, file, line }));
  };
  expect(await build()).toEqual([]);
  repository.write(sonarr, text.replace("8989", '"many"'));
  const wrong = await build();
  expect(wrong).not.toEqual([]);
  expect(await build()).toEqual(wrong);
  repository.write(sonarr, text);
  expect(await build()).toEqual([]);
});

const runtimeImport = /^(?:import|export)\b(?!\s+type\b)[^;]*?["']([^"']+)["'];/gms;

test("nothing that every render loads needs the model, which takes longer to load than the rest", () => {
  const sources = path.join(projectRoot, "generator/src");
  const seen = new Map<string, string>();
  const waiting = ["commands/render-all.ts", "pipeline.ts"].map((file) => ({ file, by: "" }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { file, by } = next;
    if (seen.has(file)) continue;
    seen.set(file, by);
    const source = readFileSync(path.join(sources, file), "utf8");
    for (const [, specifier = ""] of source.matchAll(runtimeImport)) {
      expect(specifier, `${file}, which is imported by ${by}`).not.toBe("zod");
      if (specifier.startsWith("."))
        waiting.push({ file: path.normalize(path.join(path.dirname(file), specifier)), by: file });
    }
  }
  expect(seen.size).toBeGreaterThan(150);
});
