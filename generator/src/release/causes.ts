/** The facts behind a consequence, by where they are written. */
import { asTree } from "../model/data.ts";
import type { Cause } from "../model/derived.ts";
import { clusterFile, environmentFile, tiersFile } from "../model/paths.ts";
import type { AuthoredContainer } from "./containers.ts";
import type { EnvironmentFacts, ResolvedComponent, ResolvedService } from "../model/platform.ts";

/** A fact of the service as a whole. */
export const serviceFact = (service: ResolvedService, ...path: string[]): Cause =>
  causeIn(service.file, service.spec, path);

/** What keeps a namespace another name than the usual one: all that bears its name follows from it. */
export const namespaceFact = (service: ResolvedService): Cause =>
  serviceFact(service, "pins", "namespace");

/** A fact of a component; what the service says for all its components is told from there. */
export function componentFact(
  service: ResolvedService,
  component: ResolvedComponent,
  ...path: string[]
): Cause {
  const own = serviceFact(service, ...component.path, ...path);
  if (own.absent === undefined || component.path.length === 0) return own;
  const common = serviceFact(service, ...path);
  return common.absent === undefined ? common : own;
}

/** A fact of a container: the main one, or one beside it. An exporter has one fact, the `metrics` that ask for it, whatever the path. */
export const containerFact = (
  service: ResolvedService,
  component: ResolvedComponent,
  { role, keys, exporterPort }: AuthoredContainer,
  ...path: string[]
): Cause =>
  role === "main"
    ? componentFact(service, component, ...path)
    : serviceFact(service, ...keys, ...(exporterPort === undefined ? path : []));

/** A fact of the environment. */
export const environmentFact = (facts: EnvironmentFacts, ...path: string[]): Cause =>
  causeIn(environmentFile(facts.name), facts.environment, path);

/** A fact of the cluster. */
export const clusterFact = (facts: EnvironmentFacts, ...path: string[]): Cause =>
  causeIn(clusterFile(facts.clusterName), facts.cluster, path);

/** A fact of a tier. */
export const tierFact = (facts: EnvironmentFacts, ...path: string[]): Cause =>
  causeIn(tiersFile, facts.tiers, path);

/** In: a fact that is there, and a part of it. Out: that this part is not there: `claim with one writer` of `storage`. */
export const absent = ({ file, path }: Cause, what: string): Cause => ({
  file,
  path,
  absent: true,
  what,
});

/** That a service has no other component of which something would hold; nothing of one that is a component itself. */
export function noOtherComponent(service: ResolvedService, what: string): Cause[] {
  const components = serviceFact(service, "components");
  return components.absent === true ? [] : [absent(components, `other component ${what}`)];
}

function causeIn(file: string, root: unknown, path: readonly string[]): Cause {
  const value = path.reduce<unknown>((from, key) => asTree(from)[key], root);
  if (value === undefined) return { file, path, absent: true };
  const reason = asTree(value)["because"];
  return typeof reason === "string" ? { file, path, reason } : { file, path };
}
