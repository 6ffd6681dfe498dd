/** Whether an exporter can ask the component it stands beside. */
import type { ResolvedComponent } from "../../model/platform.ts";
import { choice } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import type { ProblemText } from "../../problems/report.ts";
import type { Problem } from "../../problems/problem.ts";
import { kindThatEnds } from "../../release/components.ts";
import {
  askedPort,
  exporterFacts,
  exporterLine,
  exporterMetrics,
  programOf,
} from "../../release/exporters.ts";
import { isPostgresCluster } from "../../release/postgres.ts";

type Report = (code: "EXPORTER_UNFIT", keys: Keys, text: ProblemText) => Problem;

/** Problems: EXPORTER_UNFIT, the first thing that is wrong with it. */
export function checkExporter(component: ResolvedComponent, report: Report): Problem[] {
  const metrics = exporterMetrics(component);
  if (metrics === undefined || component.source.kind === "chart") return [];
  const { exporter, key } = metrics;
  const facts = exporterFacts(metrics);
  const { image } = component.source.spec;
  const found = JSON.stringify(exporter);
  const unfit = (text: ProblemText, ...keys: readonly string[]) => [
    report("EXPORTER_UNFIT", ["metrics", ...keys], text),
  ];
  if (isPostgresCluster(component))
    return unfit({
      message: "a database cluster has metrics of its own",
      found,
      expected: "the port CloudNativePG serves them at",
      fix: 'write metrics: { port: "metrics" }, with the port metrics: 9187',
    });
  if (kindThatEnds(component) !== undefined)
    return unfit({
      message: "a job has ended before an exporter is asked; it is watched for the end of its runs",
      found,
      expected: "no exporter",
      fix: "remove metrics",
      target: "key",
    });
  const clash = component.ports.find(({ number }) => number === facts.port);
  if (clash !== undefined)
    return unfit({
      message: `the exporter listens on ${facts.port} in the same pod, where the port \`${clash.name}\` is`,
      found,
      expected: `another number for \`${clash.name}\``,
      fix: "let the component listen on another port",
    });
  if (askedPort(component, metrics) === undefined)
    return unfit({
      message: `the exporter ${exporter} does not know which port of ${component.name} to ask`,
      found,
      expected: `a TCP port called ${facts.asks.join(" or ")}, or only one TCP port`,
      fix: `call the port ${facts.asks[0] ?? ""}, or add it to ports`,
    });
  const program = programOf(image);
  const programs = Object.keys(facts.programs);
  if (facts.args !== undefined && !programs.includes(program))
    return unfit(
      {
        message: `the exporter ${exporter} knows no \`${program}\`, which the image \`${image}\` is called`,
        found: choice(program, programs, "").found,
        expected: `an image of one of: ${programs.join(", ")}`,
        fix: choice(
          program,
          programs,
          "remove metrics: its health endpoint is asked instead",
        ).fix.replace(/^write "(.*)", or/, "take the image of $1, or"),
      },
      "exporter",
    );
  if (facts.needs !== undefined && key === undefined)
    return unfit({
      message: `the exporter ${exporter} cannot ask without a key`,
      found,
      expected: "the key or password it logs in with",
      fix: `write ${exporterLine(exporter)}`,
    });
  return [];
}
