/** Namespaces of a cluster that are somebody else's, whoever writes files here. */
import type { Cluster } from "../../model/cluster.ts";
import { kubernetesWord } from "../../model/names.ts";
import type { Release } from "../../model/platform.ts";
import { arePods } from "../monitoring/scraping.ts";
import { ownObjects } from "../objects.ts";

interface Foreign {
  /** Who has it, in words. */
  readonly whose: string;
  /** Whether a service of this repository may be what the cluster's file names, as its gateway: then the namespace is rightly its own. */
  readonly isService: boolean;
}

/** Whose a namespace is by its name or by the file of its cluster; undefined where neither says. */
export function foreignNamespace(cluster: Cluster, namespace: string): Foreign | undefined {
  if (namespace === "default" || namespace.startsWith(`${kubernetesWord}-`))
    return { whose: "of Kubernetes itself", isService: false };
  if (namespace === cluster.dns.namespace)
    return { whose: "of the cluster's DNS", isService: false };
  const [audience] =
    gatewaysOf(cluster).find(
      ([, gateway]) => gateway.namespace === namespace || gateway.podNamespace === namespace,
    ) ?? [];
  if (audience !== undefined)
    return { whose: `of the cluster's ${audience} gateway`, isService: true };
  if (namespace === cluster.scraper?.namespace)
    return { whose: "of the cluster's scraper", isService: true };
  if (namespace === cluster.prober?.namespace)
    return { whose: "of the cluster's prober", isService: true };
  return undefined;
}

/** Whether a release is what its cluster's file says is in its namespace: by its pods, ports for gateways, or a Gateway it brings. */
export function isWhatRunsThere({ service, facts: { cluster } }: Release): boolean {
  const { namespace, components } = service;
  const gateways = gatewaysOf(cluster)
    .map(([, gateway]) => gateway)
    .filter((gateway) => [gateway.namespace, gateway.podNamespace].includes(namespace));
  const pods = [
    cluster.scraper,
    cluster.prober,
    ...gateways.map(({ podNamespace, podLabels }) => ({ namespace: podNamespace, podLabels })),
  ];
  const isGateway = (name: string) => gateways.some((gateway) => gateway.name === name);
  return (
    components.some(
      (component) =>
        pods.some((those) => arePods(those, service, component)) ||
        (gateways.length > 0 &&
          component.source.kind === "chart" &&
          component.source.spec.gatewayPorts !== undefined),
    ) || ownObjects(service).some(({ kind, name }) => kind === "Gateway" && isGateway(name))
  );
}

const gatewaysOf = ({ gateways: { internal, public: open } }: Cluster) => [
  ["internal", internal] as const,
  ...(open === undefined ? [] : [["public", open] as const]),
];
