/**
 * `npm run bench`: how long a render takes, beside Helm alone, in one run on one machine. One JSON line a case;
 * docs/performance.md says what each case is. `-- --services 150` measures one size, `--runs 1` is a quick look.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureHelm } from "../src/tools/helm-carrier.ts";
import { helmBatch, helmPerService, stageBatches } from "./baselines.ts";
import type { StagedBatch } from "./baselines.ts";
import { editCases, render } from "./cases.ts";
import { median } from "./median.ts";
import type { Figures } from "./measure.ts";
import { environments, platformFiles } from "./platform.ts";
import { benchFolder, countFiles, createBenchRepository, removeRepository } from "./repository.ts";
import type { BenchRepository } from "./repository.ts";

const { values: options } = parseArgs({
  options: {
    services: { type: "string", multiple: true, default: ["10", "25", "50", "100", "150", "1000"] },
    runs: { type: "string", default: "5" },
  },
});
const runs = Number(options.runs);
/** What a first render says. */
const created = /^[1-9]\d* created, 0 changed/m;

const folder = benchFolder();
try {
  for (const count of options.services.map(Number)) {
    await benchSize(count);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** All cases of one size. */
async function benchSize(count: number): Promise<void> {
  const helm = await ensureHelm();
  if ("code" in helm) throw new Error(helm.message);
  const { repository, batches, first, cold, batch, filled } = await benchCold(count, helm.path);
  const perService = await helmPerService(helm.path, repository.root);
  const size = {
    services: count,
    environments: environments.length,
    objects: countFiles(path.join(repository.root, "kubernetes")),
  };
  const tell = (name: string, figures: Figures, more = {}) => {
    const line = {
      case: name,
      ...size,
      ...rounded(figures),
      ratioToHelmPerService: round(perService.wallSeconds / figures.wallSeconds),
      ratioToHelmBatch: round(batch.wallSeconds / figures.wallSeconds),
      ...more,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  tell("helm-per-service", perService, { runs: 1, processes: perService.processes });
  tell("helm-batch", batch);
  tell("first", first, { cacheFilesBefore: 0 });
  tell("cold", cold, { cacheFilesBefore: 0, cacheFilesAfter: filled });
  for (const { name, edit, expected } of editCases) {
    const figures: Figures[] = [];
    for (let run = 0; run < runs; run++) {
      edit(repository.root, count, run);
      figures.push(await render(repository, expected));
    }
    tell(name, median(figures));
  }
  removeRepository(repository);
  for (const one of batches) rmSync(one.folder, { recursive: true, force: true });
}

interface Cold {
  /** The last one rendered, and its releases as Helm gets them. */
  readonly repository: BenchRepository;
  readonly batches: readonly StagedBatch[];
  /** As `cold`, and Node has compiled nothing of the generator. */
  readonly first: Figures;
  readonly cold: Figures;
  readonly batch: Figures;
  /** Files in the cache afterwards; there were none before. */
  readonly filled: number;
}

/** Nothing there yet, and the bare Helm batch right after it, so that both see the same load of the machine. */
async function benchCold(count: number, helm: string): Promise<Cold> {
  const first: Figures[] = [];
  const cold: Figures[] = [];
  const batch: Figures[] = [];
  for (let run = 1; ; run++) {
    const untouched = createBenchRepository(folder, platformFiles(count));
    first.push(await render(untouched, created, { NODE_DISABLE_COMPILE_CACHE: "1" }));
    removeRepository(untouched);
    const repository = createBenchRepository(folder, platformFiles(count));
    if (countFiles(repository.cache) > 0) throw new Error("the cache is not empty");
    cold.push(await render(repository, created));
    const filled = countFiles(repository.cache);
    const batches = stageBatches(repository.root);
    batch.push(await helmBatch(helm, batches));
    if (run >= runs)
      return {
        repository,
        batches,
        first: median(first),
        cold: median(cold),
        batch: median(batch),
        filled,
      };
    removeRepository(repository);
    for (const one of batches) rmSync(one.folder, { recursive: true, force: true });
  }
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

function rounded({ wallSeconds, cpuSeconds, peakMebibytes }: Figures): Figures {
  return {
    wallSeconds: round(wallSeconds),
    cpuSeconds: round(cpuSeconds),
    peakMebibytes: Math.round(peakMebibytes),
  };
}
