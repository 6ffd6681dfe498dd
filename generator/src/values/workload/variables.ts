/** Authored variables and files -> what a container gets, and which secrets that takes. */
import type { Variable } from "../../model/component.ts";
import type { Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { VariableValue } from "../../model/values/container.ts";
import { InternalError } from "../../problems/problem.ts";
import { ownSecret } from "../../model/names.ts";
import { componentFact, containerFact, namespaceFact } from "../../release/causes.ts";
import { factOfCluster } from "../../release/cluster-facts.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { factsOfHosts, hostOfRoute } from "../../release/network/route-hosts.ts";
import type { OfferAsked } from "../../release/offers/offers.ts";
import { readOffer } from "../../release/offers/offers.ts";

/** In: a variable of a component of this release. Out: its value for Helm. References have been checked before. */
export function variableValue(
  release: Release,
  component: ResolvedComponent,
  variable: Variable,
): VariableValue {
  if (typeof variable !== "object") return String(variable);
  if ("secret" in variable) return { secret: ownSecret, key: variable.secret };
  if ("pod" in variable) return { field: variable.pod };
  if ("cluster" in variable)
    return [factOfCluster(release.facts, variable.cluster)].flat().join(",");
  // That the cluster has the host has been checked (LAN_HOST_UNKNOWN).
  if ("lan" in variable) return release.facts.cluster.hosts?.[variable.lan] ?? "";
  // That the route has one, too (ROUTE_HOST_UNKNOWN).
  if ("routeHost" in variable) return hostOfRoute(release, variable.routeHost) ?? "";
  const read = readOffer(release, component, variable);
  if (read === undefined)
    throw new InternalError(
      `${release.service.name} reads ${variable.from}.${variable.key}, which was not checked`,
    );
  return read;
}

/** Variables of a container whose value is known elsewhere, by name. */
export function derivedVariables(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Derived<readonly [string, VariableValue]>[] {
  const fact = (...path: string[]) => containerFact(release.service, component, container, ...path);
  return Object.entries(container.spec.env ?? {}).flatMap(([name, variable]) => {
    if (typeof variable !== "object" || "secret" in variable) return [];
    const read =
      "from" in variable
        ? [
            componentFact(release.service, component, "consumes", variable.from),
            ...(namesHostOfPeer(variable) ? [namespaceFact(release.service)] : []),
          ]
        : "routeHost" in variable
          ? factsOfHosts(release, variable.routeHost)
          : [];
    return [
      {
        value: [name, variableValue(release, component, variable)] as const,
        rule: "variable-read" as const,
        causes: [fact("env", name), ...read],
      },
    ];
  });
}

/** Another component of the service gives a host and a port, and both in a URL. */
const namesHostOfPeer = ({ from, key }: OfferAsked) =>
  from.startsWith("./") && !key.endsWith("port");
