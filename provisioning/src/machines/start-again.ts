/** Machines of a lost host start on another one, and come home when it is back: high availability of Proxmox VE 9. */
import { Haresource, Harule, type VmLegacy } from "@muhlba91/pulumi-proxmoxve";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { WantedMachine } from "./wanted.ts";

interface MadeMachine extends WantedMachine {
  readonly vm: VmLegacy;
}

/** What the engine calls this part of a machine. */
export const startAgainName = (node: string): string => `ha-${node}`;

/** In: the name of a cluster, its machines as they are made. One that is stopped is nobody's to start. */
export function declareStartAgain(
  cluster: string,
  machines: readonly MadeMachine[],
  within: Pick<CustomResourceOptions, "parent" | "provider">,
): void {
  const running = machines.filter((machine) => machine.running);
  const resources = new Map(
    running.map(({ node, id, vm }) => [
      node,
      new Haresource(
        startAgainName(node),
        // All said, as what is not said reads back as something else. Numbers as Proxmox VE takes them itself.
        {
          resourceId: `vm:${id}`,
          type: "vm",
          state: "started",
          failback: true,
          maxRestart: 1,
          maxRelocate: 1,
        },
        { ...within, dependsOn: vm },
      ),
    ]),
  );
  // Without it a machine would stay where it was started, and its host would no longer be the one that is written down.
  const homes = [...Map.groupBy(running, (machine) => machine.host)].sort();
  homes.map(
    ([host, mine]) =>
      new Harule(
        `home-${host}`,
        {
          rule: `${cluster}-${host}`,
          type: "node-affinity",
          nodes: { [host]: 1 },
          strict: false,
          resources: mine.map(({ id }) => `vm:${id}`),
        },
        { ...within, dependsOn: mine.flatMap(({ node }) => resources.get(node) ?? []) },
      ),
  );
}
