/** `helm pull`: the only way a chart comes into the repository. Logins and certificates are Helm's own business. */
import { asTree } from "../../model/data.ts";
import { readdirSync } from "node:fs";
import path from "node:path";
import { nameOfChart } from "../../release/chart.ts";

export type Pulled =
  | { readonly kind: "pulled"; readonly file: string }
  | { readonly kind: "refused"; readonly reason: string };

export interface PullRequest {
  readonly helm: string;
  readonly from: string;
  readonly version: string;
  /** An empty folder. */
  readonly folder: string;
}

/** A server that says nothing at all. */
const timeoutMs = 120_000;

/** In: a chart and version, an empty folder. Out: the archive in it, or Helm's own words. */
export async function pullChart(request: PullRequest): Promise<Pulled> {
  const source = await sourceOf(request);
  if ("reason" in source) return { kind: "refused", reason: source.reason };
  const result = await run(request.helm, [
    "pull",
    ...source.words,
    "--version",
    request.version,
    "--destination",
    request.folder,
  ]);
  if (result.reason !== undefined) return { kind: "refused", reason: result.reason };
  const file = readdirSync(request.folder).find((name) => name.endsWith(".tgz"));
  return file === undefined
    ? { kind: "refused", reason: "Helm says it is done, and left no archive" }
    : { kind: "pulled", file: path.join(request.folder, file) };
}

/** A repository that a person added to Helm is asked by its name there: only then does Helm use the login kept with it. */
async function sourceOf({
  helm,
  from,
}: PullRequest): Promise<{ words: readonly string[] } | { reason: string }> {
  if (from.startsWith("oci://"))
    return { words: [from, ...(isLoopback(from) ? ["--plain-http"] : [])] };
  const name = nameOfChart(from);
  const url = from.slice(0, -name.length - 1);
  const known = await knownRepository(helm, url);
  if (known === undefined) return { words: [name, "--repo", url] };
  const { reason } = await run(helm, ["repo", "update", known]);
  return reason === undefined ? { words: [`${known}/${name}`] } : { reason };
}

async function knownRepository(helm: string, url: string): Promise<string | undefined> {
  const { stdout, reason } = await run(helm, ["repo", "list", "--output", "json"]);
  // Without any repository Helm calls the question an error.
  if (reason !== undefined) return undefined;
  const repositories: unknown = JSON.parse(stdout);
  const known = (Array.isArray(repositories) ? repositories : [])
    .map(asTree)
    .find((repository) => String(repository["url"]).replace(/\/+$/, "") === url);
  return known === undefined ? undefined : String(known["name"]);
}

/** Nobody has a certificate for these. */
const isLoopback = (from: string) =>
  /^oci:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\//.test(from);

async function run(
  helm: string,
  words: readonly string[],
): Promise<{ stdout: string; reason?: string }> {
  const { execa } = await import("execa");
  const result = await execa(helm, words, { reject: false, timeout: timeoutMs });
  const stdout = result.stdout ?? "";
  if (!result.failed) return { stdout };
  if (result.timedOut) return { stdout, reason: `no answer within ${timeoutMs / 1000} seconds` };
  return {
    stdout,
    reason: (result.stderr ?? "").trim() || (result.shortMessage ?? "no reason was given"),
  };
}
