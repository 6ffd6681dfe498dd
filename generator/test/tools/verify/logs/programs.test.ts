import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { samples } from "./samples.ts";
import { runVrl } from "./vrl.ts";

const slow = { timeout: 1_800_000 };
const folder = resolve(import.meta.dirname, "../../../../../charts/services/vector/config");
const names = ["1-origin.vrl", "2-format.vrl", "3-noise.vrl"];
const programs = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));

/** An event as the source `kubernetes_logs` makes it. */
const eventOf = (line: string, over: object = {}) => ({
  message: line,
  timestamp: "2026-11-25T10:00:00.123456Z",
  stream: "stdout",
  source_type: "kubernetes_logs",
  file: "/var/log/pods/x",
  kubernetes: {
    pod_namespace: "staging-media-sonarr",
    pod_name: "sonarr-0",
    container_name: "sonarr",
    pod_node_name: "worker-1",
    pod_labels: { app: "x" },
    namespace_labels: {
      "rzp.local/environment": "staging",
      "rzp.local/tier": "media",
      "rzp.local/service": "sonarr",
    },
    ...over,
  },
});
/** What becomes of events, all in one process. */
async function outcomes(events: readonly unknown[]): Promise<unknown[]> {
  const [verdict] = await runVrl([{ programs, events }]);
  if (verdict === undefined || "refused" in verdict) throw new Error(verdict?.refused);
  return verdict.events.map((outcome) => ("event" in outcome ? outcome.event : outcome));
}

describe("Vector's programs", () => {
  test.for(names.map((name, index) => [name, programs[index] ?? ""] as const))(
    "%s compiles without a warning",
    slow,
    async ([, program]) => {
      expect(await runVrl([{ programs: [program], events: [] }])).toEqual([{ events: [] }]);
    },
  );

  test("the compiler refuses what is wrong, and what it warns of", slow, async () => {
    const wrong = [".x = parse_json(.message)", '.x = "a', "1", "nothing_known(.x)"];
    const verdicts = await runVrl(wrong.map((text) => ({ programs: [text + "\n."], events: [] })));
    expect(verdicts.map((verdict) => "refused" in verdict)).toEqual([true, true, true, true]);
  });

  test("makes of each sample line what it says", slow, async () => {
    const becomes = await outcomes(samples.map(({ line }) => eventOf(line)));
    for (const [index, { kind, becomes: expected }] of samples.entries())
      expect(becomes[index], kind).toMatchObject(expected ?? { dropped: true });
    expect(samples.length).toBeGreaterThan(25);
  });

  test("says where a line comes from, in the same few columns for every line", slow, async () => {
    const kept = samples.filter(({ becomes }) => becomes !== undefined);
    const events = await outcomes(kept.map(({ line }) => eventOf(line)));
    for (const event of events)
      expect(event).toMatchObject({
        _timestamp: 1_795_600_800_123_456,
        output: "stdout",
        environment: "staging",
        tier: "media",
        service: "sonarr",
        namespace: "staging-media-sonarr",
        pod: "sonarr-0",
        container: "sonarr",
        node: "worker-1",
      });
    expect(new Set(events.map((event) => Object.keys(event ?? {}).join(" "))).size).toBe(1);
  });

  test.for([
    ["without labels of its namespace", { namespace_labels: undefined }],
    ["in a namespace of nobody", { namespace_labels: { other: "x" } }],
  ] as const)("keeps a line %s", slow, async ([, over]) => {
    const [event] = await outcomes([eventOf("hello", over)]);
    expect(event).toMatchObject({ message: "hello", tier: null, service: null });
  });
});
