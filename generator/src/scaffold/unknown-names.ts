/** Names of the command line that nothing has. No file says them, so no file is the place. */
import { environmentFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { nearest } from "../problems/suggest.ts";

/** Problem SERVICE_UNKNOWN, for a command that takes the name of a service. */
export function unknownService(
  name: string,
  services: readonly string[],
  command: "remove" | "vendor" | "explain",
): Problem {
  const near = nearest(name, services);
  return {
    code: "SERVICE_UNKNOWN",
    severity: "error",
    place: { file: "" },
    message: `there is no service \`${name}\``,
    expected: `one of: ${services.join(", ")}`,
    fix: near === undefined ? "mend the name" : `npm run ${command} ${near}`,
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

/** Problem ENVIRONMENT_UNKNOWN; an empty name is one that was not said. */
export function unknownEnvironment(name: string, environments: readonly string[]): Problem {
  const near = nearest(name, environments) ?? abbreviated(name, environments);
  const message = name === "" ? "no environment was named" : `there is no environment \`${name}\``;
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

/** `production` for `prod`, or the other way round: too far for a slip of the finger. */
function abbreviated(name: string, environments: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted === "") return undefined;
  return environments.find((one) => wanted.startsWith(one) || one.startsWith(wanted));
}
