/** Who may call whom, and why. */
import { valuesOf } from "../model/derived.ts";
import type { Endpoint, Release, ResolvedComponent } from "../model/platform.ts";
import {
  derivedDefaultDeny,
  derivedDns,
  derivedPolicyRules,
  derivedUnselectable,
  derivedWithoutDns,
} from "../values/network/policies.ts";
import { standings } from "../values/network/policy-merge.ts";
import type { Party, Peer, PolicyPort, PolicyRule } from "../values/network/policy-rule.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

/** In: a release. Out: who may call whom. */
export function networkConsequences(release: Release): Consequence[] {
  const leftOut = derivedWithoutDns(release);
  const isAsked = leftOut.length === 0 || leftOut.length < release.service.components.length;
  return [
    consequence(derivedDefaultDeny(release), (namespace) => ({
      about: "NetworkPolicy default-deny",
      says: `lets nothing into and nothing out of the pods of ${namespace} beside what is listed here`,
    })),
    ...(isAsked ? [dnsReached(release)] : []),
    ...leftOut.map((derived) =>
      consequence(derived, (component) => ({
        about: `DNS for component ${component}`,
        says: "is that of its own name servers: no policy lets its pods call the cluster's",
      })),
    ),
    ...derivedUnselectable(release).map((derived) =>
      consequence(derived, (component) => unselectable(release, component)),
    ),
    ...policyConsequences(release),
  ];
}

/** Each rule; and of one that others say already, where it stands instead. */
function policyConsequences(release: Release): Consequence[] {
  const all = derivedPolicyRules(release);
  const standing = standings(valuesOf(all));
  const causesOf = new Map(all.map(({ value, causes }) => [value, causes]));
  return all.flatMap((derived) => {
    const { value: rule, causes } = derived;
    const about = `NetworkPolicy ${placeWords(rule)}, for ${causes[0]?.path.join(".")}`;
    const told = consequence(derived, () => ({ about, says: ruleWords(rule) }));
    const { inOwn = true, others = [] } = standing.get(rule) ?? {};
    if (others.length === 0) return [told];
    const names = [...new Set(others.map(placeWords))].sort().join(" and ");
    return [
      told,
      {
        about: `${about}, its place`,
        says: `${inOwn ? "stands in part" : "stands"} in NetworkPolicy ${names}, which lets it through already`,
        rule: "policy-written-once",
        causes: [...causes, ...others.flatMap((other) => causesOf.get(other) ?? [])],
      },
    ];
  });
}

const dnsReached = (release: Release) =>
  consequence(derivedDns(release), ({ namespace, podLabels, addresses = [] }) => ({
    about: "NetworkPolicy dns",
    says: `lets pods call ${[peerWords({ namespace, pods: podLabels }), ...addresses].join(" and ")} at 53/UDP and 53/TCP`,
  }));

const unselectable = ({ service }: Release, component: ResolvedComponent) => ({
  about: `Pods of ${service.namespace}/${component.name}`,
  says: "use their node's network: no policy acts on them; they reach all that the node reaches, and who reaches the node reaches their ports",
});

/** Its policy, and who is at the other end. */
const placeWords = ({ policy, direction, party }: PolicyRule) =>
  `${policy}, ${direction === "egress" ? "to" : "from"} ${partyWords(party)}`;

function ruleWords({ selects, direction, peers, ports }: PolicyRule): string {
  const own =
    selects.selects === undefined ? `component ${selects.component}` : podWords(selects.selects);
  const others = peers.map(peerWords).join(" and ");
  const [caller, called] = direction === "egress" ? [own, others] : [others, own];
  return `lets ${caller} call ${called} at ${ports.map(portWords).join(", ")}`;
}

function partyWords(party: Party): string {
  switch (party.is) {
    case "pods":
      return endWords(party.end);
    case "gateway":
      return `the ${party.audience} gateway`;
    case "host":
      return `host ${party.name}`;
    case "provider":
      return `the sign-in provider of ${party.environment}`;
    case "asker":
      return `${endWords(party.end)}${party.audience === undefined ? "" : ` of the ${party.audience} gateway`}, who asks the sign-in provider of ${party.environment}`;
    case "apiserver":
      return "the API server";
    case "clients":
      return party.listener === undefined ? "clients" : `clients of listener ${party.listener}`;
    case "internet":
      return "the internet";
    case "nameservers":
      return "nameservers";
    case "nodes":
      return "nodes";
    case "prober":
      return "the prober";
    case "scraper":
      return "the scraper";
  }
}

const endWords = ({ service, component }: Endpoint) => `${service.namespace}/${component.name}`;

function peerWords(peer: Peer): string {
  if ("component" in peer) return `component ${peer.component}`;
  if ("namespace" in peer) return `${podWords(peer.pods ?? {})} of ${peer.namespace}`;
  const except = peer.except ?? [];
  return except.length === 0 ? peer.cidr : `${peer.cidr} except ${except.join(", ")}`;
}

/** Pods by their labels; without any, Kubernetes selects all. */
function podWords(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return pairs.length === 0 ? "all pods" : `pods ${pairs.sort().join(",")}`;
}

const portWords = ({ port, endPort, protocol }: PolicyPort) =>
  port === undefined
    ? `every port of ${protocol}`
    : `${port}${endPort === undefined ? "" : `-${endPort}`}/${protocol}`;
