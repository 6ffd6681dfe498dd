/** Every way to take one rule of a policy away, or to let one say more. */
import type { RenderedObject } from "./cluster.ts";
import type { Variant } from "./judge.ts";
import { doubled } from "./networks.ts";

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface PolicyPort {
  readonly port: number;
  readonly endPort?: number | undefined;
  readonly protocol: string;
}
interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: readonly PolicyPort[];
}
interface Spec {
  readonly podSelector: Selector;
  readonly ingress?: readonly { readonly from: readonly Peer[]; readonly ports: Rule["ports"] }[];
  readonly egress?: readonly { readonly to: readonly Peer[]; readonly ports: Rule["ports"] }[];
}
type Direction = "ingress" | "egress";

export interface NamedVariant extends Variant {
  readonly words: string;
}

/** One peer at one port of one rule is the least that can be taken away. */
export function removals(policies: readonly RenderedObject[]): NamedVariant[] {
  return overRules(policies, (rule, replaceBy) =>
    rule.peers.flatMap((peer, p) =>
      rule.ports.map((port, q) =>
        replaceBy(`without ${JSON.stringify(peer)} at ${JSON.stringify(port)}`, [
          { ...rule, peers: rule.peers.toSpliced(p, 1) },
          { peers: [peer], ports: rule.ports.toSpliced(q, 1) },
        ]),
      ),
    ),
  );
}

/** All ports, all peers, all pods of a namespace, all namespaces, a wider network, one exception less, one port more. */
export function widenings(policies: readonly RenderedObject[]): NamedVariant[] {
  return overRules(policies, (rule, replaceBy) => [
    replaceBy("at all ports", [{ ...rule, ports: [] }], "ports"),
    replaceBy("for all peers", [{ ...rule, peers: [] }], "peers"),
    ...rule.peers.flatMap((peer, index) =>
      widerPeers(peer, rule.peers).map((wider) =>
        replaceBy(`${JSON.stringify(peer)} widened to ${JSON.stringify(wider)}`, [
          { ...rule, peers: rule.peers.with(index, wider) },
        ]),
      ),
    ),
    ...rule.ports.flatMap(({ port, endPort = port, protocol }) =>
      [
        { port: endPort + 1, protocol },
        { port, endPort, protocol: protocol === "TCP" ? "UDP" : "TCP" },
      ].flatMap((more) =>
        rule.ports.some((other) => other.port === more.port && other.protocol === more.protocol)
          ? []
          : replaceBy(`also at ${JSON.stringify(more)}`, [
              { ...rule, ports: [...rule.ports, more] },
            ]),
      ),
    ),
  ]);
}

/** Of each policy that selects some pods, one that selects all of the namespace. */
export function widerSelections(policies: readonly RenderedObject[]): NamedVariant[] {
  return policies.flatMap((policy, replace) => {
    const spec = policy.spec as Spec;
    return spec.podSelector.matchLabels === undefined
      ? []
      : [
          {
            replace,
            by: { ...policy, spec: { ...spec, podSelector: {} } },
            words: `${nameOf(policy)} for all pods`,
          },
        ];
  });
}

function widerPeers(peer: Peer, beside: readonly Peer[]): Peer[] {
  const { ipBlock, namespaceSelector, podSelector } = peer;
  if (ipBlock === undefined) {
    return [
      ...(podSelector?.matchLabels === undefined
        ? []
        : [{ ...(namespaceSelector === undefined ? {} : { namespaceSelector }), podSelector: {} }]),
      { namespaceSelector: {}, ...(podSelector === undefined ? {} : { podSelector }) },
    ];
  }
  const { cidr, except = [] } = ipBlock;
  const wider = doubled(cidr);
  const isBeside = beside.some((other) => other.ipBlock?.cidr === wider?.gained);
  return [
    ...except.map((_, index) => ({ ipBlock: { cidr, except: except.toSpliced(index, 1) } })),
    // The half it gains may be there already, beside it.
    ...(wider === undefined || isBeside ? [] : [{ ipBlock: { ...ipBlock, cidr: wider.whole } }]),
  ];
}

/** Goes over every rule; `replaceBy` gives the policy with other rules in its place. A list that is left empty by chance would mean all. */
function overRules(
  policies: readonly RenderedObject[],
  variantsOf: (
    rule: Rule,
    replaceBy: (words: string, rules: readonly Rule[], all?: "ports" | "peers") => NamedVariant,
  ) => readonly NamedVariant[],
): NamedVariant[] {
  return policies.flatMap((policy, replace) =>
    (["ingress", "egress"] as const).flatMap((direction) => {
      const rules = rulesOf(policy.spec as Spec, direction);
      return rules.flatMap((rule, index) =>
        variantsOf(rule, (words, others, all) => {
          const meant = others.filter(
            ({ peers, ports }) =>
              (peers.length > 0 || all === "peers") && (ports.length > 0 || all === "ports"),
          );
          return {
            words: `${nameOf(policy)}, ${direction}, ${words}`,
            replace,
            by: withRules(policy, direction, rules.toSpliced(index, 1, ...meant)),
          };
        }),
      );
    }),
  );
}

const rulesOf = ({ ingress = [], egress = [] }: Spec, direction: Direction): Rule[] =>
  direction === "ingress"
    ? ingress.map(({ from, ports }) => ({ peers: from, ports }))
    : egress.map(({ to, ports }) => ({ peers: to, ports }));

const withRules = (policy: RenderedObject, direction: Direction, rules: readonly Rule[]) => ({
  ...policy,
  spec: {
    ...(policy.spec as Spec),
    [direction]: rules.map(({ peers, ports }) => ({
      [direction === "ingress" ? "from" : "to"]: peers,
      ports,
    })),
  },
});

const nameOf = ({ metadata }: RenderedObject) => `${metadata.namespace}/${metadata.name}`;
