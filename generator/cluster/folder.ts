/** The folder of a local cluster: all there is of it. */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stopPrograms } from "./process.ts";

const sign = "of-a-local-cluster";

/** A folder that is not a local cluster's, where one should be. */
export class ForeignFolder extends Error {}

/** Makes an empty folder of what is one already or is not there. Programs an earlier cluster left are ended. Throws for a folder of something else. */
export async function clearFolder(folder: string): Promise<void> {
  await removeFolder(folder);
  mkdirSync(join(folder, sign), { recursive: true });
}

/** Ends a cluster and removes its folder. Nothing happens where there is none. */
export async function removeFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  if (readdirSync(folder).length > 0 && !existsSync(join(folder, sign))) {
    throw new ForeignFolder(`${folder} is not the folder of a local cluster`);
  }
  await stopPrograms(folder);
  rmSync(folder, { recursive: true, force: true });
}
