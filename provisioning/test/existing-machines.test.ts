/** Nodes that are there are asked whether they are, and nothing else. What both kinds share: engine/machine-backends.test.ts. */
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cluster } from "../../generator/src/model/cluster.ts";
import { startTimer } from "../src/timer.ts";
import type { Facts } from "../src/facts.ts";
import { existingMachines } from "../src/machines/existing.ts";

const node = (address: string) => ({ cpu: "2", memory: "4Gi", address });
const nodes = {
  "worker-2": node("127.0.41.22"),
  "worker-1": node("127.0.41.21"),
  // An address to which there is no way: one of all machines, not of one.
  "worker-3": node("255.255.255.255"),
};
const lab = { name: "lab", cluster: { nodes } as unknown as Cluster } as Facts;

let kubelet: Server;
beforeAll(async () => {
  kubelet = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => kubelet.listen(10_250, "127.0.41.21", resolve));
});
afterAll(() => kubelet.close());

async function said(word: "preview" | "up" | "status" | "destroy"): Promise<string> {
  const written: string[] = [];
  const problems = await existingMachines(lab)[word]({
    root: "/nowhere",
    cluster: "lab",
    allow: [],
    phases: startTimer(() => {}),
    say: (text) => void written.push(text),
    // Nothing of it is needed.
    environment: {},
  });
  expect(problems).toEqual([]);
  return written.join("");
}

test("status tells which answer, and where no kubelet runs", async () => {
  expect(await said("status")).toBe(
    [
      "worker-1  127.0.41.21  answers",
      "worker-2  127.0.41.22  answers, and no kubelet runs",
      "worker-3  255.255.255.255  does not answer",
      "",
    ].join("\n"),
  );
});

test("nothing is made and nothing removed, and both are told", async () => {
  expect(await said("preview")).toBe("3 nodes of lab are there already: nothing would be made\n");
  expect(await said("up")).toBe("");
  expect(await said("destroy")).toBe("3 nodes of lab were not made here, so nothing is removed\n");
});
