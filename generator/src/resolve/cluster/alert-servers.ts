/** Servers of e-mail that alerts go through: Alertmanager's policies must lead there, or nobody is told. */
import { isIPv4 } from "node:net";
import type { Receiver } from "../../model/alert-routing.ts";
import { clusterFile, environmentFile } from "../../model/paths.ts";
import type { EnvironmentFacts, Release, ResolvedComponent } from "../../model/platform.ts";
import type { ProblemCode } from "../../problems/codes.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice, problemAt } from "../../problems/report.ts";
import type { ProblemText } from "../../problems/report.ts";
import {
  calledFor,
  namespaceOfServer,
  saidAlerts,
} from "../../release/monitoring/alert-receivers.ts";
import { runsScraper } from "../../release/monitoring/scraping.ts";
import { asNetwork } from "../../model/networks.ts";
import { internet, isInside } from "../../release/network/networks.ts";
import type { Network } from "../../release/network/networks.ts";
import { outsidePorts } from "../../release/network/outside-ports.ts";

type EmailReceiver = Extract<Receiver, { email: string }>;

/** In: all releases of one cluster. Problems: LAN_HOST_UNKNOWN, ALERT_SERVER_UNREACHED. */
export function checkAlertServers(releases: readonly Release[]): Problem[] {
  return [...Map.groupBy(releases, ({ facts }) => facts)].flatMap(([facts, mine]) =>
    Object.entries(saidAlerts(facts)?.receivers ?? {}).flatMap(([name, receiver]) =>
      "email" in receiver ? checkServer(facts, [name, receiver], mine) : [],
    ),
  );
}

function checkServer(
  facts: EnvironmentFacts,
  [name, receiver]: readonly [string, EmailReceiver],
  releases: readonly Release[],
): Problem[] {
  const report = (code: ProblemCode, keys: readonly string[], text: ProblemText) =>
    problemAt(
      code,
      environmentFile(facts.name),
      ["alerts", "receivers", name, ...keys],
      text,
      facts.name,
    );
  const { lan } = receiver.at ?? {};
  const hosts = facts.cluster.hosts ?? {};
  if (lan !== undefined && hosts[lan] === undefined)
    return [
      report("LAN_HOST_UNKNOWN", ["at", "lan"], {
        message: `cluster ${facts.clusterName} knows no host \`${lan}\``,
        ...choice(lan, Object.keys(hosts), `add it to hosts in ${clusterFile(facts.clusterName)}`),
      }),
    ];
  const unreached = addressElsewhere(facts, receiver) ?? reachedByNobody(receiver, releases);
  return unreached === undefined ? [] : [report("ALERT_SERVER_UNREACHED", ["server"], unreached)];
}

/** A server by its address, which is neither on the internet nor that of the host it is said to be. */
function addressElsewhere(
  { cluster, clusterName }: EnvironmentFacts,
  { server, at }: EmailReceiver,
): ProblemText | undefined {
  const { hosts = {} } = cluster;
  const [address = ""] = server.split(":");
  const isIn = (network: Network) => isInside({ cidr: asNetwork(address) }, network);
  const isAt = (host: string) => isIn({ cidr: asNetwork(hosts[host] ?? "") });
  if (!isIPv4(address) || (at === undefined ? isIn(internet(cluster)) : isAt(at.lan)))
    return undefined;
  const host = Object.keys(hosts).find(isAt);
  return {
    message: `alerts are sent to ${address}, which Alertmanager does not reach: network policies refuse the call`,
    found: server,
    expected:
      at === undefined
        ? "an address of the internet, or `at` with a host of the home network"
        : `the address of ${at.lan}: ${hosts[at.lan]}`,
    fix:
      host === undefined
        ? `add "${address}" by a name to hosts in ${clusterFile(clusterName)}, and write at: lan("name")`
        : `write at: lan("${host}")`,
  };
}

/** Policies let pods call what `reaches` and `consumes` say; who is on the node's network is held back by none. */
function reachedByNobody(
  receiver: EmailReceiver,
  releases: readonly Release[],
): ProblemText | undefined {
  const { server } = receiver;
  const scrapers = releases.filter(runsScraper);
  const [scraper] = scrapers;
  // Where nothing tells anybody, that is said already.
  if (scraper === undefined) return undefined;
  const called = calledFor(receiver);
  const provider =
    called === undefined
      ? releases.find(({ service }) => service.namespace === namespaceOfServer(server))
      : undefined;
  const reaches = (component: ResolvedComponent) =>
    component.hostNetwork ||
    (called === undefined
      ? provider !== undefined && consumes(component, provider)
      : allows(component, called));
  if (scrapers.some(({ service }) => service.components.some(reaches))) return undefined;
  const { name, file } = scraper.service;
  const way =
    called === undefined
      ? `consumes: { ${provider?.service.name ?? "mail"}: … }`
      : "reaches: { receivers: true }";
  return {
    message: `no component of ${name} reaches ${server}: nobody would get an e-mail`,
    found: server,
    expected: `${way} at the component that is Alertmanager${
      called === undefined && provider === undefined
        ? ", and a service of this environment in that namespace"
        : ""
    }`,
    fix: `add ${way} to it in ${file}`,
  };
}

const consumes = (component: ResolvedComponent, { service }: Release) =>
  Object.keys(component.consumes).some((key) => key.split("/")[0] === service.name);

function allows(
  { source }: ResolvedComponent,
  { host, port }: NonNullable<ReturnType<typeof calledFor>>,
): boolean {
  const { receivers, internet: ports, lan } = source.spec.reaches ?? {};
  const said = host === undefined ? ports : lan?.[host];
  return receivers === true || isAmong(port, said ?? []);
}

const isAmong = (port: number, texts: readonly string[]) =>
  texts
    .flatMap(outsidePorts)
    .some(
      ({ port: first, endPort = first, protocol }) =>
        protocol === "TCP" && (first ?? 1) <= port && port <= (endPort ?? port),
    );
