/** Reads what is on disk while this thread does something else: thousands of files are asked about. */
import { once } from "node:events";
import type { ExistingFile } from "../output/files.ts";
import { startThread } from "../thread.ts";
import { KnownFile } from "./read-tree.ts";

export interface OwnedTree {
  readonly root: string;
  readonly ownedRoots: readonly string[];
  /** Where the last run has noted what it left; undefined to read every file. */
  readonly stateFolder: string | undefined;
}

/** What comes of a file that is as the last run left it has no content: a getter stays in its thread. */
export type Posted = ExistingFile | Required<Pick<ExistingFile, "path" | "known">>;

/** Out: as readOwnedTree. */
export async function readTreeMeanwhile(tree: OwnedTree): Promise<ExistingFile[]> {
  const thread = startThread(new URL("./read-tree-thread.ts", import.meta.url), tree);
  const [files] = (await once(thread, "message")) as [readonly Posted[]];
  return files.map((file) =>
    "content" in file ? file : new KnownFile(tree.root, file.path, file.known),
  );
}
