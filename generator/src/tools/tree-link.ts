/** Links the tools of the cache into the clone, where people and editors look for them. */
import { randomUUID } from "node:crypto";
import { mkdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Host } from "./host.ts";

/**
 * Makes `.tools/bin/<name>` point at a path of the cache; the path holds the hash of the pins, so a
 * link to another one is an old one and is replaced. In: name and path. The link is a comfort:
 * nothing fails without it.
 */
export async function linkIntoTree(name: string, path: string, host: Host): Promise<void> {
  const folder = join(host.root, ".tools", "bin");
  const link = join(folder, name);
  if ((await readlink(link).catch(() => "")) === path) return;
  const unfinished = join(folder, `.${name}.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await symlink(path, unfinished);
    await rename(unfinished, link);
  } catch {
    await rm(unfinished, { force: true });
  }
}
