/** Runs in a thread: reads what is on disk, and posts it. See read-tree-meanwhile.ts. */
import { parentPort, workerData } from "node:worker_threads";
import type { ThreadData } from "../thread.ts";
import { readKnownOutputs } from "./known-outputs.ts";
import { readOwnedTree } from "./read-tree.ts";
import type { OwnedTree, Posted } from "./read-tree-meanwhile.ts";

const port = parentPort;
const { root, ownedRoots, stateFolder } = (workerData as ThreadData<OwnedTree>).data;
const known = stateFolder === undefined ? new Map() : readKnownOutputs(stateFolder);
port?.postMessage(readOwnedTree(root, ownedRoots, known) satisfies readonly Posted[]);
