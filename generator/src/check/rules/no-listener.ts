/** Routes their gateway does not listen for: the client would get another service's certificate, a 404, or nothing. */
import type { Problem } from "../../problems/problem.ts";
import { isUnder } from "../../release/network/gateways.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { at, list, text } from "../../model/reading.ts";
import { routeGroup as group, routeKinds, routeProtocols as protocols } from "../routes.ts";

/** Problems: MANIFEST_NO_LISTENER. Gateways that are not among the objects are somebody else's. */
export function routesUnheard(tree: CheckedTree): Problem[] {
  return routeKinds.flatMap((kind) =>
    tree.ofKind(`${group}/${kind}`).flatMap((route) =>
      list(route.tree, "spec", "parentRefs").flatMap((parent, index) => {
        const gateway = tree.find(
          route.release.facts.clusterName,
          `${group}/Gateway`,
          text(parent, "namespace") ?? route.manifest.namespace,
          text(parent, "name") ?? "",
        );
        return gateway === undefined ? [] : unheard(route, { parent, index, gateway });
      }),
    ),
  );
}

interface Parent {
  readonly parent: unknown;
  readonly index: number;
  readonly gateway: CheckedObject;
}

function unheard(route: CheckedObject, { parent, index, gateway }: Parent): Problem[] {
  const { kind, name } = route.manifest;
  const port = at(parent, "port");
  const section = text(parent, "sectionName");
  const isAtHome = gateway.manifest.namespace === route.manifest.namespace;
  const listeners = list(gateway.tree, "spec", "listeners").filter(
    (listener) =>
      (protocols[kind] ?? []).includes(text(listener, "protocol") ?? "") &&
      (port === undefined || port === at(listener, "port")) &&
      (section === undefined || section === text(listener, "name")) &&
      (isAtHome || text(listener, "allowedRoutes", "namespaces", "from") !== "Same"),
  );
  const { routes = {} } = route.release.service.spec;
  const field = name in routes ? ["routes", name] : [];
  const hosts = list(route.tree, "spec", "hostnames").filter((host) => typeof host === "string");
  const where = `Gateway ${gateway.manifest.name}`;
  if (listeners.length === 0) {
    return [
      problemIn(route, {
        code: "MANIFEST_NO_LISTENER",
        path: ["spec", "parentRefs", index],
        field: port === undefined ? field : [...field, "listener"],
        message: `${where} has no listener for a ${kind}${port === undefined ? "" : ` on port ${String(port)}`}`,
        expected: `a listener with protocol ${(protocols[kind] ?? []).join(" or ")}`,
        fix: "add the listener to the Gateway, or mend the route",
      }),
    ];
  }
  return hosts
    .filter((host) => !listeners.some((listener) => takes(text(listener, "hostname"), host)))
    .map((host) =>
      problemIn(route, {
        code: "MANIFEST_NO_LISTENER",
        path: ["spec", "hostnames", hosts.indexOf(host)],
        field: [...field, "host"],
        message: `no listener of ${where} takes ${host}`,
        found: JSON.stringify(host),
        expected: `a name of: ${listeners.flatMap((listener) => text(listener, "hostname") ?? []).join(", ")}`,
        fix: "take one of these, or add a listener with a certificate for it to the Gateway",
      }),
    );
}

/** A wildcard takes one label here: a listener would take more, and its certificate hold for none of them. */
function takes(hostname: string | undefined, host: string): boolean {
  if (hostname === undefined || hostname === host) return true;
  return hostname.startsWith("*.") && isUnder(host, hostname.slice(2));
}
