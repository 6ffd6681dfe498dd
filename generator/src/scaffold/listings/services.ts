/** What `list` shows of each service. */
import { isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import type { SourceTree } from "../../model/tree.ts";
import type { Component } from "../../model/component.ts";
import type { AuthoredService } from "../../model/service.ts";
import type { Platform } from "../../model/platform.ts";
import { sourcesFile } from "../../model/paths.ts";
import type { Problem } from "../../problems/problem.ts";
import { tagOf } from "../../release/images/references.ts";
import { resolvePorts } from "../../release/ports.ts";

export interface ListedService {
  readonly name: string;
  readonly tier: string;
  readonly environments: readonly string[];
  readonly version: string;
  readonly ports: readonly string[];
  readonly consumes: readonly string[];
}

/** All services of the repository, whether they run anywhere or not, in the order of their names. */
export function listServices({ authored, releases }: Platform): ListedService[] {
  return [...authored.services].map(([name, service]) => ({
    name,
    tier: service.spec.tier,
    environments: releases
      .filter((release) => release.service.name === name)
      .map((release) => release.facts.name),
    version: versionOf(service),
    ports: portsOf(service),
    consumes: consumesOf(service),
  }));
}

type ListedComponent = Pick<Component, "ports" | "consumes">;

/** Components with the prefix of their ports' addresses. */
function componentsOf({ kind, spec }: AuthoredService): (readonly [string, ListedComponent])[] {
  return kind === "service"
    ? [["", spec]]
    : Object.entries<ListedComponent>(spec.components).map(([name, component]) => [
        `${name}/`,
        component,
      ]);
}

/** Tag of the image, of the first component where there are several; version of the chart. */
function versionOf(service: AuthoredService): string {
  if (service.kind === "chart") return service.spec.chart.version;
  const image =
    service.kind === "service"
      ? service.spec.image
      : (Object.values(service.spec.components)[0]?.image ?? "");
  return tagOf(image) ?? "";
}

function portsOf(service: AuthoredService): string[] {
  return componentsOf(service).flatMap(([prefix, { ports }]) =>
    resolvePorts(ports).map(
      (port) => `${prefix}${port.name}:${port.number}${port.protocol === "UDP" ? "/udp" : ""}`,
    ),
  );
}

function consumesOf(service: AuthoredService): string[] {
  const common = service.kind === "composed" ? Object.keys(service.spec.consumes ?? {}) : [];
  const own = componentsOf(service).flatMap(([, { consumes }]) => Object.keys(consumes ?? {}));
  return [...new Set([...common, ...own])].filter((name) => !name.startsWith("./")).sort();
}

/** `sources.yaml` beside a service: where each fact was read. */
const Sources = z.record(
  z.string(),
  z.strictObject({ in: z.array(z.string()), note: z.string().optional() }),
);

export interface UnconfirmedFact {
  readonly service: string;
  readonly fact: string;
  readonly note?: string | undefined;
}

/**
 * Facts no source was found for; a service without the file has none at all. Problems: FILE_WRONG_KIND for a file that
 * is no YAML, or that says something else.
 */
export function unconfirmedFacts(tree: SourceTree): {
  facts: UnconfirmedFact[];
  problems: Problem[];
} {
  const read = tree.services.map((service) => {
    const text = tree.factSources.get(service);
    return text === undefined
      ? { facts: [{ service, fact: "everything", note: "no sources.yaml" }], problems: [] }
      : factsOf(service, text);
  });
  return {
    facts: read.flatMap(({ facts }) => facts),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function factsOf(service: string, text: string): ReturnType<typeof unconfirmedFacts> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [error] = document.errors;
  if (error !== undefined) {
    const [reason = ""] = error.message.split(/ at line \d/);
    return { facts: [], problems: [badSources(service, reason, error.linePos?.[0])] };
  }
  const sources = Sources.safeParse(document.toJS());
  if (!sources.success) {
    const keys = sources.error.issues[0]?.path ?? [];
    const node = document.getIn(keys, true) ?? document.getIn(keys.slice(0, 1), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    const what = keys.length === 0 ? "no map" : `something else at ${keys.join(".")}`;
    return {
      facts: [],
      problems: [
        badSources(service, what, start === undefined ? undefined : lineCounter.linePos(start)),
      ],
    };
  }
  const facts = Object.entries(sources.data)
    .filter(([, source]) => source.in.length === 0)
    .map(([fact, { note }]) => ({ service, fact, note }));
  return { facts, problems: [] };
}

function badSources(
  service: string,
  found: string,
  place: { line: number; col: number } | undefined,
): Problem {
  return {
    code: "FILE_WRONG_KIND",
    severity: "error",
    place: { file: sourcesFile(service), line: place?.line ?? 1, column: place?.col ?? 1 },
    message: "where the facts of a service were read cannot be read itself",
    found,
    expected: "fact: { in: [source, …] }, for each fact",
    fix: "mend the line, or take the file back from git",
  };
}
