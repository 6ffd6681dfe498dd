/** How long a person waits for a preview. */
import { availableParallelism, loadavg } from "node:os";
import { expect, test } from "vitest";
import { line, startRack } from "./rack.ts";

const machine = (id: number, host: number, more = "") =>
  `{ machine: { host: "pve-${host}", id: ${id}, cores: 4, memory: "8Gi", data: "100Gi" }, address: "10.0.40.${id - 200}"${more} }`;
const six = {
  "control-1": machine(211, 1, ", controlPlane: true"),
  "worker-1": machine(221, 1),
  "worker-2": machine(222, 2),
  "worker-3": machine(223, 1),
  "worker-4": machine(224, 2),
  "worker-5": machine(225, 2),
};

test("a preview of six machines, before they are there and after, in ten seconds", async () => {
  await using rack = await startRack();
  rack.write({ nodes: six });
  const seconds: number[] = [];
  const preview = async (): Promise<string> => {
    const began = performance.now();
    const { problems, text } = await rack.infra("preview");
    seconds.push((performance.now() - began) / 1000);
    expect(problems.map(line)).toEqual([]);
    return text;
  };
  expect((await preview()).match(/make/g)).toHaveLength(8);
  expect((await rack.infra("up")).problems.map(line)).toEqual([]);
  expect(await preview()).toBe("  keep     8\n");
  const began = performance.now();
  expect((await rack.infra("up")).problems.map(line)).toEqual([]);
  const again = (performance.now() - began) / 1000;
  const shown = seconds.map((one) => one.toFixed(1)).join(" s and ");
  process.stdout.write(
    `preview of six machines: ${shown} s; up that changes nothing: ${again.toFixed(1)} s\n`,
  );
  // A machine on which more wants to run than can tells nothing of how long it takes.
  if (loadavg().every((load) => load <= availableParallelism()))
    expect(Math.max(...seconds)).toBeLessThan(10);
});
