/**
 * Runs a command in a network namespace of its own that has only loopback, where the machine allows that, else as it is:
 * `node isolated.ts vitest run …`. Nothing in there can call out, so a webhook or an address of a rendered object never
 * reaches a machine of that address. Programs are built before, as that needs the network.
 */
import { execa } from "execa";
import { repositoryRoot } from "../src/commands/repository-paths.ts";
import { runCommand } from "../src/tools/command.ts";
import { ensurePrograms } from "./programs.ts";

/** `ip` brings loopback up; a user who is not root is root in a namespace of their own (unshare(1)). */
const enter = [
  "unshare",
  "--net",
  ...(process.getuid?.() === 0 ? [] : ["--map-root-user"]),
  "--",
  "sh",
  "-c",
  'ip link set lo up && exec "$@"',
  "sh",
];

async function canIsolate(): Promise<boolean> {
  const [command = "", ...args] = [...enter, "true"];
  const { exitCode } = await execa(command, args, { reject: false, stdio: "ignore" });
  return exitCode === 0;
}

await runCommand(repositoryRoot(), async (args) => {
  const programs = await ensurePrograms();
  if (!("etcd" in programs)) return programs;
  const isolated = await canIsolate();
  if (!isolated)
    process.stderr.write(
      "This machine allows no network namespace: on loopback of the machine itself.\n",
    );
  const [command = "", ...rest] = [...(isolated ? enter : []), ...args];
  const { exitCode } = await execa(command, rest, {
    reject: false,
    stdio: "inherit",
    preferLocal: true,
  });
  // What failed has said so itself.
  if (exitCode !== 0) process.exit(exitCode ?? 1);
  return [];
});
