/** Names of the command line that nothing has. No file says them, so no file is the place. */
import { environmentFile } from "../model/paths.ts";
import { concerns } from "../model/rules.ts";
import type { SourceTree } from "../model/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { nearest } from "../problems/suggest.ts";
import { catalogueNames } from "./new-service/catalogue.ts";

/** Problem SERVICE_UNKNOWN, for a command that takes the name of a service. */
export function unknownService(
  name: string,
  services: readonly string[],
  command: "remove" | "vendor" | "explain",
): Problem {
  const near = nearest(name, services);
  const known = catalogueNames();
  const isKnown = known.includes(name);
  const nearKnown = isKnown ? name : nearest(name, known);
  const otherwise =
    nearKnown === undefined || command === "remove" || services.includes(nearKnown)
      ? "mend the name"
      : `add it first: npm run new-service ${nearKnown}`;
  return {
    code: "SERVICE_UNKNOWN",
    severity: "error",
    place: { file: "" },
    message: isKnown
      ? `\`${name}\` is in the catalogue, and no service of this repository`
      : `there is no service \`${name}\``,
    expected: `one of: ${services.join(", ")}`,
    fix: near === undefined || isKnown ? otherwise : `npm run ${command} ${near}`,
  };
}

/** Problem SERVICE_NOT_ENABLED, for a command that tells of a service where it runs. */
export function runsNowhere(name: string, environment: string | undefined): Problem {
  const where = environment === undefined ? "in no environment" : `not in ${environment}`;
  return {
    code: "SERVICE_NOT_ENABLED",
    severity: "error",
    place: { file: "" },
    message: `\`${name}\` runs ${where}, so nothing follows from its facts`,
    expected: "an environment it runs in",
    fix: `add "${name}" to services in ${environmentFile(environment ?? "<environment>")}`,
  };
}

/** Problem ENVIRONMENT_UNKNOWN, or SERVICE_NOT_ENABLED for one that is there and runs nothing; an empty name is one that was not said. */
export function unknownEnvironment(
  name: string,
  { environments, clusters, sources }: Pick<SourceTree, "environments" | "clusters" | "sources">,
): Problem {
  if (environments.includes(name)) return withoutServices(name);
  const isCluster = clusters.includes(name);
  // The files need not be right, so they are only read.
  const onIt = environments.find((one) =>
    new RegExp(`\\bcluster: *["']${name}["']`).test(sources.get(environmentFile(one)) ?? ""),
  );
  const near = isCluster ? onIt : (nearest(name, environments) ?? abbreviated(name, environments));
  const unknown = isCluster
    ? `\`${name}\` is a cluster, and no environment`
    : `there is no environment \`${name}\``;
  const message = name === "" ? "no environment was named" : unknown;
  return {
    code: "ENVIRONMENT_UNKNOWN",
    severity: "error",
    place: { file: "" },
    message,
    expected:
      environments.length === 0
        ? "one that exists, but there is none yet"
        : `one of: ${environments.join(", ")}`,
    fix:
      environments.length === 0
        ? `write ${environmentFile(name === "" ? "<environment>" : name)} first: docs/guide-environment.md`
        : `write --environment ${near ?? environments[0]}`,
  };
}

const withoutServices = (environment: string): Problem => ({
  code: "SERVICE_NOT_ENABLED",
  severity: "error",
  place: { file: environmentFile(environment) },
  message: `${environment} has no services yet`,
  expected: "at least one among its services",
  fix: `npm run new-service argo-cd -- --environment ${environment}`,
});

/** Problem CONCERN_UNKNOWN. Letters count in any case. */
export function unknownConcern(name: string): Problem {
  const near = nearest(name, concerns);
  return {
    code: "CONCERN_UNKNOWN",
    severity: "error",
    place: { file: "" },
    message: `there is no concern \`${name}\``,
    found: JSON.stringify(name),
    expected: `one of: ${concerns.join(", ")}`,
    fix:
      near === undefined
        ? "write one of them, or leave --concern out"
        : `write --concern ${shellWord(near)}`,
  };
}

const shellWord = (word: string) => (word.includes(" ") ? JSON.stringify(word) : word);

/** `production` for `prod`, or the other way round: too far for a slip of the finger. */
function abbreviated(name: string, environments: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted === "") return undefined;
  return environments.find((one) => wanted.startsWith(one) || one.startsWith(wanted));
}
