/** The only caller of Helm: batches of releases, one process a core, a failing one found and named. */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { serviceFile } from "../load/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { chartName, stageBatch } from "./stage.ts";
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
export async function renderReleases(run: HelmRun, items: readonly RenderItem[]): Promise<Rendered> {
  if (items.length === 0) return { documents: new Map(), problems: [] };
  const batches = split(items, Math.min(availableParallelism(), Math.ceil(items.length / smallestBatch)));
  const results = await Promise.all(batches.map((batch) => renderBatch(run, batch)));
  return {
    documents: new Map(results.flatMap((result) => [...result.documents])),
    problems: results.flatMap((result) => result.problems),
  };
}

/** Below this a second process costs more to start than it saves. */
const smallestBatch = 8;

function split<T>(items: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, index) => items.filter((_item, position) => position % count === index));
}

/** One bad release fails a whole Helm run: it is taken out and named, the others are rendered again. */
async function renderBatch(run: HelmRun, items: readonly RenderItem[]): Promise<Rendered> {
  const result = await template(run, items);
  if (result.kind === "rendered") return { documents: bySource(result.stdout), problems: [] };
  if (result.kind === "failed") return { documents: new Map(), problems: [helmFailed(result.reason)] };
  const culprit = items.find((item) => result.stderr.includes(`/charts/${chartName(item)}/`) || result.stderr.includes(`service=${item.service} `));
  if (culprit === undefined) return { documents: new Map(), problems: [helmFailed(result.stderr)] };
  const others = items.filter((item) => item !== culprit);
  const rest = others.length === 0 ? { documents: new Map<string, string>(), problems: [] } : await renderBatch(run, others);
  return { documents: rest.documents, problems: [templateFailed(culprit, result.stderr), ...rest.problems] };
}

type Outcome = { readonly kind: "rendered"; readonly stdout: string } | { readonly kind: "refused"; readonly stderr: string } | { readonly kind: "failed"; readonly reason: string };

async function template({ root, helm }: HelmRun, items: readonly RenderItem[]): Promise<Outcome> {
  // Loaded when Helm really runs: starting it costs more than a run that finds all in the cache.
  const { execa } = await import("execa");
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-render-"));
  try {
    const { chart, values } = stageBatch(root, folder, items);
    const result = await execa(helm, ["template", "rzp", chart, "--values", values, "--skip-schema-validation"], {
      reject: false,
      stripFinalNewline: false,
      // Helm is short-lived: fewer collections, a fifth of the time.
      env: { GOGC: "400" },
    });
    if (!result.failed) return { kind: "rendered", stdout: String(result.stdout) };
    const stopped = result.isTerminated || result.exitCode === undefined;
    return stopped ? { kind: "failed", reason: result.shortMessage ?? "no reason was given" } : { kind: "refused", stderr: withoutNotices(String(result.stderr)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Helm tells about every symbolic link it follows; that is no error. */
const withoutNotices = (stderr: string): string =>
  stderr.split("\n").filter((line) => !/^(level=|time=|WARNING)/.test(line)).join("\n").trim();

const sourceLine = /^# Source: rzp\/charts\/([^/]+)\/templates\/all\.yaml$/;

/** Helm prints `---` and `# Source: chart/path` before each document. */
export function bySource(stdout: string): Map<string, string> {
  const texts = new Map<string, string[]>();
  for (const document of stdout.split(/^---\n/m)) {
    const end = document.indexOf("\n");
    const name = sourceLine.exec(document.slice(0, end))?.[1];
    const body = document.slice(end + 1).trim();
    if (name === undefined || body === "") continue;
    const list = texts.get(name) ?? [];
    list.push(`${body}\n`);
    texts.set(name, list);
  }
  return new Map([...texts].map(([name, documents]) => [name, documents.join("---\n")]));
}

function templateFailed(item: RenderItem, stderr: string): Problem {
  const [, message = stderr.split("\n").at(-1) ?? ""] = /(?:error calling \w+|execution error at \([^)]*\)): (.+)$/m.exec(stderr) ?? [];
  const templateLine = /rzp-lib\/templates\/(_[a-z0-9-]+\.tpl):(\d+)/g;
  const place = [...stderr.matchAll(templateLine)].at(-1);
  const value = /<(\.[A-Za-z0-9_.$]+)>/.exec(stderr)?.[1];
  return {
    code: "HELM_TEMPLATE_FAILED",
    severity: "error",
    message: `Helm cannot render ${item.service}: ${message.trim()}`,
    place: { file: serviceFile(item.service), line: 1, column: 1 },
    environments: [item.environment],
    ...(place === null || place === undefined ? {} : { found: `charts/rzp-lib/templates/${place[1]} line ${place[2]}${value === undefined ? "" : `, value ${value}`}` }),
    expected: "values the library can render",
    fix: `look at the value the message names; to see all of Helm's text: helm template ${item.service} charts/services/${item.service} -f charts/services/${item.service}/ci/${item.environment}-values.yaml`,
  };
}

function helmFailed(reason: string): Problem {
  return {
    code: "HELM_FAILED",
    severity: "error",
    message: `Helm stopped before it was done: ${reason.split("\n")[0] ?? ""}`,
    place: { file: "charts/rzp-lib" },
    found: reason,
    fix: "run the command again; nothing was written",
  };
}
