/** Pulumi's engine with the state of one cluster. */
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";

export interface StackOptions {
  readonly cluster: string;
  readonly program: PulumiFn;
  /** Folder of the repository's state; one address of a bucket is as good (`s3://…`). */
  readonly state: string;
  /** Where the engine keeps settings of its own between runs. */
  readonly work: string;
  readonly passphrase: string;
  /** Folders with the engine and the plugins, before those of PATH. */
  readonly programs: readonly string[];
}

export const projectName = "rzp";

/** In: whose state, where, and what is to be brought about. Out: the stack, made if it is the first time. */
export async function openStack(options: StackOptions): Promise<Stack> {
  const { cluster, program, state, work, passphrase, programs } = options;
  mkdirSync(work, { recursive: true });
  if (!state.includes("://")) mkdirSync(state, { recursive: true });
  const searched = [...programs, process.env["PATH"] ?? ""].join(path.delimiter);
  // The Automation API asks the engine for its version before it has any settings.
  process.env["PATH"] = searched;
  return LocalWorkspace.createOrSelectStack(
    { stackName: cluster, projectName, program },
    {
      workDir: work,
      secretsProvider: "passphrase",
      envVars: {
        PATH: searched,
        PULUMI_BACKEND_URL: state.includes("://") ? state : `file://${state}`,
        PULUMI_HOME: path.join(homedir(), ".cache", "rzp", "pulumi"),
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // What is not there is a clear error, instead of a download of something else.
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    },
  );
}
