/** What can be wrong with a vendored chart, said at the field of the service's file. */
import { messageOfTemplate } from "../helm-message.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { Archive, ChartArchive, UpstreamChart } from "../../release/chart.ts";
import { isSameVersion, nameOfChart } from "../../release/chart.ts";

/** A release whose chart is rendered here. */
export interface ChartRelease {
  readonly release: Release;
  readonly chart: UpstreamChart & { readonly archive: ChartArchive };
}

/** Problems: VENDOR_MISSING, VENDOR_MISMATCH. None for an archive that is what the service's file says. */
export function archiveProblems({ release, chart }: ChartRelease, archive: Archive): Problem[] {
  const { file, digest } = chart.archive;
  const { service, facts } = release;
  const again = `npm run vendor ${service.name}`;
  const at = (
    code: "VENDOR_MISSING" | "VENDOR_MISMATCH",
    keys: readonly string[],
    text: Omit<Parameters<typeof problemAt>[3], "fix"> & { fix?: string },
  ) =>
    problemAt(
      code,
      service.file,
      ["chart", ...keys],
      { fix: `${again}, or restore the file from git`, ...text },
      facts.name,
    );
  if (archive.kind === "missing")
    return [
      at("VENDOR_MISSING", ["archive", "file"], {
        message: `the copy of the chart, ${file}, is not there`,
        found: JSON.stringify(file),
        expected: "a file of this repository",
        fix: `restore it from git, or pull it again: ${again}`,
      }),
    ];
  if (archive.digest !== digest)
    return [
      at("VENDOR_MISMATCH", ["archive", "digest"], {
        message: `${file} is another file than the one that was vendored`,
        found: archive.digest,
        expected: digest,
      }),
    ];
  if (archive.kind === "damaged")
    return [
      at("VENDOR_MISMATCH", ["archive", "file"], {
        message: `${file} is no packaged chart`,
        found: "no Chart.yaml with name and version",
        expected: "a chart as `helm pull` writes it",
      }),
    ];
  const wanted = nameOfChart(chart.from);
  if (archive.name !== wanted)
    return [
      at("VENDOR_MISMATCH", ["from"], {
        message: `${file} holds the chart ${archive.name}`,
        found: JSON.stringify(wanted),
        expected: JSON.stringify(archive.name),
        fix: again,
      }),
    ];
  if (!isSameVersion(archive.version, chart.version))
    return [
      at("VENDOR_MISMATCH", ["version"], {
        message: `${file} holds version ${archive.version}`,
        found: JSON.stringify(chart.version),
        expected: JSON.stringify(archive.version),
        fix: `${again} pulls the version that is written here`,
      }),
    ];
  return [];
}

/** Helm cannot render the chart, or renders what is no object. */
export function chartFailed(
  { release, chart }: ChartRelease,
  reason: string,
  command: string,
): Problem {
  return problemAt(
    "HELM_TEMPLATE_FAILED",
    release.service.file,
    ["chart", "values"],
    {
      message: `Helm cannot render the chart ${nameOfChart(chart.from)} ${chart.version}: ${inOneLine(reason)}`,
      found: reason.trim(),
      expected: "values the chart can render",
      fix: `change chart.values as the chart's own documentation says; the same with plain Helm: ${command}`,
    },
    release.facts.name,
  );
}

/** Helm says first where it was, and last what the chart said, or how to ask again. */
function inOneLine(reason: string): string {
  const [, error] = /^Error: (.+)$/m.exec(reason) ?? [];
  return (messageOfTemplate(reason) ?? error ?? reason.split("\n")[0] ?? "").trim();
}

/** The chart makes something else each time it is rendered. */
export function unstable({ release, chart }: ChartRelease, names: readonly string[]): Problem {
  return problemAt(
    "VENDOR_UNSTABLE",
    release.service.file,
    ["chart", "values"],
    {
      message: `the chart ${nameOfChart(chart.from)} renders something else each time, so every render would restart or replace ${names.length === 1 ? "it" : "them"}`,
      found: names.join(", "),
      expected: "the same objects from the same values",
      fix:
        'say in chart.values what the chart makes up (a password, a certificate, the name of a Secret made by secret("…"), a date); or let Argo CD fetch the chart: npm run vendor ' +
        `${release.service.name} -- --remove`,
    },
    release.facts.name,
  );
}

/** Objects no file can hold are left out, and nobody should find that out on the cluster. */
export function nameless({ release }: ChartRelease, kinds: readonly string[]): Problem {
  return problemAt(
    "VENDOR_NAMELESS",
    release.service.file,
    ["chart"],
    {
      severity: "warning",
      message: "the chart renders objects without a name, which are left out",
      found: kinds.join(", "),
      expected: "objects with metadata.name",
      fix: "switch them off in chart.values where the chart can, and write what is needed under objects",
    },
    release.facts.name,
  );
}
