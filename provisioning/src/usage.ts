/** What can be said to `npm run infra`, for those who ask and for those who mistype. */

export const names = [
  "preview",
  "up",
  "upgrade",
  "destroy",
  "status",
  "backup",
  "restore",
  "passphrase",
  "forget",
  "unlock",
  "token",
  "credential",
] as const;

/** Options, and the commands that take them. */
export const options: Readonly<Record<string, readonly string[]>> = {
  allow: ["preview", "up", "upgrade", "destroy", "forget"],
  from: ["restore"],
  until: ["up"],
};

export const usage = `npm run infra -- ${names.join("|")} <cluster>; preview, up, upgrade, destroy, forget: [--allow <name>]...; up: [--until cluster]; restore: --from <file>; credential: <cluster> list | set <name>`;

export const help = `npm run infra -- <command> <cluster>

  preview     tells what up would change, and changes nothing
  up          makes it so: machines, public names, Talos, Argo CD
  upgrade     brings nodes to the Talos and the Kubernetes of the file, one after the other
  destroy     removes the machines, each of them named by --allow
  status      tells how machines, public names, nodes and Applications stand
  backup      writes state and secrets into one encrypted file
  restore     gives an empty state what a backup knows: --from <file>
  passphrase  seals state and secrets with RZP_NEW_PASSPHRASE instead of PULUMI_CONFIG_PASSPHRASE
  forget      takes out of the state what is lost with its host, named by --allow
  unlock      takes away the lock that a killed command has left
  token       prints the commands that make tokens with the rights that are needed
  credential  keeps what would else be exported: <cluster> list, <cluster> set <name>

  --allow <name>   allows a loss that else stops the command, for this one name: a machine by its node
                   (preview, up, destroy, forget), a name in Cloudflare (preview, up, destroy), the only
                   control plane (upgrade). Say it once for each. The message that stops names it
  --until cluster  up ends when nodes are a cluster, before Argo CD. There is no other place to end
  --from <file>    the file that backup wrote

docs/guide-machines.md
`;
