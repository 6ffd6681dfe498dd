/** Fields of a service that an overlay has no say in: what a service is known by is the same everywhere. */
import type { z } from "zod";
import { ChartComponent, ChartSource } from "../model/chart.ts";
import { Component } from "../model/component.ts";
import { Route } from "../model/connections.ts";
import { overlayOfKind } from "../model/overlay.ts";
import {
  ChartComponentOverlay,
  ChartSourceOverlay,
  ComponentOverlay,
  RouteOverlay,
} from "../model/overlay-parts.ts";
import { serviceFile } from "../model/paths.ts";
import { specOfKind } from "../model/service.ts";
import type { AuthoredService } from "../model/service.ts";
import { isTree } from "../model/data.ts";
import { pathText, shortValue } from "../problems/issues/text.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Overlaid } from "../problems/judge.ts";

/**
 * In: an overlay as its file exports it, and the service it is for. Out: the overlay without fields that
 * the service has and an overlay may not have, and a problem OVERLAY_CHANGES_IDENTITY for each of those.
 */
export function takeIdentity(
  overlaid: Overlaid,
  spec: unknown,
): { readonly rest: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const rest = partsOf(overlaid.base.kind).reduce(
    (value, part) => without(overlaid, { part, value, keys: [] }, problems),
    spec,
  );
  return { rest, problems };
}

/** Where maps merge: a path, in which `*` is any name, and the fields of both sides. */
interface Part {
  readonly path: readonly string[];
  readonly whole: z.ZodObject;
  readonly overlay: z.ZodObject;
}

function partsOf(kind: AuthoredService["kind"]): readonly Part[] {
  const component =
    kind === "chart"
      ? { whole: ChartComponent, overlay: ChartComponentOverlay }
      : { whole: Component, overlay: ComponentOverlay };
  return [
    { path: [], whole: specOfKind[kind], overlay: overlayOfKind[kind] },
    { path: ["routes", "*"], whole: Route, overlay: RouteOverlay },
    ...(kind === "service" ? [] : [{ path: ["components", "*"], ...component }]),
    ...(kind === "chart"
      ? [{ path: ["chart"], whole: ChartSource, overlay: ChartSourceOverlay }]
      : []),
  ];
}

function without(
  overlaid: Overlaid,
  { part, value, keys }: { part: Part; value: unknown; keys: readonly string[] },
  problems: Problem[],
): unknown {
  if (!isTree(value)) return value;
  const step = part.path[keys.length];
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const path = [...keys, key];
    if (step !== undefined)
      return step === "*" || step === key
        ? [[key, without(overlaid, { part, value: inner, keys: path }, problems)]]
        : [[key, inner]];
    if (!(key in part.whole.shape) || key in part.overlay.shape) return [[key, inner]];
    problems.push(isIdentity(overlaid, path, inner));
    return [];
  });
  return Object.fromEntries(entries);
}

function isIdentity(
  { file, service, base }: Overlaid,
  keys: readonly string[],
  found: unknown,
): Problem {
  const there = keys.reduce<unknown>(
    (value, key) => (isTree(value) ? value[key] : undefined),
    base.spec,
  );
  return problemAt("OVERLAY_CHANGES_IDENTITY", file, keys, {
    message: `an environment cannot say \`${pathText(keys)}\`: it is what the service is known by, the same everywhere`,
    found: shortValue(found),
    expected:
      there === undefined
        ? "nothing, as in the service"
        : `${shortValue(there)}, as in the service`,
    fix: `remove it here; ${serviceFile(service)} says it for all environments`,
    target: "key",
  });
}
