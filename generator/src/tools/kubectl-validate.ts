/** Runs kubectl-validate and reads its report. */
import { devNull } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Problem } from "../problems/problem.ts";
import type { Host } from "./host.ts";
import { toolProblem } from "./problems.ts";
import { lastLines, run, type Outcome } from "./process.ts";
import type { RenderedFile } from "./rendered-files.ts";

export interface Validator {
  readonly path: string;
  /** As `1.35`. */
  readonly kubernetesVersion: string;
  readonly crdFolder: string;
  /** The API groups that have a folder in `crdFolder`. */
  readonly crdGroups: ReadonlySet<string>;
}

export interface Verdict {
  readonly passed: readonly RenderedFile[];
  readonly problems: readonly Problem[];
}

const Cause = z.object({ message: z.string().default(""), field: z.string().default("") });
const Status = z.object({
  status: z.string(),
  message: z.string().default(""),
  details: z.object({ causes: z.array(Cause).default([]) }).optional(),
});
const Report = z.record(z.string(), z.array(Status));
type Status = z.infer<typeof Status>;

/**
 * Checks files as the API server would, CEL rules included, with one process.
 * In: the validator and the files. Out: what passed, and MANIFEST_INVALID, MANIFEST_NO_SCHEMA for
 * what did not; TOOL_FAILED when the validator gave no verdict on every file.
 */
export async function validateFiles(
  validator: Validator,
  files: readonly RenderedFile[],
  host: Host,
): Promise<Verdict> {
  const empty = files.filter((file) => file.groups.length === 0);
  const full = files.filter((file) => file.groups.length > 0);
  const verdict = full.length === 0 ? none : await runOn(validator, full, host);
  return { ...verdict, problems: [...empty.map(noObject), ...verdict.problems] };
}

const none: Verdict = { passed: [], problems: [] };

async function runOn(
  validator: Validator,
  files: readonly RenderedFile[],
  host: Host,
): Promise<Verdict> {
  const groups = new Set(files.flatMap((file) => file.groups));
  const folders = [...groups].filter((group) => validator.crdGroups.has(group));
  const args = [
    "--version",
    validator.kubernetesVersion,
    "--output",
    "json",
    ...folders.flatMap((group) => ["--local-crds", join(validator.crdFolder, group)]),
    ...files.map(({ file }) => file),
  ];
  // Without its own schemas it would ask whatever cluster the user is logged in to.
  const environment = { ...host.environment, KUBECONFIG: devNull };
  const outcome = await run(validator.path, args, { cwd: host.root, environment });
  const report = readReport(outcome);
  if (report === undefined) return { passed: [], problems: [brokeOff(validator, outcome)] };
  return judge(files, report, outcome);
}

function judge(
  files: readonly RenderedFile[],
  report: z.infer<typeof Report>,
  outcome: Outcome,
): Verdict {
  const passed: RenderedFile[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const statuses = report[file.file] ?? [];
    const failures = statuses.filter(({ status }) => status !== "Success");
    if (statuses.length === 0) problems.push(noVerdict(file));
    else if (failures.length === 0) passed.push(file);
    else problems.push(...failures.flatMap((failure) => findings(file, failure)));
  }
  // The exit code and the report must say the same; if they do not, nothing of it can be trusted.
  if ((outcome.exitCode === 0) === (problems.length === 0)) return { passed, problems };
  return { passed: [], problems: [...problems, contradiction(outcome)] };
}

function readReport(outcome: Outcome): z.infer<typeof Report> | undefined {
  try {
    return Report.parse(JSON.parse(outcome.stdout));
  } catch {
    return undefined;
  }
}

function findings(file: RenderedFile, failure: Status): Problem[] {
  const causes = failure.details?.causes ?? [];
  if (causes.length === 0) return [finding(file, failure.message, "")];
  return causes.map((cause) => finding(file, cause.message, cause.field));
}

function finding(file: RenderedFile, message: string, field: string): Problem {
  const isUnknownKind = /failed to locate OpenAPI spec|kind .* not found in/.test(message);
  const problem = toolProblem(isUnknownKind ? "MANIFEST_NO_SCHEMA" : "MANIFEST_INVALID", {
    file: file.file,
    message: field === "" ? message : `${field}: ${message}`,
    fix: isUnknownKind
      ? "Correct apiVersion and kind, or add the CRD's module to tools/crds/crds.json."
      : "Correct what the service renders; the first line of the file names its source.",
  });
  return {
    ...problem,
    environments: [file.environment],
    ...(field !== "" && { path: field }),
  };
}

function noVerdict(file: RenderedFile): Problem {
  return toolProblem("TOOL_FAILED", {
    file: file.file,
    message: "kubectl-validate said nothing about this file.",
    fix: `Run it by hand: \`.tools/bin/kubectl-validate ${file.file}\`.`,
  });
}

/** The validator itself passes a file without an object. */
function noObject(file: RenderedFile): Problem {
  return toolProblem("MANIFEST_INVALID", {
    file: file.file,
    message: "The file holds no object, so there was nothing to check.",
    fix: "A file under kubernetes/ holds one object: render again, or remove it.",
  });
}

function brokeOff(validator: Validator, outcome: Outcome): Problem {
  return toolProblem("TOOL_FAILED", {
    file: "tools/kubernetes/go.mod",
    message: `kubectl-validate gave no report for Kubernetes ${validator.kubernetesVersion}:\n${lastLines(outcome.stderr, 4)}`,
    fix: "Run it by hand: `.tools/bin/kubectl-validate --help`.",
  });
}

function contradiction(outcome: Outcome): Problem {
  return toolProblem("TOOL_FAILED", {
    file: "tools/kubernetes/go.mod",
    message: `kubectl-validate ended with ${outcome.exitCode ?? "no exit code"}, which its report does not explain:\n${lastLines(outcome.stderr, 4)}`,
    fix: "Run it by hand: `.tools/bin/kubectl-validate --help`.",
  });
}
