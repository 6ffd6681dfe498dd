/** What `vendor` may do to a service: which chart it asks for, what came back, which files change. */
import { unknownService } from "./unknown-names.ts";
import path from "node:path";
import { serviceFile } from "../model/paths.ts";
import type { SourceTree } from "../model/tree.ts";
import type { Platform } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Keys } from "../model/reading.ts";
import type { ProblemText } from "../problems/report.ts";
import type { ProblemCode } from "../problems/codes.ts";
import type { Archive, ChartArchive } from "../release/chart.ts";
import { isSameVersion, nameOfChart } from "../release/chart.ts";

export interface VendoredService {
  readonly service: string;
  readonly from: string;
  readonly version: string;
  readonly archive: ChartArchive | undefined;
  /** Files of archives that other services are rendered from. */
  readonly usedByOthers: ReadonlySet<string>;
}

/** Where copies of upstream charts are kept unless said. */
const vendorFolder = "charts/vendor";

/** Problems: SERVICE_UNKNOWN, VENDOR_NO_CHART. */
export function serviceToVendor(
  tree: SourceTree,
  { authored }: Platform,
  service: string,
): VendoredService | { problem: Problem } {
  const spec = authored.services.get(service);
  if (spec === undefined) return { problem: unknownService(service, tree.services, "vendor") };
  if (spec.kind !== "chart")
    return {
      problem: noChart(service, {
        message: `${service} is no upstream chart`,
        found: "defineService",
        expected: "a service written with defineChart",
        fix: `name one of: ${charts(authored).join(", ") || "none yet"}`,
      }),
    };
  const { from, version, archive } = spec.spec.chart;
  const usedByOthers = [...authored.services].flatMap(([name, other]) =>
    other.kind === "chart" && name !== service ? (other.spec.chart.archive?.file ?? []) : [],
  );
  return { service, from, version, archive, usedByOthers: new Set(usedByOthers) };
}

const charts = (authored: Platform["authored"]) =>
  [...authored.services].flatMap(([name, { kind }]) => (kind === "chart" ? name : []));

/** VENDOR_NO_CHART, at the service's file. */
export function noChart(service: string, text: ProblemText): Problem {
  return {
    ...problemAt("VENDOR_NO_CHART", serviceFile(service), [], text),
    place: { file: serviceFile(service), line: 1, column: 1 },
  };
}

/** Where the archive goes: the folder that was asked for, else where the last one is, else `charts/vendor`. */
export function archivePath(
  { archive }: VendoredService,
  { name, version }: { name: string; version: string },
  folder: string | undefined,
): string {
  const file = `${name}-${version}.tgz`.replaceAll(/[^A-Za-z0-9._-]/g, "_");
  return path.posix.join(
    folder ?? (archive === undefined ? vendorFolder : path.posix.dirname(archive.file)),
    file,
  );
}

/** VENDOR_PULL_FAILED. In: what Helm printed. */
export function pullFailed({ service, from, version }: VendoredService, reason: string): Problem {
  return at(service, "VENDOR_PULL_FAILED", ["chart", "from"], {
    message: `Helm cannot pull ${nameOfChart(from)} ${version}: ${reason.split("\n")[0]?.replace(/^Error: /, "") ?? ""}`,
    found: reason,
    expected: `the chart ${nameOfChart(from)} in version ${version} at ${from.slice(0, from.lastIndexOf("/"))}`,
    fix: from.startsWith("oci://")
      ? "look at chart.from and chart.version, at the network, and at the login: helm registry login"
      : "look at chart.from and chart.version, at the network, and at the login: helm repo add <name> <address> --username …",
  });
}

/** Problems: VENDOR_MISMATCH, VENDOR_PULL_FAILED. None when what came back is what was asked for. */
export function pulledProblem(wanted: VendoredService, pulled: Archive): Problem | undefined {
  const { service, from, version, archive } = wanted;
  if (pulled.kind !== "chart") return pullFailed(wanted, "what came back is no packaged chart");
  const name = nameOfChart(from);
  if (pulled.name !== name)
    return at(service, "VENDOR_MISMATCH", ["chart", "from"], {
      message: `the chart that came back calls itself ${pulled.name}`,
      found: JSON.stringify(name),
      expected: JSON.stringify(pulled.name),
      fix: "mend chart.from, or ask the maker of the chart",
    });
  if (!isSameVersion(pulled.version, version))
    return at(service, "VENDOR_MISMATCH", ["chart", "version"], {
      message: `version ${pulled.version} came back`,
      found: JSON.stringify(version),
      expected: "an exact version",
      fix: `write "${pulled.version}"`,
    });
  const isSameFile =
    archive !== undefined &&
    path.posix.basename(archive.file) ===
      path.posix.basename(archivePath(wanted, pulled, undefined));
  if (!isSameFile || archive.digest === pulled.digest) return undefined;
  return at(service, "VENDOR_MISMATCH", ["chart", "archive", "digest"], {
    message: `${name} ${version} is another file today than when it was vendored`,
    found: pulled.digest,
    expected: archive.digest,
    fix: "ask the maker of the chart why a released version changed; to take the new one, remove archive from the file and run this again",
  });
}

function at(service: string, code: ProblemCode, keys: Keys, text: ProblemText): Problem {
  return problemAt(code, serviceFile(service), keys, text);
}
