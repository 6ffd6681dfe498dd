/** One rule of a NetworkPolicy, as one fact asks for it. */
import type { Cause, Derived } from "../../model/derived.ts";
import type {
  Endpoint,
  Release,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../../model/platform.ts";
import type { RuleName } from "../../model/rules.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { concernName } from "../../model/names.ts";
import { componentFact, namespaceFact } from "../../release/causes.ts";

export type Policy = ServiceValues["policies"][string];
export type Peer = NonNullable<Policy["ingress"]>[number]["peers"][number];
export type PolicyPort = NonNullable<Policy["ingress"]>[number]["ports"][number];

/** Who is at the other end. */
export type Party =
  | { readonly is: "pods"; readonly end: Endpoint }
  | { readonly is: "gateway"; readonly audience: string }
  | { readonly is: "host"; readonly name: string }
  /** Where people sign in for routes of an environment. */
  | { readonly is: "provider"; readonly environment: string }
  /** Who asks there: a controller, or the proxies of a gateway. */
  | {
      readonly is: "asker";
      readonly end: Endpoint;
      readonly audience: string | undefined;
      readonly environment: string;
    }
  /** Of a listener of a gateway, or of all that a component is exposed at. */
  | { readonly is: "clients"; readonly listener?: string }
  | {
      readonly is: "apiserver" | "internet" | "nameservers" | "nodes" | "prober" | "scraper";
    };

export interface PolicyRule {
  /** Name of the policy. */
  readonly policy: string;
  /** Whose pods. */
  readonly selects: Pick<Policy, "component" | "selects">;
  readonly direction: "ingress" | "egress";
  readonly party: Party;
  readonly peers: readonly Peer[];
  readonly ports: readonly PolicyPort[];
}

type Draft = Pick<PolicyRule, "direction" | "party" | "peers" | "ports"> & {
  readonly concern: string;
  readonly selects?: PolicyRule["selects"];
  readonly rule: RuleName;
  readonly causes: readonly Cause[];
};

/** A rule for the pods of a component, which also follows from what selects them, from their not being on the node's network, and from where the other end is. */
export function policyRule(
  { service }: Release,
  component: ResolvedComponent,
  { concern, rule, causes, selects = podsOf(component), ...rest }: Draft,
): Derived<PolicyRule> {
  return {
    value: { policy: concernName(component.objectName, concern), selects, ...rest },
    rule,
    causes: [
      ...causes,
      ...labelFacts({ service, component }),
      hostFact({ service, component }),
      ...("end" in rest.party ? namespaceFacts(service, rest.party.end) : []),
    ],
  };
}

/** Where an end is; of another service only when it says so. */
function namespaceFacts(own: ResolvedService, { service }: Endpoint): Cause[] {
  const fact = namespaceFact(service);
  return service === own || fact.absent === undefined ? [fact] : [];
}

/** What selects the pods of an end: labels that a chart gives them. Those of RZP's follow from names. */
export const labelFacts = ({ service, component }: Endpoint): Cause[] =>
  component.source.kind === "chart" ? [componentFact(service, component, "pods")] : [];

/** What says, or would say, that pods are on the node's network. */
export const hostFact = ({ service, component }: Endpoint): Cause =>
  component.source.kind === "chart"
    ? componentFact(service, component, "hostNetwork")
    : componentFact(service, component, "network", "host");

/** Where ports of an end are written; of one with protocols, each of them, and the one that is not there. */
export function portFacts(
  { service, component }: Endpoint,
  ports: readonly ResolvedPort[],
): Cause[] {
  const fact = (...path: string[]) => componentFact(service, component, "ports", ...path);
  // That of an exporter is written nowhere.
  const own = ports.filter((port) => component.ports.includes(port));
  return [...Map.groupBy(own, ({ name }) => name)].flatMap(([name, same]) => {
    const authored = component.source.spec.ports?.[name];
    if (typeof authored !== "object" || "grpc" in authored) return [fact(name)];
    return (["tcp", "udp"] as const).flatMap((protocol) => {
      const isMeant = same.some((port) => port.protocol.toLowerCase() === protocol);
      return isMeant || authored[protocol] === undefined ? [fact(name, protocol)] : [];
    });
  });
}

export const policyPorts = (ports: readonly ResolvedPort[]): PolicyPort[] =>
  ports.map((port) => ({ port: port.number, protocol: port.protocol }));

const podsOf = (component: ResolvedComponent): PolicyRule["selects"] =>
  component.source.kind === "workload"
    ? { component: component.name }
    : { selects: { ...component.podLabels } };
