/** What pods may call outside the platform: the internet, the home network, the API server, nameservers, nodes. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { outsidePorts } from "../release/outside-ports.ts";
import type { OutsidePortRange } from "../release/outside-ports.ts";
import { compact } from "./compact.ts";

/** One policy of a component: rules of a direction. */
export type Policy = ServiceValues["policies"][string];
export type Rule = NonNullable<Policy["ingress"]>[number];
export type PolicyPort = Rule["ports"][number];

/** What is not the internet (RFC 1918, RFC 6598 shared space, RFC 3927 link local). */
export const privateNetworks = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
] as const;

/** Every address. */
export const everywhere = "0.0.0.0/0";

const outsidePolicyPorts = (texts: readonly string[]): PolicyPort[] =>
  texts
    .flatMap(outsidePorts)
    .map(({ port, endPort, protocol }: OutsidePortRange) => compact({ port, endPort, protocol }));

/** Policies for `reaches`, for an account that asks the API server, and for nameservers of its own; empty where nothing is asked for. */
export function reachConcerns(
  release: Release,
  component: ResolvedComponent,
): (readonly [string, Pick<Policy, "egress">])[] {
  const { spec } = component.source;
  const account = "account" in spec ? spec.account : undefined;
  const { internet, lan, apiserver, nodes } = spec.reaches ?? {};
  const nameservers = ownNameservers(spec);
  const { cluster } = release.facts;
  const apiPorts = apiserver ?? (account === undefined ? undefined : ["https"]);
  return [
    [
      "internet",
      {
        egress:
          internet === undefined
            ? []
            : [
                {
                  peers: [{ cidr: everywhere, except: [...privateNetworks] }],
                  ports: outsidePolicyPorts(internet),
                },
              ],
      },
    ],
    [
      "lan",
      {
        egress: Object.entries(lan ?? {}).map(([host, ports]) => ({
          peers: [{ cidr: asCidr(cluster.hosts?.[host] ?? "") }],
          ports: outsidePolicyPorts(ports),
        })),
      },
    ],
    [
      "apiserver",
      {
        egress:
          apiPorts === undefined
            ? []
            : [{ peers: apiServerPeers(release), ports: apiServerPorts(release, apiPorts) }],
      },
    ],
    [
      "nameservers",
      {
        egress:
          nameservers.length === 0
            ? []
            : [
                {
                  peers: nameservers.map((address) => ({ cidr: asCidr(address) })),
                  ports: outsidePolicyPorts(["dns"]),
                },
              ],
      },
    ],
    [
      "nodes",
      {
        egress:
          nodes === undefined
            ? []
            : [{ peers: [{ cidr: cluster.networks.nodes }], ports: outsidePolicyPorts(nodes) }],
      },
    ],
  ];
}

/** Asked instead of the cluster's, which every pod may ask; one in the pod itself needs no leave. */
function ownNameservers(spec: ResolvedComponent["source"]["spec"]): string[] {
  const asked = "network" in spec ? (spec.network?.nameservers ?? []) : [];
  return asked.filter((address) => !/^(127\.|::1$)/.test(address));
}

/** The API server's addresses as peers. */
export const apiServerPeers = (release: Release) =>
  release.facts.cluster.apiServer.addresses.map((address) => ({ cidr: asCidr(address) }));

/** `https` is the API's own port, whatever its number. */
export const apiServerPorts = (release: Release, wanted: readonly string[]): PolicyPort[] =>
  wanted.flatMap((port) =>
    port === "https"
      ? [{ port: release.facts.cluster.apiServer.port ?? 6443, protocol: "TCP" as const }]
      : outsidePolicyPorts([port]),
  );

export const asCidr = (address: string) =>
  address.includes("/") ? address : `${address}/${address.includes(":") ? 128 : 32}`;
