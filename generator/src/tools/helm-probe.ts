/**
 * Finds out which Helm a file is. A probe starts a process (40-90 ms), so the answer is kept in the
 * cache until the file changes.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, realpath, rename, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Host } from "./host.ts";

/** A smaller file is a script that may start another Helm tomorrow, so its answer is not kept. */
const binaryBytesMin = 1_000_000;

export type HelmProbe =
  | { readonly kind: "helm"; readonly version: string }
  | { readonly kind: "missing" }
  | { readonly kind: "notHelm"; readonly reason: string };

/**
 * Asks a file for its Helm version. In: the path of an executable. Out: the version as `v4.1.4`, or
 * that there is no such file, or why it is not Helm.
 */
export async function probeHelm(path: string, host: Host): Promise<HelmProbe> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return { kind: "missing" };
  const stamp = `${path}\n${found.size}\n${found.mtimeMs}`;
  const name = createHash("sha256").update(path).digest("hex").slice(0, 24);
  const memory = join(host.cache, "helm-probes", name);
  const kept = await readFile(memory, "utf8").catch(() => "");
  if (kept.startsWith(`${stamp}\n`)) return { kind: "helm", version: kept.slice(stamp.length + 1) };

  const probe = await askVersion(path);
  if (probe.kind === "helm" && (await isLasting(path))) {
    await keep(memory, `${stamp}\n${probe.version}`);
  }
  return probe;
}

/**
 * Says whether a Helm is another one only when its file is. In: its path. Version managers link `helm` to themselves and look at the
 * working folder, and a script may start any: of these nothing may be remembered.
 */
export async function isLasting(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.size < binaryBytesMin) return false;
  return basename(await realpath(path)).includes("helm");
}

async function askVersion(path: string): Promise<HelmProbe> {
  const { execa } = await import("execa");
  const result = await execa(path, ["version", "--short"], { reject: false, timeout: 20_000 });
  const version = /^v(\d+\.\d+(?:\.\d+)?)/.exec(result.stdout ?? "")?.[1];
  if (!result.failed && version !== undefined) return { kind: "helm", version: `v${version}` };
  const said = (result.stderr || result.stdout || result.shortMessage || "").split("\n", 1)[0];
  return { kind: "notHelm", reason: said || "it printed no version" };
}

/** A cache that cannot be written costs a probe next time, nothing else. */
async function keep(file: string, content: string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(unfinished, content);
    await rename(unfinished, file);
  } catch {
    // Nothing to do: see above.
  }
}
