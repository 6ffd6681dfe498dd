/** In which orders pods may come: none is the one that happens, so several are tried. */
import type { Node, Pod } from "./model.ts";

export interface Order {
  readonly name: string;
  readonly pods: readonly Pod[];
}

const seeds = [1, 2, 3, 4] as const;

/** Largest first, smallest first, by tier, and shuffled by seed. */
export function ordersOf(pods: readonly Pod[], nodes: readonly Node[]): Order[] {
  const total = {
    cpu: Math.max(
      1,
      totalOf(nodes, ({ room }) => room.cpu),
    ),
    memory: Math.max(
      1,
      totalOf(nodes, ({ room }) => room.memory),
    ),
  };
  const share = ({ set: { asks } }: Pod) =>
    Math.max(asks.cpu / total.cpu, asks.memory / total.memory);
  // DaemonSet controllers come first in a new cluster, and a node that joins gets their pods first.
  const everywhere = pods.filter(({ node }) => node !== undefined);
  const others = pods.filter(({ node }) => node === undefined);
  const shares = new Map(others.map((pod) => [pod, share(pod)]));
  const of = (pod: Pod) => shares.get(pod) ?? 0;
  const orders: Order[] = [
    {
      name: "by tier",
      pods: others.toSorted((a, b) => b.set.priority - a.set.priority || compare(a.name, b.name)),
    },
    { name: "largest first", pods: others.toSorted((a, b) => of(b) - of(a)) },
    { name: "smallest first", pods: others.toSorted((a, b) => of(a) - of(b)) },
    ...seeds.map((seed) => ({ name: `shuffled ${seed}`, pods: shuffled(others, seed) })),
  ];
  return orders.map(({ name, pods: own }) => ({ name, pods: [...everywhere, ...own] }));
}

const totalOf = (nodes: readonly Node[], of: (node: Node) => number) =>
  nodes.reduce((sum, node) => sum + of(node), 0);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Fisher and Yates, with a small generator of its own (mulberry32): the same on any machine. */
function shuffled(pods: readonly Pod[], seed: number): Pod[] {
  const random = mulberry32(seed);
  const result = [...pods];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const [a, b] = [result[index], result[other]];
    if (a === undefined || b === undefined) continue;
    result[index] = b;
    result[other] = a;
  }
  return result;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
