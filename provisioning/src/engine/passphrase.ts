/** The passphrase that secrets in a state are encrypted with, as the engine changes it. */
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { execa } from "execa";

/** In: a stack, the passphrase of now, the one that is to be. The state is one or the other, whenever the engine ends. Throws PassphraseKept. */
export async function changeStatePassphrase(
  { name, workspace }: Stack,
  from: string,
  to: string,
): Promise<void> {
  const { failed, stderr } = await execa(
    workspace.pulumiCommand.command,
    ["stack", "change-secrets-provider", "passphrase", "--stack", name, "--non-interactive"],
    {
      cwd: workspace.workDir,
      env: { ...workspace.envVars, PULUMI_CONFIG_PASSPHRASE: from },
      input: to,
      reject: false,
    },
  );
  if (failed) throw new PassphraseKept(stderr);
}

export class PassphraseKept extends Error {
  override readonly name = "PassphraseKept";
}
