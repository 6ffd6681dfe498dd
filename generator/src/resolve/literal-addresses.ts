/** The address of another service as a text: nothing follows from it, so no network policy lets the call through. */
import type { Release, ResolvedComponent, ResolvedService } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import type { Keys } from "../problems/report.ts";
import { containersOf } from "../release/containers.ts";
import type { AuthoredContainer } from "../release/containers.ts";
import { keyedPorts } from "../release/offer-keys.ts";
import { addition, edgeTo } from "./consumes-text.ts";
import { containerKeys } from "./entry-keys.ts";
import { siteOf } from "./site.ts";

/** `<service>.<namespace>`, `….svc`, `….svc.cluster.local`, and the port after it; a longer name is somebody else's. */
const address =
  /(?<![a-z0-9.-])[a-z0-9-]+\.(?<namespace>[a-z0-9-]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?(?![a-z0-9.-])(?::(?<port>\d+))?/g;

/** In: all releases of an environment. Problems: ADDRESS_UNDECLARED, warnings. */
export function checkLiteralAddresses(releases: readonly Release[]): Problem[] {
  const services = new Map(releases.map(({ service }) => [service.namespace, service]));
  return releases.flatMap((release) => ofRelease(release, services));
}

function ofRelease(release: Release, services: ReadonlyMap<string, ResolvedService>): Problem[] {
  return release.service.components.flatMap((component) =>
    containersOf(component).flatMap((container) =>
      textsOf(release.service, component, container).flatMap(([keys, text]) =>
        [...text.matchAll(address)].flatMap(({ 0: found, groups }) => {
          const other = services.get(groups?.["namespace"] ?? "");
          const isOther = other !== undefined && other !== release.service;
          return isOther && !isDeclared(release, component, other)
            ? [undeclared(release, { keys, found, other, port: groups?.["port"] })]
            : [];
        }),
      ),
    ),
  );
}

function textsOf(
  service: ResolvedService,
  component: ResolvedComponent,
  container: AuthoredContainer,
): [Keys, string][] {
  const { spec, keys } = container;
  const all: [Keys, unknown][] = [
    ...Object.entries(spec.env ?? {}).map(([name, value]): [Keys, unknown] => [
      containerKeys({ service, component }, container, "env", name),
      value,
    ]),
    ...(["command", "args"] as const).flatMap((field) =>
      (spec[field] ?? []).map((word, index): [Keys, unknown] => [[...keys, field, index], word]),
    ),
  ];
  return all.flatMap(([place, text]) => (typeof text === "string" ? [[place, text]] : []));
}

const isDeclared = ({ outgoing }: Release, component: ResolvedComponent, other: ResolvedService) =>
  outgoing.some(
    ({ consumer, provider }) => consumer.component === component && provider.service === other,
  );

interface Literal {
  readonly keys: Keys;
  readonly found: string;
  readonly other: ResolvedService;
  readonly port: string | undefined;
}

function undeclared(release: Release, { keys, found, other, port }: Literal): Problem {
  const { name } = other;
  const ports = keyedPorts(other.kind, other.components);
  const called = ports.find((one) => String(one.port.number) === port) ?? ports[0];
  const key = called === undefined ? undefined : `${called.prefix}url`;
  const edge = key === undefined ? undefined : edgeTo(other, key, release.service);
  const add = addition({ service: release.service, keys }, name, edge);
  const read =
    key === undefined
      ? ""
      : `, and read the address with from(${JSON.stringify(name)}, ${JSON.stringify(key)})`;
  return siteOf(release).report("ADDRESS_UNDECLARED", keys, {
    severity: "warning",
    message: `${release.service.name} calls ${name} by its address and does not consume it: network policies refuse the call`,
    found,
    expected: `a connection to ${name}`,
    fix: `${add}${read}`,
  });
}
