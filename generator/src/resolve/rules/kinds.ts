/** Fields that would do nothing: what the kind of workload, or of service, does not have. */
import type { Component } from "../../model/component.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import type { ProblemText } from "../../problems/report.ts";
import { kindThatEnds } from "../../release/components.ts";
import { isPostgresCluster, postgresNumbers } from "../../release/postgres.ts";

type Kind = NonNullable<Component["runs"]>["as"];

interface Limits {
  /** The kind as a person calls it. */
  readonly word: string;
  readonly fields: readonly (keyof Component)[];
  /** Why: what decides instead. */
  readonly because: string;
}

const limits: Readonly<Partial<Record<Kind, Limits>>> = {
  statefulSet: {
    word: "stateful set",
    fields: ["update"],
    because: "its pods are replaced one after the other",
  },
  daemonSet: {
    word: "daemon set",
    fields: ["replicas", "scale", "update", "disruption"],
    because: "it has one pod on every node",
  },
  schedule: {
    word: "schedule",
    fields: ["replicas", "scale", "update", "disruption"],
    because: "each run is a pod of its own",
  },
  job: {
    word: "job",
    fields: ["replicas", "scale", "update", "disruption"],
    because: "its run is one pod",
  },
  postgresCluster: {
    word: "PostgreSQL cluster",
    fields: [
      "command",
      "args",
      "folder",
      "env",
      "envFrom",
      "files",
      "security",
      "health",
      "init",
      "sidecars",
      "replicas",
      "scale",
      "update",
      "stopsWithin",
      "disruption",
      "runtime",
      "gpu",
      "runAs",
      "userNamespace",
      "account",
      "network",
    ],
    because: "CloudNativePG makes its pods",
  },
};

/** Of a volume whose claim the operator makes. */
const notOfDatabase = ["access", "adopt", "at", "subPath", "readOnly"] as const;

/** Problems: SPEC_INVALID. */
export function checkKinds(release: Release): Problem[] {
  const report = (keys: Keys, text: ProblemText) =>
    problemAt(
      "SPEC_INVALID",
      release.service.file,
      keys,
      { ...text, target: "key" },
      release.facts.name,
    );
  return [
    ...release.service.components.flatMap((component) => [
      ...ofComponent(component, report),
      ...healthOfRun(component, report),
      ...portsOfDatabase(component, report),
    ]),
    ...ofDatabase(release, report),
    ...ofChart(release, report),
  ];
}

type Report = (keys: Keys, text: ProblemText) => Problem;

function ofComponent({ source, path }: ResolvedComponent, report: Report): Problem[] {
  if (source.kind === "chart") return [];
  const { spec } = source;
  const limit = limits[spec.runs?.as ?? "deployment"];
  const fields = limit?.fields.filter((field) => spec[field] !== undefined) ?? [];
  const spread =
    spec.runs?.as === "daemonSet" && spec.placement?.spread !== undefined
      ? [[...path, "placement", "spread"]]
      : [];
  return [...fields.map((field) => [...path, field]), ...spread].map((keys) =>
    idle(report, keys, limit),
  );
}

/** A run works until it ends, and need not listen. A command may look whether it hangs. */
function healthOfRun(component: ResolvedComponent, report: Report): Problem[] {
  const kind = kindThatEnds(component);
  const health = component.source.kind === "workload" ? component.source.spec.health : undefined;
  if (kind === undefined || health === undefined) return [];
  if ("because" in health || health.exec !== undefined) return [];
  return [
    report([...component.path, "health"], {
      message: `health asks a port, and a run of a ${kind} that does not listen would be ended as not well`,
      expected: "no health: how a run ends says whether all went well",
      fix: "remove health; endsWithin stops a run that hangs",
    }),
  ];
}

function idle(report: Report, keys: Keys, limit: Limits | undefined): Problem {
  const field = String(keys.at(-1));
  return report(keys, {
    message: `a ${limit?.word} has no \`${field}\`: ${limit?.because}`,
    expected: "fields that its kind of workload has",
    fix: `remove ${field}`,
  });
}

/** The one volume of a database cluster is made by its operator, an instance each. */
function ofDatabase({ service }: Release, report: Report): Problem[] {
  if (!service.components.some(isPostgresCluster)) return [];
  return service.volumes.flatMap(({ name, volume }) =>
    volume.holds !== "database"
      ? []
      : notOfDatabase
          .filter((field) => volume[field] !== undefined)
          .map((field) => idle(report, ["storage", name, field], limits.postgresCluster)),
  );
}

/** Its configuration is the operator's, and so are the ports. */
function portsOfDatabase(component: ResolvedComponent, report: Report): Problem[] {
  if (!isPostgresCluster(component)) return [];
  return component.ports
    .filter(({ number, protocol }) => protocol !== "TCP" || !postgresNumbers.includes(number))
    .map(({ name, number, protocol }) =>
      report([...component.path, "ports", name], {
        message: `nothing listens on ${number}/${protocol}: CloudNativePG decides the ports of its pods`,
        expected: "5432 for clients, 9187 for metrics",
        fix: "write the number it listens on, or remove the port",
      }),
    );
}

/** What an upstream chart runs is said by its own values only. */
function ofChart({ service }: Release, report: Report): Problem[] {
  if (service.kind !== "chart") return [];
  return (["stopped", "annotations"] as const)
    .filter((field) => service.spec[field] !== undefined)
    .map((field) =>
      report([field], {
        message: `\`${field}\` does nothing to the pods of an upstream chart`,
        expected: "the chart's own values",
        fix: `say it in chart.values, and remove ${field}`,
      }),
    );
}
