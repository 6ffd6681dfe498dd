/**
 * Leaves that change nothing that is rendered, each because of a part that is still to come. A leaf that
 * begins to act must leave this list, so it can only shrink. `**` stands for any way to the leaf.
 */
export const notActingYet: Readonly<Record<string, string>> = {
  "**.because": "reasons are read by people, in the file",
  "**.secrets.*.about": "what a secret is is read by people, in `npm run secrets`",
  "Cluster.publicNames.zone.id": "read by provisioning, which keeps records",
  "Cluster.publicNames.account": "read by provisioning, which keeps the tunnel",
  "Cluster.nodes.*<SizedNode>.address": "addresses of nodes are read by provisioning",
};

/** The entry that speaks of a leaf; undefined when it has to act. */
export function entryFor(leaf: string): string | undefined {
  return Object.keys(notActingYet).find((pattern) => matches(pattern, leaf));
}

function matches(pattern: string, leaf: string): boolean {
  if (pattern.startsWith("**")) return leaf.endsWith(pattern.slice(2));
  return pattern.endsWith("**") ? leaf.startsWith(pattern.slice(0, -2)) : leaf === pattern;
}
