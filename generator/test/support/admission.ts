/** Asks the API server's own code how ValidatingAdmissionPolicies judge objects (tools/kubernetes/admission). */
import { execa } from "execa";
import { ensureTool } from "../../src/tools/ensure-tool.ts";
import type { Tree } from "../../src/model/data.ts";

export interface Question {
  /** Schemas against which types are checked. */
  readonly kubernetesVersion: string;
  readonly policies: readonly object[];
  /** Without any list of them, every policy is bound to everything, and denies. */
  readonly bindings?: readonly object[];
  readonly namespaces: readonly object[];
  readonly requests: readonly AdmissionRequest[];
}

export interface AdmissionRequest {
  readonly object: Tree;
  /** What was there before: then it is an update. */
  readonly oldObject?: Tree;
  /** Plural of the kind, where it cannot be guessed. */
  readonly resource?: string;
  readonly subresource?: string;
  /** Only to see what would become of it. */
  readonly dryRun?: true;
}

interface Refusal {
  readonly policy: string;
  /** Index of the validation that said no. */
  readonly validation: number;
  readonly actions: readonly string[];
  readonly message: string;
  /** An expression broke off. */
  readonly error?: true;
}

export interface Answer {
  /** Expressions that do not compile or whose types do not fit. */
  readonly problems: readonly { policy: string; field: string; message: string }[];
  /** One a request. */
  readonly verdicts: readonly {
    readonly judgedBy: readonly string[];
    readonly refusals: readonly Refusal[];
  }[];
}

export async function askAdmission(question: Question): Promise<Answer> {
  const tool = await ensureTool("admission");
  if (typeof tool !== "string") throw new Error(tool.message);
  const { stdout } = await execa(tool, [], { input: JSON.stringify(question) });
  return JSON.parse(stdout) as Answer;
}
