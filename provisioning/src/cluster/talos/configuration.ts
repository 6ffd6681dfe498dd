/** Makes the machine configuration of each node with talosctl, and has talosctl judge it. */
import { clusterFile } from "../../../../generator/src/model/paths.ts";
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../../generator/src/problems/report.ts";
import type { Site } from "./cluster.ts";
import type { NodeClient } from "./nodes.ts";
import type { KeptSecrets } from "./secrets.ts";
import { TalosctlFailed, type Workshop } from "./talosctl.ts";
import type { WantedCluster, WantedNode } from "./wanted.ts";

/** A node with the file of its configuration. */
export interface ConfiguredNode extends WantedNode {
  /** Holds secrets; gone with the workshop. */
  readonly file: string;
}

/**
 * In: what the cluster is to be, the file of its machine secrets. Out: nodes with their configurations, the same for the same facts and
 * secrets. Problems: TALOS_FACTS where talosctl refuses one.
 */
export async function configure(
  workshop: Workshop,
  wanted: WantedCluster,
  secrets: string,
): Promise<readonly ConfiguredNode[] | { readonly problems: readonly Problem[] }> {
  const made = await Promise.all(
    wanted.nodes.map(async (node) => {
      try {
        return { ...node, file: await configurationOf(workshop, wanted, node, secrets) };
      } catch (error) {
        if (!(error instanceof TalosctlFailed)) throw error;
        return refused(wanted.name, node, error);
      }
    }),
  );
  const problems = made.filter((one) => "code" in one);
  return problems.length > 0 ? { problems } : made.filter((one) => "file" in one);
}

async function configurationOf(
  workshop: Workshop,
  wanted: WantedCluster,
  node: WantedNode,
  secrets: string,
): Promise<string> {
  const { kubernetesVersion, talos } = wanted;
  const patch = workshop.file(
    `${node.name}.patch.yaml`,
    node.patches.map((one) => JSON.stringify(one)).join("\n---\n"),
  );
  const configuration = await generate(workshop, wanted, secrets, `${node.name}.yaml`, [
    `--talos-version=${talos.version}`,
    `--kubernetes-version=${kubernetesVersion}`,
    `--install-disk=${node.install.disk}`,
    "--with-docs=false",
    "--with-examples=false",
    `--output-types=${node.controlPlane ? "controlplane" : "worker"}`,
    // talosctl makes the other kind too, where a patch may not fit.
    `--config-patch-${node.controlPlane ? "control-plane" : "worker"}=@${patch}`,
  ]);
  await workshop.talosctl([
    "validate",
    "--strict",
    `--mode=${node.install.mode}`,
    `--config=${configuration}`,
  ]);
  return configuration;
}

const refused = (cluster: string, { name }: WantedNode, { message }: TalosctlFailed): Problem =>
  problemAt("TALOS_FACTS", clusterFile(cluster), ["nodes", name], {
    message: `talosctl refuses the configuration of ${name}: ${message.replaceAll(/\s+/g, " ")}`,
    expected: "a configuration that Talos takes",
    fix: "mend the fact it names",
    target: "key",
  });

/** Out: who speaks to nodes with the secrets that are kept, and the file these are in. */
export async function clientOf(
  { workshop, wanted }: Pick<Site, "workshop" | "wanted">,
  kept: KeptSecrets,
): Promise<{ readonly client: NodeClient; readonly secrets: string }> {
  const secrets = workshop.file("secrets.yaml", kept.machine);
  const talosconfig = await clientConfiguration(workshop, wanted, secrets);
  return { secrets, client: { talosctl: workshop.talosctl, talosconfig } };
}

/** In: the file of machine secrets. Out: a file with what a client of the nodes shows. */
const clientConfiguration = (
  workshop: Workshop,
  wanted: WantedCluster,
  secrets: string,
): Promise<string> =>
  generate(workshop, wanted, secrets, "talosconfig", ["--output-types=talosconfig"]);

/** In: the file of machine secrets, the name of a file, what it is to hold. Out: that file, as talosctl writes it. */
async function generate(
  { talosctl, file, folder }: Workshop,
  { name, endpoint }: WantedCluster,
  secrets: string,
  output: string,
  what: readonly string[],
): Promise<string> {
  const made = `${folder}/${output}`;
  // The file is there before talosctl writes it, so that nobody else can read it.
  file(output, "");
  await talosctl([
    "gen",
    "config",
    name,
    endpoint,
    `--with-secrets=${secrets}`,
    ...what,
    `--output=${made}`,
    "--force",
  ]);
  return made;
}
