/** Nodes of two kinds in one cluster: what is asked of all is asked of one kind after the other. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import type { Order } from "../order.ts";
import { byNode, type MachineBackend } from "./backend.ts";

export function both(one: MachineBackend, other: MachineBackend): MachineBackend {
  const inTurn =
    (word: "preview" | "up" | "status" | "destroy") =>
    async (order: Order): Promise<readonly Problem[]> => [
      ...(await one[word](order)),
      ...(await other[word](order)),
    ];
  return {
    machines: [...one.machines, ...other.machines].sort(byNode),
    preview: inTurn("preview"),
    up: inTurn("up"),
    status: inTurn("status"),
    destroy: inTurn("destroy"),
  };
}
