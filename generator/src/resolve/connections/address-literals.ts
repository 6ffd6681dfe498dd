/** Addresses that are written as a text, and who may call them. */
import { valuesIn } from "../../model/reading.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Keys } from "../../problems/report.ts";
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

/** In: a release. Out: its literals; none of pods on the node's network, on which policies do not act. */
export function literalsOf(release: Release): Told[] {
  const { components } = release.service;
  return [
    ...components.map((component) => ({
      callers: [component],
      literals: literalsIn(textsOf(release.service, component)),
    })),
    // Nobody knows which pods of a chart read a value.
    { callers: components, literals: literalsIn(textsOfChart(release), [inUrl]) },
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

function textsOfChart({ service: { kind, spec } }: Release): [Keys, string][] {
  return kind === "chart"
    ? [...textsIn(["chart", "values"], spec.chart.values), ...textsIn(["objects"], spec.objects)]
    : [];
}

const textsIn = (keys: Keys, value: unknown): [Keys, string][] =>
  valuesIn(value, keys).flatMap(([place, one]): [Keys, string][] =>
    typeof one === "string" ? [[place, one]] : [],
  );
