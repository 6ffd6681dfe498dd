/** Whether the nodes of a cluster have room. */
import type { CodeEntry } from "./entry.ts";

export const capacity = {
  POD_FITS_NOWHERE: {
    title: "A pod that no node takes",
    meaning:
      "A pod asks for more than any node of its cluster has, for labels none has, or does not tolerate their taints. It would wait for ever.",
    remedy:
      "The message says what keeps it off the nodes. Ask for less, or change the nodes in the cluster's file.",
  },
  GPU_NOWHERE: {
    title: "A GPU that no node has",
    meaning: "A component asks for a GPU, and no node of its cluster says that it has such a one.",
    remedy: "Say `gpu` at the node that has it, in the cluster's file, or take it out.",
  },
  QUOTA_BELOW_REQUESTS: {
    title: "A quota that holds up the service's own pods",
    meaning:
      "The quota of a service, as its field says it or as an object or patch makes it, is below what its pods ask for while a new version comes in: some of them would never be made.",
    remedy: "Raise the quota to what the message says, or leave it out: then it is derived.",
  },
  CAPACITY_EXCEEDED: {
    title: "More pods than the cluster has room for",
    meaning:
      "What all environments of a cluster ask for, with the room a restore drill needs, is more than its nodes have together, or they have room for it only if pods come in a lucky order; or more pods take one port of their node than there are nodes.",
    remedy:
      "The message names the services that ask for most, `npm run capacity` shows each node. Write smaller sizes, a lower `requests` factor, another port, or add a node.",
  },
  CAPACITY_NODE_LOSS: {
    title: "No room when a node is gone",
    meaning:
      "With all nodes every pod runs; with one of them gone not every pod would, at least in some order in which they may come.",
    remedy:
      'Make room, or say in the carrier why not: `spareNode: because(false, "say why here")`.',
  },
} as const satisfies Record<string, CodeEntry>;
