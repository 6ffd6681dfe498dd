/** Own ports that callers beside consumers connect to: the API server, nodes, clients of gateways. */
import { clusterFile } from "../../model/paths.ts";
import type { ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../model/reading.ts";
import { portChoice } from "../connections/port-choice.ts";
import { portNames } from "./ports.ts";
import type { Site } from "../site.ts";

/** Problems: PORT_UNKNOWN, GATEWAY_MISSING. */
export function checkCalledPorts(site: Site, component: ResolvedComponent): Problem[] {
  const { spec } = component.source;
  const { calledBy = {} } = spec;
  const gatewayPorts = "gatewayPorts" in spec ? (spec.gatewayPorts ?? []) : [];
  const callers = Array.isArray(calledBy) ? [] : Object.entries(calledBy);
  return [
    ...(Array.isArray(calledBy) && component.ports.length === 0
      ? [
          site.report("PORT_UNKNOWN", [...component.path, "calledBy"], {
            message: `${component.name} is called, and has no port`,
            expected: "ports: what it listens on",
            fix: "add the port that is called to ports",
          }),
        ]
      : []),
    ...callers.flatMap(([caller, names = []]) =>
      unknownPorts(site, component, names, ["calledBy", caller]),
    ),
    ...unknownPorts(site, component, gatewayPorts, ["gatewayPorts"]),
    ...(gatewayPorts.length === 0 ? [] : noGateway(site, component)),
  ];
}

function unknownPorts(
  site: Site,
  component: ResolvedComponent,
  names: readonly string[],
  keys: Keys,
): Problem[] {
  const valid = [...new Set(component.ports.map((port) => port.name))];
  return names.flatMap((name, index) =>
    valid.includes(name)
      ? []
      : [
          site.report("PORT_UNKNOWN", [...component.path, ...keys, index], {
            message: `${component.name} has no port \`${name}\``,
            ...portChoice(name, portNames(component), {
              otherwise: "add it to ports",
              beside: names,
            }),
          }),
        ],
  );
}

/** Its pods would be the proxies of no gateway. */
function noGateway({ release, report }: Site, component: ResolvedComponent): Problem[] {
  const { service, facts } = release;
  const namespaces = Object.values(facts.cluster.gateways).flatMap(
    (gateway) => gateway?.podNamespace ?? [],
  );
  if (namespaces.includes(service.namespace)) return [];
  return [
    report("GATEWAY_MISSING", [...component.path, "gatewayPorts"], {
      message: `cluster ${facts.clusterName} has no gateway whose proxies are in namespace ${service.namespace}`,
      found: `podNamespace of its gateways: ${[...new Set(namespaces)].join(", ")}`,
      expected: `a gateway with podNamespace: "${service.namespace}"`,
      fix: `mend podNamespace in ${clusterFile(facts.clusterName)}, or remove gatewayPorts`,
    }),
  ];
}
