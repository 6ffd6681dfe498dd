/** All that traffic is tried between: pods of a cluster, strangers beside them, addresses at every border. */
import { isIPv6 } from "node:net";
import type { EnvironmentServices } from "../../../../src/model/tree.ts";
import type { RenderedObject, RenderedService } from "./cluster.ts";
import { privateNetworks, type End, type Port } from "./ends.ts";
import { started } from "./watched.ts";
import { addressOf, borders, rangeOf } from "./networks.ts";

type Labels = Readonly<Record<string, string>>;

/** An end as the judge needs it, and how it is called. */
export interface Endpoint extends End {
  readonly words: string;
  /** Without one it is an address outside the cluster. */
  readonly namespace?: string;
  readonly namespaceLabels?: Labels;
  readonly podLabels?: Labels;
}

type Pod = Omit<Endpoint, "address"> & Required<Pick<Endpoint, "namespace" | "podLabels">>;

export interface Universe {
  readonly endpoints: readonly Endpoint[];
  readonly ports: readonly Port[];
}

/** In: the environments of a cluster, what is rendered of them, and their policies. */
export function universeOf(
  environments: readonly EnvironmentServices[],
  rendered: readonly RenderedService[],
  policies: readonly RenderedObject[],
): Universe {
  const [facts] = environments.map((one) => one.facts);
  if (facts === undefined) return { endpoints: [], ports: [] };
  const ours = environments.flatMap(({ services, facts: { name } }) =>
    [...services].flatMap(([service, authored]) => {
      const found = rendered.find((one) => one.environment === name && one.service === service);
      return found === undefined ? [] : podsOf(found, authored, facts.cluster.gateways);
    }),
  );
  const drill = ours.find(({ pod }) => pod?.endsWith("/restore-drill/main"));
  const tried = started(environments).flatMap(({ pod, podLabels }): Pod[] =>
    drill === undefined ? [] : [{ ...drill, words: `${pod}, for trial`, pod, podLabels }],
  );
  const pods = [
    ...tried,
    ...ours.map((pod) => withService(pod, facts.cluster)),
    ...servants(facts.cluster, ours),
  ];
  const namespaces = new Map(
    pods.map(({ namespace, namespaceLabels }) => [namespace, namespaceLabels]),
  );
  const strangers = [...namespaces].map(([namespace, namespaceLabels]): Pod => {
    const neighbour = ours.find((pod) => pod.namespace === namespace)?.pod;
    return {
      words: `a pod without labels in ${namespace}`,
      namespace,
      podLabels: {},
      ...(namespaceLabels === undefined ? {} : { namespaceLabels }),
      ...(neighbour === undefined ? {} : { pod: neighbour.replace(/[^/]+$/, "stranger") }),
    };
  });
  const doubles = new Map(pods.map(({ podLabels }) => [JSON.stringify(podLabels), podLabels]));
  const elsewhere = [...doubles.values()].map((podLabels): Pod => ({
    words: `a pod elsewhere with labels ${JSON.stringify(podLabels)}`,
    namespace: "elsewhere",
    podLabels,
  }));
  const { first, family } = rangeOf(facts.cluster.networks.pods);
  const placed = [...pods, ...strangers, ...elsewhere].map((pod, index) => ({
    ...pod,
    address: addressOf(first + 1000n + BigInt(index), family),
    namespaceLabels: { ...pod.namespaceLabels, "kubernetes.io/metadata.name": pod.namespace },
  }));
  const outside = addressesOf(environments, policies).map((address) => ({
    address,
    words: address,
  }));
  return { endpoints: [...placed, ...outside], ports: portsOf(environments, policies) };
}

interface Template {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec?: { readonly hostNetwork?: boolean };
}

/** Pods that are rendered, those an operator makes of what is rendered, and those a chart says it brings. */
function podsOf(
  { environment, service, objects }: RenderedService,
  { kind, spec }: EnvironmentServices["services"] extends ReadonlyMap<string, infer S> ? S : never,
  gateways: EnvironmentServices["facts"]["cluster"]["gateways"],
): Pod[] {
  const home = objects.find((object) => object.kind === "Namespace")?.metadata;
  if (home === undefined) throw new Error(`${environment}/${service} has no namespace`);
  const pod = (component: string, podLabels: Labels, gateway?: string): Pod => ({
    words: `${home.name}/${component}${gateway === undefined ? "" : ` (${gateway})`}`,
    pod: `${environment}/${service}/${component}`,
    namespace: home.name,
    ...(home.labels === undefined ? {} : { namespaceLabels: home.labels }),
    podLabels,
    ...(gateway === undefined ? {} : { gateway }),
  });
  if (kind !== "chart")
    return objects.flatMap((object) => {
      const component = object.metadata.labels?.["app.kubernetes.io/component"] ?? "";
      if (object.kind === "Cluster")
        return pod(component, { "cnpg.io/cluster": object.metadata.name });
      const template = templateOf(object.spec);
      if (template === undefined || template.spec?.hostNetwork === true) return [];
      return pod(component, template.metadata?.labels ?? {});
    });
  return Object.entries(spec.components).flatMap(([name, component]) => {
    if (component.hostNetwork !== undefined) return [];
    if (component.gatewayPorts === undefined) return pod(name, component.pods);
    return Object.entries(gateways)
      .filter(([, gateway]) => gateway?.podNamespace === home.name)
      .map(([audience, gateway]) =>
        pod(name, { ...component.pods, ...gateway?.podLabels }, audience),
      );
  });
}

function templateOf(spec: unknown): Template | undefined {
  const { template, jobTemplate } = (spec ?? {}) as {
    template?: Template;
    jobTemplate?: { spec: unknown };
  };
  return template ?? (jobTemplate === undefined ? undefined : templateOf(jobTemplate.spec));
}

/** What serves the whole cluster, where no service of ours is it. */
function servants(
  { dns, scraper, prober, gateways }: EnvironmentServices["facts"]["cluster"],
  ours: readonly Pod[],
): Pod[] {
  return [
    { words: "the cluster's DNS", is: "dns", namespace: dns.namespace, podLabels: dns.podLabels },
    ...watchers({ scraper, prober }).flatMap(({ is, namespace, podLabels }) =>
      ours.some((pod) => isOne(pod, { namespace, podLabels }))
        ? []
        : [{ words: `the ${is}`, is, namespace, podLabels }],
    ),
    ...Object.entries(gateways).flatMap(([audience, gateway]) =>
      gateway === undefined || ours.some((pod) => pod.gateway === audience)
        ? []
        : [
            {
              words: `the ${audience} gateway`,
              gateway: audience,
              namespace: gateway.podNamespace,
              podLabels: gateway.podLabels,
            },
          ],
    ),
  ];
}

type Watching = Pick<EnvironmentServices["facts"]["cluster"], "scraper" | "prober">;

const watchers = (cluster: Watching) =>
  (["scraper", "prober"] as const).flatMap((is) => {
    const pods = cluster[is];
    return pods === undefined ? [] : [{ is, ...pods }];
  });

const isOne = (pod: Pod, { namespace, podLabels }: Pick<Pod, "namespace" | "podLabels">) =>
  pod.namespace === namespace &&
  Object.entries(podLabels).every(([label, value]) => pod.podLabels[label] === value);

/** A pod of ours that scrapes or probes the cluster. */
function withService(pod: Pod, cluster: Watching): Pod {
  const found = watchers(cluster).find((watcher) => isOne(pod, watcher));
  return found === undefined ? pod : { ...pod, is: found.is };
}

/** Borders of every network that facts or policies name, of private networks, and of all there is. */
function addressesOf(
  environments: readonly EnvironmentServices[],
  policies: readonly RenderedObject[],
): string[] {
  const text = JSON.stringify([environments.map(({ facts }) => facts.cluster), policies]);
  const named = text.match(/\b\d+\.\d+\.\d+\.\d+(\/\d+)?\b/g) ?? [];
  const quoted = text.match(/(?<=")[\da-f]*:[\da-f:]*(?:\/\d+)?(?=")/gi) ?? [];
  const namedIpv6 = quoted.filter((one) => isIPv6(one.replace(/\/.*/, "")));
  // Both families, whichever the pods have: nobody may reach what is of the other one unless a fact names it.
  const networks = ["0.0.0.0/0", "::/0", ...privateNetworks];
  return [...new Set([...networks, ...named, ...namedIpv6].flatMap(borders))].sort();
}

/** Every port that facts or policies name, those beside it, and the ends of all ports, by each protocol. */
function portsOf(
  environments: readonly EnvironmentServices[],
  policies: readonly RenderedObject[],
): Port[] {
  const authored = JSON.stringify(
    environments.flatMap(({ services }) =>
      [...services.values()].map(({ spec }) => [
        "ports" in spec ? spec.ports : [],
        "components" in spec ? Object.values(spec.components).map(({ ports }) => ports) : [],
        Object.values(spec.routes ?? {}).flatMap(({ listener }) =>
          listener === undefined ? [] : [{ listener }, { listener: listener + 10_000 }],
        ),
      ]),
    ),
  );
  const ofPolicies = JSON.stringify(policies).match(/"(?:port|endPort)":\d+/g) ?? [];
  const numbers = [...ofPolicies, ...(authored.match(/:\d+/g) ?? [])].map((one) =>
    Number(one.replace(/.*:/, "")),
  );
  const near = [1, 65_535, ...numbers.flatMap((one) => [one - 1, one, one + 1])];
  const distinct = [...new Set(near)]
    .filter((one) => one > 0 && one < 65_536)
    .sort((a, b) => a - b);
  return [
    ...distinct.flatMap((port) => ["TCP", "UDP"].map((protocol) => ({ port, protocol }))),
    { port: 443, protocol: "SCTP" },
  ];
}
