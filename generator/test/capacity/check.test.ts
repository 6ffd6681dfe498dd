/** What is said of a cluster: which mistake, with which reason, and who asks for most. */
import { describe, expect, test } from "vitest";
import { clusterText } from "../../src/capacity/bars.ts";
import { simulateCluster } from "../../src/capacity/check.ts";
import type { ClusterDemand } from "../../src/capacity/cluster.ts";
import type { Node, Pod } from "../../src/capacity/model.ts";
import { build } from "../model-leaves/build.ts";
import { component, scene, sceneWith, service } from "../model-leaves/scene.ts";
import { everywhere, node, pods } from "./support.ts";

const facts = build(sceneWith({ services: { app: service(component) } })).releases[0]?.facts;
if (facts === undefined) throw new Error("no release");
const spared = {
  ...facts,
  environment: {
    ...facts.environment,
    spareNode: { because: "another one is ordered", value: false },
  },
} as typeof facts;

const demand = (
  all: readonly Pod[],
  nodes: readonly Node[],
  more: Partial<ClusterDemand> = {},
): ClusterDemand => ({
  name: "home",
  carrier: facts,
  environments: ["prod"],
  nodes,
  pods: all,
  reserve: undefined,
  unknown: [],
  assumed: [],
  ...more,
});
const control = node("control", { taints: { control: "NoSchedule" } });
const tolerates = { control: "any" };
const two = [node("a"), node("b")];
/** Small ones that come first leave no whole place for the large one. */
const crowded = [...pods("small", { memory: 2, count: 2 }), ...pods("large", { memory: 7 })];

describe("a cluster that fits in some orders only", () => {
  test("is a mistake with all nodes present, also where the loss of one is waived", () => {
    for (const carrier of [facts, spared]) {
      const { scenarios, problems } = simulateCluster(demand(crowded, two, { carrier }));
      expect(scenarios[0]?.verdict.says).toBe("tight");
      expect(problems).toMatchObject([
        {
          code: "CAPACITY_EXCEEDED",
          keys: ["cluster"],
          message: expect.stringMatching(
            /^the pods of `home` may not all run: in \d of 7 orders in which they may come, as when they come .+, large-0 is left over$/,
          ),
          expected:
            "room for every pod of its environments, and for a restore drill, in whatever order they come",
        },
      ]);
    }
  });
});

describe("the loss of a node", () => {
  const tight = [
    ...pods("x", { memory: 5, count: 2 }),
    ...everywhere("agent", [control], { tolerates }),
  ];
  test("is told of the nodes that are missed, each with its own reason", () => {
    const { problems } = simulateCluster(demand(tight, [control, ...two]));
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        "CAPACITY_NODE_LOSS",
        "not every pod of `home` would run without a: 2 pods ask for 10Gi of memory, and b has 8Gi of memory; nor without b: 2 pods ask for 10Gi of memory, and a has 8Gi of memory",
      ],
    ]);
  });
  test("is waived with a reason", () => {
    expect(simulateCluster(demand(tight, [control, ...two], { carrier: spared })).problems).toEqual(
      [],
    );
  });
  test("names no more than three reasons", () => {
    const many = ["a", "b", "c", "d", "e"].map((name) => node(name));
    const all = pods("x", { memory: 8, count: 5 });
    const message = simulateCluster(demand(all, many)).problems[0]?.message ?? "";
    expect(message.match(/ask for/g)).toHaveLength(3);
    expect(message).toMatch(/; nor without d, nor without e$/);
  });
});

describe("who asks for most", () => {
  const origin = (name: string) => ({
    environment: "prod",
    service: name,
    file: `charts/services/${name}/values.ts`,
    keys: [],
    sizedBy: undefined,
  });
  const own = (name: string, more: Parameters<typeof pods>[1]) =>
    pods(name, { ...more, origin: origin(name) });
  test("stands beside the mistake, largest first, with what is kept for a drill", () => {
    const drill = own("large", { memory: 6, cpu: 1 });
    const all = [
      ...own("little", { memory: 1 }),
      ...own("least", { memory: 0.5 }),
      ...own("large", { memory: 6, cpu: 1 }),
      ...own("middle", { memory: 2, count: 2 }),
      ...drill,
    ];
    const { problems } = simulateCluster(
      demand(all, [node("a")], { reserve: { service: "prod/large", pods: drill } }),
    );
    expect(problems[0]?.related).toEqual([
      {
        file: "charts/services/large/values.ts",
        note: "prod/large asks for 12Gi of memory and 2 cores of processor time, of which 6Gi of memory is kept for a restore drill, which counts it once more",
      },
      {
        file: "charts/services/middle/values.ts",
        note: "prod/middle asks for 4Gi of memory and 200m of processor time",
      },
      {
        file: "charts/services/little/values.ts",
        note: "prod/little asks for 1Gi of memory and 100m of processor time",
      },
    ]);
  });
  test("tells first what there is too little of", () => {
    const all = [...own("busy", { cpu: 3 }), ...own("idle", { memory: 4, cpu: 2 })];
    const { problems } = simulateCluster(demand(all, [node("a")]));
    expect(problems[0]?.related?.map(({ note }) => note)).toEqual([
      "prod/busy asks for 3 cores of processor time and 1Gi of memory",
      "prod/idle asks for 2 cores of processor time and 4Gi of memory",
    ]);
  });
  test("names a device as people write it, and nobody who asks for none", () => {
    const devices = { "deviceclass/gpu.intel.com": 1 };
    const all = [...own("seeing", { devices, count: 2 }), ...own("blind", { memory: 2 })];
    const one = node("a");
    const small = { ...one, room: { ...one.room, devices } };
    const [problem] = simulateCluster(demand(all, [small])).problems;
    expect(problem?.message).toBe(
      "the pods of `home` cannot all run: 3 pods ask for 2 gpu.intel.com, and a has 1 gpu.intel.com",
    );
    expect(problem?.related?.map(({ note }) => note)).toEqual([
      "prod/seeing asks for 2 gpu.intel.com and 2Gi of memory",
    ]);
  });
});

describe("the bars", () => {
  const text = (all: readonly Pod[], nodes: readonly Node[]) => {
    const asked = demand(all, nodes);
    return clusterText(asked, simulateCluster(asked, "bars").scenarios);
  };
  test("have one line for all nodes nobody misses, and a table where pods move", () => {
    const controls = ["c-1", "c-2"].map((name) => ({ ...control, name }));
    const nodes = [...controls, ...two];
    const shown = text(
      [...pods("x", { count: 2 }), ...everywhere("agent", nodes, { tolerates })],
      nodes,
    );
    expect(shown).toContain("\n\nwithout c-1, c-2: fits\n\nwithout a: fits: all pods");
    expect(shown.match(/ {2}b {3}/g)).toHaveLength(2);
  });
  test("have a row for what is left over, and say nothing twice", () => {
    const shown = text(crowded, two);
    expect(shown).toMatch(
      /all nodes: tight: all pods are placed in \d of 7 orders; below they come/,
    );
    expect(shown).toContain("\n  left over: large-0 (100m and 7Gi)\n");
    expect(shown).not.toContain("is left over");
  });
  test("give the reasons, so that what is found below them does not", () => {
    const found = (beside: "alone" | "bars", count: number) =>
      simulateCluster(demand(pods("x", { memory: 5, count }), two), beside).problems[0];
    expect(found("bars", 4)?.message).toBe("the pods of `home` cannot all run");
    expect(found("bars", 4)?.fix).not.toContain("npm run capacity");
    expect(found("alone", 4)?.fix).toContain("npm run capacity");
    expect(found("bars", 2)?.message).toBe(
      "not every pod of `home` would run without a, nor without b",
    );
  });
});

describe("nodes that are full of pods which run on every node", () => {
  const full = [node("a", { pods: 2 }), node("b", { pods: 2 })];
  const agents = [...everywhere("agent", full), ...everywhere("other", full)];
  test("are one mistake of the cluster, and none of each pod that finds no place", () => {
    const { problems } = simulateCluster(demand([...agents, ...pods("x", { count: 3 })], full));
    expect(problems).toMatchObject([
      {
        code: "CAPACITY_EXCEEDED",
        keys: ["cluster"],
        message: "the pods of `home` cannot all run: 7 pods, and a, b have places for 4",
        fix: expect.stringMatching(
          /^run fewer components, above all of those on every node, say `pods` at nodes whose kubelet takes more than 110, or a node more/,
        ),
      },
    ]);
  });
  test("hide no pod that is too large for them", () => {
    const { problems } = simulateCluster(demand([...agents, ...pods("x", { memory: 99 })], full));
    expect(problems).toMatchObject([{ code: "POD_FITS_NOWHERE" }]);
  });
});

describe("more pods that take a port of their node than there are nodes", () => {
  const taking = (count: number) => pods("x", { count, hostPorts: ["8123/TCP"] });
  test("are told with who takes it, and no larger node is proposed", () => {
    const { problems } = simulateCluster(demand(taking(3), two));
    expect(problems).toMatchObject([
      {
        code: "CAPACITY_EXCEEDED",
        message:
          "the pods of `home` cannot all run: 3 pods take port 8123/TCP of their node, one a node, and may only come to a, b",
        fix: "give some of them another port, or run fewer of them; a node more, in environments/clusters/home.ts, helps those that do not run on every node; `npm run capacity` shows each node",
        related: [{ note: "prod/x asks for 3 pods and 3Gi of memory" }],
      },
    ]);
  });
  test("are told of each service by its pods, of one as of several", () => {
    const some = ["x", "y"].flatMap((name) => pods(name, { hostPorts: ["8123/TCP"] }));
    expect(simulateCluster(demand(some, two.slice(0, 1))).problems).toMatchObject([
      {
        related: [
          { note: "prod/x asks for 1 pod and 1Gi of memory" },
          { note: "prod/y asks for 1 pod and 1Gi of memory" },
        ],
      },
    ]);
  });
  test("are so many, too, when a node is gone", () => {
    expect(simulateCluster(demand(taking(2), two)).problems).toMatchObject([
      {
        code: "CAPACITY_NODE_LOSS",
        fix: expect.stringMatching(/^give some of them another port/),
      },
    ]);
    expect(simulateCluster(demand(taking(1), two)).problems).toEqual([]);
  });
});

describe("pods that something else than their size keeps off", () => {
  const gpu = { "nvidia.com/gpu": 1 };
  const withGpu = (count: number) => ({
    room: { ...node("a").room, devices: { "nvidia.com/gpu": count } },
  });
  const labelled = [node("a", { labels: { disk: "ssd" } }), node("b")];
  const fixOf = (all: readonly Pod[], nodes: readonly Node[]) =>
    simulateCluster(demand(all, nodes)).problems[0]?.fix;
  test.each([
    [
      "a label that one node has",
      pods("x", { nodes: { disk: "ssd" } }),
      labelled,
      /^ask for less in `placement`, or say what it asks for at one more node, in environments\/clusters\/home.ts; or say why not/,
    ],
    [
      "a device that one node has",
      pods("x", { devices: gpu }),
      [node("a", withGpu(1)), node("b")],
      /^take `gpu` out of it, or say that device at one more node, in /,
    ],
    [
      "devices that are too few together",
      pods("x", { devices: gpu, count: 2 }),
      [node("a", withGpu(1)), node("b")],
      /^ask for fewer devices \(gpu\), or a node more/,
    ],
    [
      "a label that too little room is behind",
      pods("x", { nodes: { disk: "ssd" }, memory: 5, count: 2 }),
      labelled,
      /^write smaller sizes, .*let some of them come to other nodes too \(placement\), or a node more/,
    ],
    [
      "a label where no other node is",
      pods("x", { nodes: { disk: "ssd" }, memory: 5, count: 2 }),
      [...labelled.slice(0, 1), control],
      /^write smaller sizes, a lower `requests` in an environment, or a node more, or a larger one, in /,
    ],
    [
      "a label where the other node is the one that is gone",
      pods("x", { nodes: { disk: "ssd" }, memory: 5, count: 2 }),
      [node("a", { labels: { disk: "ssd" } }), node("c", { labels: { disk: "ssd" } })],
      /^write smaller sizes, or a node more, or a larger one, in /,
    ],
    [
      "devices, which keep them on their node",
      pods("x", { devices: gpu, memory: 5, count: 2 }),
      [node("a", withGpu(2)), node("b")],
      /^write smaller sizes, a lower `requests` in an environment, or a node more, or a larger one, in /,
    ],
    [
      "nothing but their size",
      pods("x", { memory: 5, count: 2 }),
      two,
      /^write smaller sizes, or a node more, or a larger one, in /,
    ],
  ])("are told what helps: %s", (_, all, nodes, fix) => {
    expect(fixOf(all, nodes)).toMatch(fix);
  });
});

describe("a pod that fits nowhere", () => {
  const found = (environment: object) => {
    const runs = { as: "daemonSet" };
    const { problems } = build(
      sceneWith({
        services: {
          app: service({ ...component, resources: { cpu: "500m", memory: "400Gi" } }),
          agent: service({ ...component, runs, resources: { cpu: "250m", memory: "500Mi" } }),
        },
        environments: { prod: { ...scene.environments["prod"], ...environment } },
      }),
    );
    return problems.map(({ code, found: text, expected }) => ({ code, text, expected }));
  };
  test("is told what is left beside what runs on every node", () => {
    expect(found({})).toEqual([
      {
        code: "POD_FITS_NOWHERE",
        text: "500m of processor time, 400Gi of memory",
        expected:
          "no more than worker-1 has beside what runs on every node: 11.75 cores of processor time and 29.5Gi of memory",
      },
    ]);
  });
  test("is told what the environment's factor makes of it", () => {
    expect(found({ requests: 0.1 })).toEqual([
      {
        code: "POD_FITS_NOWHERE",
        text: "50m of processor time, 40Gi of memory (500m and 400Gi times 0.1, the `requests` of the environment)",
        expected:
          "no more than worker-1 has beside what runs on every node: 11.97 cores of processor time and 29.9Gi of memory, which are 119.75 cores of processor time and 299.5Gi of memory before the factor 0.1",
      },
    ]);
  });
});
