/** Authored variables and files -> what a container gets, and which secrets that takes. */
import type { Variable } from "../../model/component.ts";
import type { Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { VariableValue } from "../../model/values/container.ts";
import { InternalError } from "../../problems/problem.ts";
import { ownSecret, secretFromProvider } from "../../model/names.ts";
import { componentFact, containerFact, serviceFact } from "../../release/causes.ts";
import { factOfCluster } from "../../release/cluster-facts.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { hostOfRoute } from "../../release/network/route-hosts.ts";
import { loginTexts, loginTo, offerOf } from "../../release/offers/offers.ts";

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
  const offered = offerOf(release, component, variable.from, variable.key);
  if (offered === undefined)
    throw new InternalError(
      `${release.service.name} reads ${variable.from}.${variable.key}, which was not checked`,
    );
  if (offered.kind === "text") return offered.text;
  const known =
    offered.kind === "login"
      ? loginTexts(loginTo(release, component, variable.from), release.facts)[offered.key]
      : undefined;
  return known ?? { secret: secretFromProvider(variable.from), key: offered.key };
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
        ? [componentFact(release.service, component, "consumes", variable.from)]
        : "routeHost" in variable
          ? [serviceFact(release.service, "routes", variable.routeHost, "host")]
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
