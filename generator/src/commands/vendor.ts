/** `npm run vendor <service>`: a copy of a service's upstream chart in the repository, rendered and checked like all others. */
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { serviceFile } from "../model/paths.ts";
import { readTree } from "../load/tree.ts";
import type { SourceTree } from "../model/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { placeProblems } from "../problems/place.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { readArchive } from "../render/charts/archive.ts";
import { pullChart } from "../render/charts/pull.ts";
import type { ChartArchive } from "../release/chart.ts";
import { propertyText, withArchive, withoutArchive } from "../scaffold/edits/chart-archive.ts";
import {
  archivePath,
  noChart,
  pulledProblem,
  pullFailed,
  serviceToVendor,
} from "../scaffold/vendor.ts";
import type { VendoredService } from "../scaffold/vendor.ts";
import { ensureHelm } from "../tools/helm-carrier.ts";
import type { Invocation } from "./arguments.ts";
import { writeAll } from "./render-all.ts";
import { printProblems } from "../print-problems.ts";
import { repositoryRoot } from "./repository-paths.ts";
import { say } from "./say.ts";

/**
 * Exit code: 0 vendored and rendered, 1 findings on rendered objects, 2 a mistake. A chart that was pulled is kept
 * even if it does not render yet.
 */
export async function vendor(invocation: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const [name = ""] = invocation.names;
  const folder = invocation.to === undefined ? undefined : folderInside(root, invocation.to);
  if (invocation.to !== undefined && folder === undefined)
    return usageMistake(`--to is a folder of this repository, not \`${invocation.to}\``);
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree);
  const found = value === undefined ? undefined : serviceToVendor(tree, value, name);
  const refused = found === undefined ? problems : "problem" in found ? [found.problem] : [];
  if (found === undefined || "problem" in found) return refuse({ tree, invocation }, refused);
  const site = { root, tree, invocation };
  const changed = invocation.remove ? removeCopy(site, found) : await pullCopy(site, found, folder);
  if ("code" in changed) return refuse(site, [changed]);
  say(`${changed.done}\n`, invocation.format);
  const code = await writeAll(root, invocation);
  if (code !== 0)
    process.stderr.write(
      "The change of the chart is kept. Mend what is said above, then: npm run render\n",
    );
  return code;
}

interface Site {
  readonly root: string;
  readonly tree: SourceTree;
  readonly invocation: Invocation;
}

/** Pulls first: nothing is touched before the right chart is here. */
async function pullCopy(
  { root, tree }: Site,
  wanted: VendoredService,
  folder: string | undefined,
): Promise<{ done: string } | Problem> {
  const helm = await ensureHelm();
  if ("code" in helm) return helm;
  const temporary = mkdtempSync(path.join(tmpdir(), "rzp-pull-"));
  try {
    const pulled = await pullChart({
      helm: helm.path,
      from: wanted.from,
      version: wanted.version,
      folder: temporary,
    });
    if (pulled.kind === "refused") return pullFailed(wanted, pulled.reason);
    const archive = readArchive(pulled.file);
    const problem = pulledProblem(wanted, archive);
    if (problem !== undefined || archive.kind !== "chart")
      return problem ?? pullFailed(wanted, "what came back is no packaged chart");
    const file = archivePath(wanted, archive, folder);
    place(path.join(root, file), pulled.file);
    const written = writeArchive({ root, tree }, wanted.service, { file, digest: archive.digest });
    if (written !== undefined) return written;
    if (wanted.archive !== undefined && wanted.archive.file !== file) removeUnused(root, wanted);
    return {
      done: `${wanted.service}: ${archive.name} ${archive.version} is kept as ${file} (${archive.digest})`,
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Takes its name when it is complete. */
function place(target: string, file: string): void {
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(file, `${target}.${process.pid}`);
  renameSync(`${target}.${process.pid}`, target);
}

function writeArchive(
  { root, tree }: Pick<Site, "root" | "tree">,
  service: string,
  archive: ChartArchive,
): Problem | undefined {
  const file = serviceFile(service);
  const text = withArchive(tree.sources.get(file) ?? "", archive);
  if (text === undefined) {
    return problemAt("VENDOR_NOT_WRITTEN", file, ["chart"], {
      message: `the chart is kept as ${archive.file}, and \`chart\` is not written as a plain object here`,
      expected: "chart: { from: …, version: … }",
      fix: `write into it: ${propertyText(archive)}`,
    });
  }
  writeFileSync(path.join(root, file), text);
  return undefined;
}

function removeCopy({ root, tree }: Site, wanted: VendoredService): { done: string } | Problem {
  const { service, archive } = wanted;
  const file = serviceFile(service);
  const text = withoutArchive(tree.sources.get(file) ?? "");
  if (archive === undefined)
    return noChart(service, {
      message: `${service} has no copy of its chart to remove`,
      expected: "chart.archive",
      fix: "nothing to do: Argo CD fetches the chart",
    });
  if (text === undefined)
    return problemAt("VENDOR_NOT_WRITTEN", file, ["chart", "archive"], {
      message: "`chart` is not written as a plain object here",
      expected: "chart: { from: …, version: …, archive: … }",
      fix: "remove archive by hand",
    });
  writeFileSync(path.join(root, file), text);
  removeUnused(root, wanted);
  return { done: `${service}: Argo CD fetches the chart itself from now on` };
}

/** Two services may be rendered from one archive. */
function removeUnused(root: string, { archive, usedByOthers }: VendoredService): void {
  if (archive !== undefined && !usedByOthers.has(archive.file))
    rmSync(path.join(root, archive.file), { force: true });
}

function folderInside(root: string, wanted: string): string | undefined {
  const relative = path.relative(root, path.resolve(root, wanted));
  return relative.startsWith("..") || path.isAbsolute(relative)
    ? undefined
    : relative.split(path.sep).join("/");
}

function usageMistake(text: string): 2 {
  process.stderr.write(`${text}\n`);
  return 2;
}

async function refuse(
  { tree, invocation }: Pick<Site, "tree" | "invocation">,
  problems: readonly Problem[],
): Promise<2> {
  printProblems(
    tree.root,
    await placeProblems(tree.sources, { problems, rejections: [] }),
    invocation.format,
  );
  return 2;
}
