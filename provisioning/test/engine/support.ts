/**
 * Pulumi's real engine with the real provider of Proxmox machines, both built from their pins, for tests: a workspace of
 * its own, state in a folder, secrets by a passphrase. Nothing is downloaded and nothing of the user's is read.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { promisify } from "node:util";
import * as auto from "@pulumi/pulumi/automation/index.js";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { ensureTool, type ToolName } from "../../../generator/src/tools/ensure-tool.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";

export interface Workspace extends AsyncDisposable {
  readonly folder: string;
  /** Gives the environment of every call of the engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** Makes a stack, or takes the one that is there already. */
  readonly stack: (name: string, program: PulumiFn) => Promise<Stack>;
  /** The text of the state as it lies on the disk, with its history: what may hold no secret in plain. */
  readonly stateText: () => Promise<string>;
}

export interface WorkspaceOptions {
  readonly project?: string;
  readonly config?: Readonly<Record<string, auto.ConfigValue>>;
}

export const passphrase = "correct horse battery staple";

/** Builds what is missing, once for the machine. Throws what to install: a test that needs the engine fails without. */
export async function makeWorkspace({
  project = "rzp",
  config = {},
}: WorkspaceOptions = {}): Promise<Workspace> {
  const engine = await tool("pulumi");
  const provider = await tool("pulumi-resource-proxmoxve");
  const folder = await mkdtemp(join(tmpdir(), "rzp-engine-"));
  try {
    // Where the Automation API looks for the engine, and the engine for the plugin. Processes of both are known by it.
    const root = join(folder, "engine");
    const programs = join(root, "bin");
    await mkdir(programs, { recursive: true });
    for (const program of [engine, provider])
      await symlink(program, join(programs, basename(program)));
    for (const name of ["state", "home", "work"]) await mkdir(join(folder, name));
    const environment = {
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PATH: [programs, process.env["PATH"] ?? ""].join(delimiter),
    };
    return workspaceOf({ folder, root, environment, project, config });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Gives a tool, building it when it is missing. Throws what to install. */
export async function tool(name: ToolName): Promise<string> {
  const path = await ensureTool(name);
  if (!isProblem(path)) return path;
  throw new Error([path.message, path.fix].filter((line) => line !== undefined).join("\n"));
}

interface Made extends Required<WorkspaceOptions> {
  readonly folder: string;
  readonly root: string;
  readonly environment: Record<string, string>;
}

function workspaceOf({ folder, root, environment, project, config }: Made): Workspace {
  const opened = new Map<string, Stack>();
  const open = async (stackName: string, program: PulumiFn): Promise<Stack> => {
    const stack = await auto.LocalWorkspace.createStack(
      { stackName, projectName: project, program },
      {
        workDir: join(folder, "work"),
        pulumiCommand: await auto.PulumiCommand.get({ root }),
        secretsProvider: "passphrase",
        envVars: environment,
      },
    );
    // A forgotten provider is an error, not a second one with settings from the environment.
    const disabled = { "pulumi:disable-default-providers[0]": { value: "proxmoxve" } };
    await stack.setAllConfig({ ...config, ...disabled }, true);
    return stack;
  };
  return {
    folder,
    environment,
    stack: async (name, program) => {
      const stack = opened.get(name) ?? (await open(name, program));
      opened.set(name, stack);
      stack.workspace.program = program;
      return stack;
    },
    stateText: async () => {
      const files = await readdir(join(folder, "state"), { recursive: true, withFileTypes: true });
      const texts = files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name), "utf8"));
      return (await Promise.all(texts)).join("\n");
    },
    [Symbol.asyncDispose]: async () => {
      for (const id of await processesOf(folder)) kill(id);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Of a test that was given up, the engine may still run; of an engine that was killed, its plugin lives on. */
export async function processesOf(folder: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=,args="]);
  return stdout
    .split("\n")
    .filter((line) => line.includes(`${folder}/`))
    .map((line) => Number.parseInt(line, 10));
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}
