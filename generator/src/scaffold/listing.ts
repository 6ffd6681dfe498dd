/** What `list` shows of each service. */
import { parse } from "yaml";
import { z } from "zod";
import type { SourceTree } from "../model/tree.ts";
import type { Component } from "../model/component.ts";
import type { AuthoredService } from "../model/service.ts";
import type { Platform } from "../model/platform.ts";
import { tagOf } from "../release/images.ts";
import { resolvePorts } from "../release/ports.ts";

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

/** Facts no source was found for; a service without the file has none at all. */
export function unconfirmedFacts(tree: SourceTree): UnconfirmedFact[] {
  return tree.services.flatMap((service) => {
    const text = tree.factSources.get(service);
    const sources = text === undefined ? undefined : Sources.safeParse(parse(text));
    if (sources?.success !== true)
      return [
        {
          service,
          fact: "everything",
          note:
            text === undefined
              ? "no sources.yaml"
              : "sources.yaml is not fact: { in: [source, …] }",
        },
      ];
    return Object.entries(sources.data)
      .filter(([, source]) => source.in.length === 0)
      .map(([fact, { note }]) => ({ service, fact, note }));
  });
}
