/**
 * Monitors that name whom Prometheus or the prober asks. Their policies follow from what services say is measured, and refuse
 * the rest: it would never answer, and nobody would be told why.
 */
import { at, list, map, text } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isPatched, ownOf, patchOf } from "../origin.ts";
import { withReason } from "./beyond-service.ts";

interface Target {
  readonly path: Keys;
  readonly found: string;
}

/** By kind: who asks, and whom. */
const kinds: Readonly<
  Record<string, { readonly who: string; readonly targetsOf: (spec: unknown) => Target[] }>
> = {
  ScrapeConfig: { who: "Prometheus", targetsOf: scraped },
  Probe: { who: "the prober", targetsOf: probed },
};

/** Problems: MANIFEST_UNDECLARED, for each place that names targets without a reason. Of a chart its chart is the author. */
export function monitorTargets(tree: CheckedTree): Problem[] {
  return Object.entries(kinds).flatMap(([kind, { who, targetsOf }]) =>
    tree.ofKind(`monitoring.coreos.com/${kind}`).flatMap((object) =>
      targetsOf(object.tree["spec"])
        .filter(({ path }) => isUndeclared(object, path))
        .map((target) => problem(object, who, target)),
    ),
  );
}

/** Whether an object of the service without a reason says it, or a patch of a derived one. */
function isUndeclared(object: CheckedObject, path: Keys): boolean {
  const own = ownOf(object);
  return own === undefined
    ? isPatched(object) && at(patchOf(object), ...path) !== undefined
    : !own.hasReason;
}

function problem(object: CheckedObject, who: string, { path, found }: Target): Problem {
  const own = ownOf(object);
  return problemIn(object, {
    code: "MANIFEST_UNDECLARED",
    path,
    field: [],
    message: `${who} would ask what no service says is measured, and its network policies refuse that`,
    found,
    expected: "what metrics and health of a service say, from which policies follow",
    fix: `take it out, and say what is measured where it runs: metrics: { … }, health: { … }${
      own === undefined
        ? ""
        : `; or say in reaches of the service that asks where it may go, and write ${withReason(own)}`
    }`,
  });
}

/** Static ones, and each way to find others. */
function scraped(spec: unknown): Target[] {
  const found = Object.keys(map(spec)).filter((key) => key.endsWith("SDConfigs"));
  return [
    ...list(spec, "staticConfigs").map((config, index) => ({
      path: ["spec", "staticConfigs", index, "targets"],
      found: list(config, "targets").join(", "),
    })),
    ...found.map((key) => ({ path: ["spec", key], found: key })),
  ];
}

function probed(spec: unknown): Target[] {
  const prober = text(spec, "prober", "url");
  const targets = list(spec, "targets", "staticConfig", "static");
  return [
    ...(prober === undefined ? [] : [{ path: ["spec", "prober", "url"], found: prober }]),
    ...(targets.length === 0
      ? []
      : [{ path: ["spec", "targets", "staticConfig", "static"], found: targets.join(", ") }]),
    ...(at(spec, "targets", "ingress") === undefined
      ? []
      : [{ path: ["spec", "targets", "ingress"], found: "ingress" }]),
  ];
}
