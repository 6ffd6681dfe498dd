/** Addresses that are written as a text, and who may call them. */
import { valuesIn } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import type { ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import { textsOf } from "../texts.ts";

const inUrl = /\/\/(?:[^\s/@]*@)?(?<address>(?:\d{1,3}\.){3}\d{1,3})(?::(?<port>\d+))?(?![\w.])/g;
const beforePort = /^(?<address>(?:\d{1,3}\.){3}\d{1,3}):(?<port>\d+)$/g;

export interface Literal {
  readonly keys: Keys;
  readonly address: string;
  readonly port: string | undefined;
}

interface Told {
  readonly callers: readonly ResolvedComponent[];
  readonly literals: readonly Literal[];
}

/** All texts are looked through once, for hosts outside the cluster and for its own addresses. */
const known = new WeakMap<ResolvedService, readonly Told[]>();

/** In: a service. Out: its literals; none of pods on the node's network, on which policies do not act. */
export function literalsOf(service: ResolvedService): readonly Told[] {
  const literals = known.get(service) ?? findIn(service);
  known.set(service, literals);
  return literals;
}

function findIn(service: ResolvedService): Told[] {
  const { components } = service;
  return [
    ...components.map((component) => ({
      callers: [component],
      literals: literalsIn(textsOf(service, component)),
    })),
    // Nobody knows which pods of a chart read a value.
    { callers: components, literals: literalsIn(textsOfChart(service), [inUrl]) },
  ].filter(({ callers }) => !callers.some(({ hostNetwork }) => hostNetwork));
}

const literalsIn = (
  texts: readonly [Keys, string][],
  expressions: readonly RegExp[] = [inUrl, beforePort],
): Literal[] =>
  texts.flatMap(([keys, text]) =>
    expressions.flatMap((expression) =>
      [...text.matchAll(expression)].map(({ groups }) => ({
        keys,
        address: groups?.["address"] ?? "",
        port: groups?.["port"],
      })),
    ),
  );

function textsOfChart({ kind, spec }: ResolvedService): [Keys, string][] {
  return kind === "chart"
    ? [...textsIn(["chart", "values"], spec.chart.values), ...textsIn(["objects"], spec.objects)]
    : [];
}

const textsIn = (keys: Keys, value: unknown): [Keys, string][] =>
  valuesIn(value, keys).flatMap(([place, one]): [Keys, string][] =>
    typeof one === "string" ? [[place, one]] : [],
  );
