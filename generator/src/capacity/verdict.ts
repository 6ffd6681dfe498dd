/** Whether the pods of a cluster fit its nodes, and whether they still do when one node is gone. */
import { ordersOf } from "./orders.ts";
import { candidatesOf, place } from "./place.ts";
import type { Candidates, Placed } from "./place.ts";
import { proofThatNot } from "./proof.ts";
import type { Proof } from "./proof.ts";
import type { Node, Pod } from "./model.ts";

/**
 * `fits`: placed whole in every order that was tried. `cannot`: proved. `tight`: neither, so it depends on the
 * order in which pods come.
 */
export type Verdict =
  | { readonly says: "fits" }
  | { readonly says: "tight"; readonly orders: readonly string[] }
  | { readonly says: "cannot"; readonly proof: Proof };

export interface Scenario {
  /** The node that is gone. */
  readonly without: string | undefined;
  readonly verdict: Verdict;
  /** In how many orders all pods were placed, of how many. */
  readonly placed: number;
  readonly tried: number;
  /** How it looks: the order that is told, which is one that failed where one did. */
  readonly shown: Placed;
}

/** All nodes, and then each of those that may go. What is bound to a place stays there when a node goes. */
export function simulate(
  pods: readonly Pod[],
  nodes: readonly Node[],
  mayGo: readonly string[] = nodes.map(({ name }) => name),
): Scenario[] {
  const candidates = candidatesOf(pods, nodes);
  const whole = scenario(undefined, pods, nodes, candidates, []);
  return [
    whole.scenario,
    ...mayGo.map((name) => {
      const left = nodes.filter((node) => node.name !== name);
      const staying = pods.filter(({ node }) => node !== name);
      const possible = without(candidates, staying, name);
      return scenario(name, staying, left, possible, whole.placements).scenario;
    }),
  ];
}

function without(candidates: Candidates, pods: readonly Pod[], gone: string): Candidates {
  const known = new Map<ReadonlySet<Node>, ReadonlySet<Node>>();
  return new Map(
    pods.map((pod) => {
      const before = candidates.get(pod) ?? new Set<Node>();
      const after = known.get(before) ?? new Set([...before].filter(({ name }) => name !== gone));
      known.set(before, after);
      return [pod, after];
    }),
  );
}

function scenario(
  gone: string | undefined,
  pods: readonly Pod[],
  nodes: readonly Node[],
  candidates: Candidates,
  before: readonly Placed[],
): { scenario: Scenario; placements: Placed[] } {
  const orders = ordersOf(pods, nodes);
  const placements = orders.map((order, index) =>
    place(order.pods, nodes, candidates, before[index]?.bound),
  );
  const failed = placements.findIndex(({ unplaced }) => unplaced.length > 0);
  const placed = placements.filter(({ unplaced }) => unplaced.length === 0).length;
  const [first] = placements;
  const shown = placements[failed] ?? first ?? place([], nodes, candidates);
  const proof = failed === -1 ? undefined : proofThatNot(pods, nodes, candidates);
  const verdict: Verdict =
    failed === -1
      ? { says: "fits" }
      : proof === undefined
        ? {
            says: "tight",
            orders: orders
              .filter((_, index) => (placements[index]?.unplaced.length ?? 0) > 0)
              .map(({ name }) => name),
          }
        : { says: "cannot", proof };
  return {
    scenario: { without: gone, verdict, placed, tried: orders.length, shown },
    placements,
  };
}
