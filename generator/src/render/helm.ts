/** Renders through Helm: batches of releases, one process a core, a failing one found and named. */
import { messageOfTemplate } from "./helm-message.ts";
import { inTurns } from "./in-turns.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { libraryFolder, releaseValuesPath, serviceFile, serviceFolder } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { runHelm } from "./run-helm.ts";
import type { HelmOutcome } from "./run-helm.ts";
import { batchArguments, chartName, releaseMark, stageBatch } from "./stage.ts";
import type { RenderItem } from "./stage.ts";

export interface Rendered {
  /** Helm's documents by `chartName` of the item. */
  readonly documents: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

export interface HelmRun {
  readonly root: string;
  /** Path of the Helm binary. */
  readonly helm: string;
}

/** In: releases with complete values. Out: their documents as text. Problems: HELM_TEMPLATE_FAILED, HELM_FAILED. */
export async function renderReleases(
  run: HelmRun,
  items: readonly RenderItem[],
): Promise<Rendered> {
  if (items.length === 0) return { documents: new Map(), problems: [] };
  const results = await inTurns(inBatches(items), (batch) => renderBatch(run, batch));
  return {
    documents: new Map(results.flatMap((result) => [...result.documents])),
    problems: results.flatMap((result) => result.problems),
  };
}

/** Below this a second process costs more to start than it saves. */
const smallestBatch = 8;
/** Above this Helm needs more memory than it is given. */
const largestBatch = 250;

/** One batch a core, as long as they are neither too small nor too large. */
export function inBatches<T>(items: readonly T[]): T[][] {
  const cores = availableParallelism();
  const count = Math.max(
    Math.min(cores, Math.ceil(items.length / smallestBatch)),
    Math.ceil(items.length / largestBatch),
  );
  return Array.from({ length: count }, (_, index) =>
    items.filter((_item, position) => position % count === index),
  );
}

/** One bad release fails a whole Helm run: it is taken out and named, the others are rendered again. */
async function renderBatch(run: HelmRun, items: readonly RenderItem[]): Promise<Rendered> {
  const result = await template(run, items);
  if (result.kind === "rendered") return { documents: byRelease(result.stdout), problems: [] };
  if (result.kind === "failed")
    return { documents: new Map(), problems: [helmFailed(result.reason)] };
  // The path tells a service's environments apart; the library's own message only knows the service.
  const culprit =
    items.find((item) => result.stderr.includes(`/charts/${chartName(item)}/`)) ??
    items.find((item) => result.stderr.includes(`service=${item.service} `));
  if (culprit === undefined) return { documents: new Map(), problems: [helmFailed(result.stderr)] };
  const others = items.filter((item) => item !== culprit);
  const rest =
    others.length === 0
      ? { documents: new Map<string, string>(), problems: [] }
      : await renderBatch(run, others);
  return {
    documents: rest.documents,
    problems: [templateFailed(culprit, result.stderr), ...rest.problems],
  };
}

async function template(
  { root, helm }: HelmRun,
  items: readonly RenderItem[],
): Promise<HelmOutcome> {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-render-"));
  try {
    const chart = stageBatch(root, folder, items);
    const outcome = await runHelm({ helm, args: batchArguments(chart), folder });
    return outcome.kind === "refused"
      ? { kind: "refused", stderr: withoutNotices(outcome.stderr) }
      : outcome;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Helm tells about every symbolic link it follows; that is no error. */
const withoutNotices = (stderr: string): string =>
  stderr
    .split("\n")
    .filter((line) => !/^(level=|time=|WARNING)/.test(line))
    .join("\n")
    .trim();

/** Helm prints what it would do, then the notes of all releases, in no order: each begins with its mark (stage.ts). */
function byRelease(stdout: Buffer): Map<string, string> {
  const documents = new Map<string, string>();
  for (let mark = stdout.indexOf(releaseMark); mark !== -1;) {
    const name = mark + releaseMark.length;
    const text = stdout.indexOf("\n", name) + 1;
    const next = stdout.indexOf(`\n${releaseMark}`, text);
    documents.set(
      stdout.toString("utf8", name, text - 1),
      stdout.toString("utf8", text, next === -1 ? undefined : next),
    );
    mark = next === -1 ? -1 : next + 1;
  }
  return documents;
}

function templateFailed(item: RenderItem, stderr: string): Problem {
  const message = messageOfTemplate(stderr) ?? stderr.split("\n").at(-1) ?? "";
  const templateLine = /rzp-lib\/templates\/(_[a-z0-9-]+\.tpl):(\d+)/g;
  const place = [...stderr.matchAll(templateLine)].at(-1);
  const value = /<(\.[A-Za-z0-9_.$]+)>/.exec(stderr)?.[1];
  return {
    code: "HELM_TEMPLATE_FAILED",
    severity: "error",
    message: `Helm cannot render ${item.service}: ${message.trim()}`,
    place: { file: serviceFile(item.service), line: 1, column: 1 },
    environments: [item.environment],
    ...(place === null || place === undefined
      ? {}
      : {
          found: `charts/rzp-lib/templates/${place[1]} line ${place[2]}${value === undefined ? "" : `, value ${value}`}`,
        }),
    expected: "values the library can render",
    fix: `look at the value the message names; to see all of Helm's text: helm template ${item.service} ${serviceFolder(item.service)} -f ${releaseValuesPath(item.service, "<environment>")}`,
  };
}

function helmFailed(reason: string): Problem {
  return {
    code: "HELM_FAILED",
    severity: "error",
    message: `Helm stopped before it was done: ${reason.split("\n")[0] ?? ""}`,
    place: { file: libraryFolder },
    found: reason,
    fix: "run the command again; nothing was written",
  };
}
