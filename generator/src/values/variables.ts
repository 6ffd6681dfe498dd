/** Authored variables and files -> what a container gets, and which secrets that takes. */
import type { Component, Variable } from "../model/component.ts";
import type { Connection, EnvironmentFacts, Release, ResolvedComponent } from "../model/platform.ts";
import type { ClusterReference } from "../model/references.ts";
import type { VariableValue } from "../model/values/container.ts";
import { InternalError } from "../problems/problem.ts";
import { ownSecret, secretFromProvider } from "../resolve/names.ts";
import { loginTexts, offeredKeys, peerKeys } from "../resolve/offers.ts";
import type { OfferedValue } from "../resolve/offers.ts";

/** In: a variable of a component of this release. Out: its value for Helm. References have been checked before. */
export function variableValue(release: Release, component: ResolvedComponent, variable: Variable): VariableValue {
  if (typeof variable !== "object") return String(variable);
  if ("secret" in variable) return { secret: ownSecret, key: variable.secret };
  if ("pod" in variable) return { field: variable.pod };
  if ("cluster" in variable) return clusterFact(release.facts, variable.cluster);
  const offered = offerOf(release, component, variable.from, variable.key);
  if (offered === undefined) throw new InternalError(`${release.service.name} reads ${variable.from}.${variable.key}, which was not checked`);
  if (offered.kind === "text") return offered.text;
  const known = offered.kind === "login" ? loginTexts(loginTo(release, component, variable.from), release.facts)[offered.key] : undefined;
  return known ?? { secret: secretFromProvider(variable.from), key: offered.key };
}

/** What `from(name, key)` means for a component; undefined when nothing offers it. */
export function offerOf(release: Release, component: ResolvedComponent, name: string, key: string): OfferedValue | undefined {
  if (name.startsWith("./")) {
    const peer = release.service.components.find((candidate) => candidate.name === name.slice(2));
    return peer === undefined ? undefined : peerKeys({ service: release.service, component: peer }, release.facts).get(key);
  }
  const connection = connectionsTo(release, component, name)[0];
  return connection === undefined ? undefined : offeredKeys(connection.provider.service, release.facts).get(key);
}

export function connectionsTo(release: Release, component: ResolvedComponent, provider: string): readonly Connection[] {
  return release.outgoing.filter((edge) => edge.consumer.component === component && edge.provider.service.name === provider);
}

export function loginTo(release: Release, component: ResolvedComponent, provider: string): Connection {
  const connection = connectionsTo(release, component, provider).find((edge) => edge.login !== undefined);
  if (connection === undefined) throw new InternalError(`${release.service.name} reads a login of ${provider} without one`);
  return connection;
}

export function clusterFact(facts: EnvironmentFacts, name: ClusterReference["cluster"]): string {
  const { environment, cluster } = facts;
  switch (name) {
    case "domain":
      return environment.domain;
    case "timeZone":
      return facts.timeZone;
    case "environment":
      return facts.name;
    case "cluster":
      return facts.clusterName;
    case "gatewayAddress":
      return cluster.gateways.internal.address ?? "";
    case "dnsAddress":
      return cluster.addresses?.["dns"] ?? "";
    case "podNetwork":
      return cluster.networks.pods;
    case "serviceNetwork":
      return cluster.networks.services;
    case "lanNetwork":
      return cluster.networks.lan.join(",");
  }
}

/** A container of a component: itself, one that runs before, one beside. */
export interface AuthoredContainer {
  /** Undefined for the main one. */
  readonly name: string | undefined;
  readonly role: "main" | "init" | "sidecar";
  readonly keys: readonly string[];
  readonly spec: Pick<Component, "image" | "command" | "args" | "folder" | "env" | "envFrom" | "files" | "mounts" | "size" | "resources" | "security"> & { readonly health?: Component["health"] };
}

/** All containers of a component, the main one first. */
export function containersOf(component: ResolvedComponent): AuthoredContainer[] {
  if (component.source.kind === "chart") return [];
  const { spec } = component.source;
  const beside = (role: "init" | "sidecar", containers: Component["init"] | Component["sidecars"]) =>
    Object.entries(containers ?? {}).map(([name, container]): AuthoredContainer => ({ name, role, keys: [...component.path, role === "init" ? "init" : "sidecars", name], spec: container }));
  return [{ name: undefined, role: "main", keys: component.path, spec }, ...beside("sidecar", spec.sidecars), ...beside("init", spec.init)];
}
