/** A service that another one names, and that is not there to be named. */
import { environmentFile } from "../../model/paths.ts";
import type { EnvironmentFacts, ResolvedService } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { creation } from "../../problems/creation.ts";
import { choice, problemAt } from "../../problems/report.ts";
import { nearest } from "../../problems/suggest.ts";
import type { Keys } from "../../model/reading.ts";

/** Where a service names another one, and how a person would take it out in one environment. */
export interface Naming {
  readonly service: ResolvedService;
  readonly verb: "consumes" | "needs";
  readonly keys: Keys;
  readonly otherwise: string;
  /** The same where the overlay of the environment is what names it. */
  readonly inOverlay?: string;
}

/** Problems: CONSUMES_NOT_ENABLED for a service that exists but does not run here, else CONSUMES_UNKNOWN_SERVICE. */
export function missingProvider(
  { facts, existing }: { readonly facts: EnvironmentFacts; readonly existing: readonly string[] },
  name: string,
  naming: Naming,
): Problem {
  const { service, verb, keys } = naming;
  const target = targetOf(verb);
  if (!existing.includes(name)) {
    const valid = existing.filter((candidate) => candidate !== service.name);
    const text = {
      message: `\`${name}\` is not a service of this repository`,
      ...choice(name, valid, `create it: ${creation(name)}`),
      asksFor: { service: name, environment: facts.name, near: nearest(name, valid) },
      ...target,
    };
    return problemAt("CONSUMES_UNKNOWN_SERVICE", service.file, keys, text, facts.name);
  }
  if (facts.elsewhere.includes(name)) return carriedElsewhere(facts, name, naming);
  const isLeftOut = facts.environment.without?.includes(name) ?? false;
  const text = {
    message: `${service.name} ${verb} ${name}, which does not run in the same environment`,
    found: JSON.stringify(name),
    expected: "a service that runs in the same environment",
    ...fixes(
      naming,
      (otherwise) =>
        `${isLeftOut ? `take "${name}" out of without` : `add "${name}" to services`} in ${environmentFile("<environment>")}, or ${otherwise}`,
    ),
    // A mistake in several environments is one problem with several of these.
    related: [{ file: environmentFile(facts.name), note: `runs ${service.name} without ${name}` }],
    ...target,
    ...(isLeftOut ? {} : { asksFor: { service: name, environment: facts.name, near: undefined } }),
  };
  return problemAt("CONSUMES_NOT_ENABLED", service.file, keys, text, facts.name);
}

// An edge is a key of `consumes`, a need an entry of a list.
const targetOf = (verb: Naming["verb"]) => (verb === "consumes" ? { target: "key" as const } : {});

/** What mends it, also for an overlay that names the other service: there nothing is removed that it adds itself. */
const fixes = (
  { keys, otherwise, inOverlay }: Naming,
  fix: (otherwise: string) => string,
): Pick<Problem, "fix" | "causes"> => ({
  fix: fix(otherwise),
  ...(inOverlay !== undefined && { causes: [{ does: "sets", keys, fix: fix(inOverlay) }] }),
});

/** What exists once cannot be added here as well: either the consumer goes to it, or does without. */
function carriedElsewhere(
  { name: environment, environment: { extends: taken }, clusterName, cluster }: EnvironmentFacts,
  name: string,
  naming: Naming,
): Problem {
  const { service, verb, keys } = naming;
  const leave =
    taken === undefined
      ? `take "${service.name}" out of services in ${environmentFile("<environment>")}`
      : `leave ${service.name} out of ${environmentFile("<environment>")} (services, or without: ["${service.name}"])`;
  const text = {
    message: `${service.name} ${verb} ${name}, which exists once on cluster ${clusterName}: only services of ${cluster.carrier}, which carries it, reach it`,
    found: JSON.stringify(name),
    expected: "a service that runs in the same environment",
    ...fixes(naming, (otherwise) => `${otherwise}; or ${leave}`),
    ...targetOf(verb),
  };
  return problemAt("CONSUMES_NOT_ENABLED", service.file, keys, text, environment);
}
