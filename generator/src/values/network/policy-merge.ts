/** Rules that facts ask for -> policies in which no rule says what another one says already. */
import type { ServiceValues } from "../../model/values/service.ts";
import { isInside } from "../../release/network/networks.ts";
import { compact } from "../compact.ts";
import type { Peer, PolicyPort, PolicyRule } from "./policy-rule.ts";

/** One peer and one port: the least that a rule can be. */
interface Part {
  readonly rule: PolicyRule;
  readonly peer: Peer;
  readonly peerKey: string;
  readonly port: PolicyPort;
  readonly portKey: string;
}

/** A fixed order whatever the input's: policies by name, ports and peers by text. */
export function mergedPolicies(rules: readonly PolicyRule[]): ServiceValues["policies"] {
  const needed = [...bySubject(rules).values()].flatMap(withoutCovered);
  const byPolicy = Map.groupBy(needed, ({ rule }) => rule.policy);
  return Object.fromEntries(
    [...byPolicy]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, parts]) => [
        name,
        {
          ...parts[0]?.rule.selects,
          ...compact({ ingress: rulesOf("ingress", parts), egress: rulesOf("egress", parts) }),
        },
      ]),
  );
}

/** Where a rule stands that is asked for: in its own policy, wholly or in part, and in those of others that say it already. */
export interface Standing {
  readonly inOwn: boolean;
  readonly others: readonly PolicyRule[];
}

/** In: all rules of a release. Out: where each stands in the policies that are merged of them. */
export function standings(rules: readonly PolicyRule[]): ReadonlyMap<PolicyRule, Standing> {
  const holders = [...bySubject(rules).values()].flatMap((parts) => {
    const kept = withoutCovered(parts);
    return parts.map((part) => ({
      rule: part.rule,
      holder: kept.find((other) => isEqual(other, part) || covers(other, part))?.rule ?? part.rule,
    }));
  });
  return new Map(
    [...Map.groupBy(holders, ({ rule }) => rule)].map(([rule, mine]) => {
      const isOwn = (holder: PolicyRule) => holder.policy === rule.policy;
      const others = new Set(mine.map(({ holder }) => holder).filter((one) => !isOwn(one)));
      return [rule, { inOwn: mine.some(({ holder }) => isOwn(holder)), others: [...others] }];
    }),
  );
}

const isEqual = (a: Part, b: Part) => a.peerKey === b.peerKey && a.portKey === b.portKey;

const bySubject = (rules: readonly PolicyRule[]) =>
  Map.groupBy(rules.flatMap(partsOf), ({ rule }) => JSON.stringify([rule.direction, rule.selects]));

function partsOf(rule: PolicyRule): Part[] {
  return rule.peers.flatMap((peer) => {
    const peerKey = JSON.stringify(peer);
    return rule.ports.map((port) => ({ rule, peer, peerKey, port, portKey: portText(port) }));
  });
}

/** Of what is asked for twice the first stays; an address is not let in, or reached, by two networks. */
function withoutCovered(parts: readonly Part[]): Part[] {
  const distinct = [
    ...new Map(parts.toReversed().map((part) => [part.peerKey + part.portKey, part])).values(),
  ].reverse();
  const networks = distinct.filter(({ peer }) => "cidr" in peer);
  const covered = new Set(
    networks.filter((part) => networks.some((other) => other !== part && covers(other, part))),
  );
  return distinct.filter((part) => !covered.has(part));
}

/** No two parts cover each other: equal ones are gone by then. */
function covers(other: Part, { peer, port }: Part): boolean {
  return (
    "cidr" in peer &&
    "cidr" in other.peer &&
    isPortInside(port, other.port) &&
    isInside(peer, other.peer)
  );
}

function isPortInside(inner: PolicyPort, outer: PolicyPort): boolean {
  if (inner.protocol !== outer.protocol) return false;
  if (outer.port === undefined) return true;
  const last = ({ port, endPort }: PolicyPort) => Number(endPort ?? port);
  return (
    inner.port !== undefined &&
    Number(inner.port) >= Number(outer.port) &&
    last(inner) <= last(outer)
  );
}

/** Peers with the same ports are one rule. */
function rulesOf(direction: PolicyRule["direction"], parts: readonly Part[]) {
  const mine = parts.filter(({ rule }) => rule.direction === direction);
  const byPeer = [...Map.groupBy(mine, ({ peerKey }) => peerKey).values()]
    .sort(([a], [b]) => ((a?.peerKey ?? "") < (b?.peerKey ?? "") ? -1 : 1))
    .map((ofPeer) => ofPeer.toSorted((a, b) => (a.portKey < b.portKey ? -1 : 1)));
  const byPorts = Map.groupBy(byPeer, (ofPeer) => ofPeer.map(({ portKey }) => portKey).join());
  return [...byPorts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, peers]) => ({
      peers: peers.flatMap((ofPeer) => ofPeer[0]?.peer ?? []),
      ports: peers[0]?.map(({ port }) => port) ?? [],
    }));
}

const portText = ({ protocol, port, endPort }: PolicyPort) =>
  `${protocol} ${String(port ?? 0).padStart(5, "0")} ${endPort ?? ""}`;
