/**
 * `npm run e2e [-- --all] [files…]`: runs the proofs in a network namespace of their own that has only loopback, where the
 * machine allows that. Nothing in there can call out, so a webhook or an address of a rendered object never reaches a machine
 * of that address. Programs are built before, as that needs the network.
 */
import { execa } from "execa";
import { ensurePrograms } from "../../cluster/programs.ts";
import { repositoryRoot } from "../../src/commands/repository-paths.ts";
import { ensureTool } from "../../src/tools/ensure-tool.ts";
import { isProblem } from "../../src/tools/problems.ts";
import { runCommand } from "../../src/tools/command.ts";

/**
 * `ip` brings loopback up; a user who is not root is root in a namespace of their own. With one of processes too the kernel
 * ends all that was started, however this ends (unshare(1)).
 */
const asRoot = process.getuid?.() === 0 ? [] : ["--map-root-user"];
const ofProcesses = ["--pid", "--fork", "--kill-child", "--mount-proc"];
const entering = (more: readonly string[]) => [
  "unshare",
  "--net",
  ...asRoot,
  ...more,
  "--",
  "sh",
  "-c",
  'ip link set lo up && exec "$@"',
  "sh",
];

/** The words that begin a command in namespaces of its own: the strictest this machine allows, none where it allows none. */
async function isolation(): Promise<readonly string[]> {
  for (const words of [entering(ofProcesses), entering([])]) {
    const [command = "", ...args] = words;
    const { exitCode } = await execa(command, [...args, "true"], {
      reject: false,
      stdio: "ignore",
    });
    if (exitCode === 0) return words;
  }
  process.stderr.write(
    "No network namespace is allowed here: on loopback of the machine itself.\n",
  );
  return [];
}

/** What the whole way from hosts runs beside. */
const ofMachines = ["pulumi", "pulumi-resource-proxmoxve", "talosctl", "talos-nodes"] as const;

await runCommand(repositoryRoot(), async (args) => {
  const programs = await ensurePrograms();
  if (!("etcd" in programs)) return programs;
  const rest = args.filter((word) => word !== "--all");
  const isAll = rest.length < args.length;
  for (const name of isAll ? ofMachines : []) {
    const found = await ensureTool(name);
    if (isProblem(found)) return [found];
  }
  const env = isAll ? { RZP_E2E_ALL: "1" } : {};
  const words = [...(await isolation()), "vitest", "run", "--project", "e2e", ...rest];
  const [command = "", ...more] = words;
  const { exitCode } = await execa(command, more, {
    reject: false,
    stdio: "inherit",
    preferLocal: true,
    env,
    // Where this process is ended, so is all of it: unshare lets go of its child for nothing less.
    killSignal: words.includes("--kill-child") ? "SIGKILL" : "SIGTERM",
  });
  // Proofs that fail have said so themselves.
  if (exitCode !== 0) process.exit(exitCode ?? 1);
  return [];
});
