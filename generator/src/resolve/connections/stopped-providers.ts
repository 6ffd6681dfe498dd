/** A running service that names a stopped one: its calls are refused, or it waits for what does not come. */
import { overlayFile } from "../../model/paths.ts";
import type { ResolvedService } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import { edgeRemoval } from "./connections.ts";
import type { Neighbours } from "./connections.ts";
import { entryKeys } from "../../release/entry-keys.ts";
import { needsWithout } from "./order.ts";

/** Problems: CONSUMES_STOPPED, warnings: it may be meant for a while. Where both are stopped nobody misses anything. */
export function checkStopped({ facts, services }: Neighbours): Problem[] {
  return [...services.values()]
    .filter((service) => !isStopped(service))
    .flatMap((service) =>
      [...consumed(service), ...needed(service)].flatMap((naming) =>
        isStopped(services.get(naming.target)) ? [problem(service, naming, facts.name)] : [],
      ),
    );
}

/** Pods of a chart are its own values' matter, whatever the service says. */
export const isStopped = (service: ResolvedService | undefined): boolean =>
  service !== undefined && service.kind !== "chart" && service.spec.stopped === true;

interface Naming {
  readonly target: string;
  readonly keys: Keys;
  /** What follows from it, in a sentence about the service. */
  readonly outcome: string;
  /** How a person takes it out where the other one is stopped. */
  readonly removal: () => string;
}

function consumed(service: ResolvedService): Naming[] {
  return service.components.flatMap((component) =>
    Object.keys(component.consumes).map((target) => {
      const keys = entryKeys({ service, component }, "consumes", target);
      return {
        target,
        keys,
        outcome: `consumes ${target}, which is stopped: nobody answers its calls`,
        removal: () => edgeRemoval(service, target, keys),
      };
    }),
  );
}

function needed(service: ResolvedService): Naming[] {
  return (service.spec.needs ?? []).map((target, index) => ({
    target,
    keys: ["needs", index],
    outcome: `needs ${target}, which is stopped: it would not start`,
    removal: () =>
      `${needsWithout(service, target)} in ${overlayFile("<environment>", service.name)}`,
  }));
}

function problem(
  { name, file, kind }: ResolvedService,
  { target, keys, outcome, removal }: Naming,
  environment: string,
): Problem {
  // A chart has no such word.
  const stopToo = kind === "chart" ? "" : ` say stopped: true of ${name} too,`;
  const text = {
    severity: "warning" as const,
    message: `${name} ${outcome}`,
    found: `${target} with stopped: true`,
    expected: `${target} to run where ${name} does`,
    fix: `take stopped out of ${target},${stopToo} or take out there what uses it: ${removal()}`,
    ...(keys[0] === "needs" ? {} : { target: "key" as const }),
  };
  return problemAt("CONSUMES_STOPPED", file, keys, text, environment);
}
