/** Pulumi's engine with the state of one cluster. */
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { projectName } from "../state-place.ts";
import "./connections.ts";

export interface StackOptions {
  readonly cluster: string;
  /** Folder of the repository's state; one address of a bucket is as good (`s3://…`). */
  readonly state: string;
  /** Where the engine keeps settings of its own between runs. */
  readonly work: string;
  readonly passphrase: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folders with the engine and the plugins, before those of PATH. */
  readonly programs: readonly string[];
}

/** Where the engine keeps plugins that were installed. */
export const pulumiHome = (): string => path.join(homedir(), ".cache", "rzp", "pulumi");

/** In: whose state, and where. Out: the stack, made if it is the first time; its program brings nothing about until another one is given. */
export async function openStack(options: StackOptions): Promise<Stack> {
  const { cluster, state, work, passphrase, programs, environment } = options;
  mkdirSync(work, { recursive: true });
  if (!state.includes("://")) mkdirSync(state, { recursive: true });
  // The Automation API asks the engine for its version before it has any settings.
  const searched = searchFirst(programs, process.env["PATH"]);
  process.env["PATH"] = searched;
  // What the engine keeps here follows from state and passphrase. Of a change of passphrase that was cut off, or of a wrong one, it would fit neither.
  rmSync(path.join(work, `Pulumi.${cluster}.yaml`), { force: true });
  return LocalWorkspace.createOrSelectStack(
    { stackName: cluster, projectName, program: async () => ({}) },
    {
      workDir: work,
      secretsProvider: "passphrase",
      envVars: {
        PATH: searched,
        ...trust(work, environment),
        PULUMI_BACKEND_URL: state.includes("://") ? state : `file://${state}`,
        PULUMI_HOME: pulumiHome(),
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // What is not there is a clear error, instead of a download of something else.
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    },
  );
}

/** In: a stack, folders with plugins that it needs beside those it was opened with. */
export function addPrograms({ workspace }: Stack, programs: readonly string[]): void {
  const { envVars } = workspace;
  workspace.envVars = { ...envVars, PATH: searchFirst(programs, envVars["PATH"]) };
}

/** Each folder once, however many stacks one process opens. */
const searchFirst = (programs: readonly string[], searched = ""): string =>
  [...new Set([...programs, ...searched.split(path.delimiter)])].join(path.delimiter);

/** Where Go looks for authorities beside ours (crypto/x509, root_linux.go and its neighbours). */
const systemAuthorities = ["/etc/ssl/certs", "/etc/pki/tls/certs", "/system/etc/security/cacerts"];

/**
 * Whom this process trusts beside the system's authorities (NODE_EXTRA_CA_CERTS) the provider trusts too: it is a Go program,
 * which reads folders.
 */
function trust(work: string, environment: StackOptions["environment"]): Record<string, string> {
  const file = environment["NODE_EXTRA_CA_CERTS"];
  if (file === undefined || file === "" || !existsSync(file)) return {};
  const folder = path.join(work, "authorities");
  mkdirSync(folder, { recursive: true });
  copyFileSync(file, path.join(folder, "extra.pem"));
  return { SSL_CERT_DIR: [folder, ...systemAuthorities].join(":") };
}
