/** Pods as they are derived: names of their volumes and ConfigMaps, names of Jobs, what is waited for. */
import { describe, expect, test } from "vitest";
import type { WorkloadValues } from "../../src/model/values/workload.ts";
import { configMaps } from "../../src/values/workload/files.ts";
import { workloads } from "../../src/values/workload/workload.ts";
import { build } from "./build.ts";
import type { Fragment } from "./fixture.ts";
import { chart, component, composed, container, sceneWith, service } from "./scene.ts";

function releaseOf(services: Readonly<Record<string, Fragment>>, name = "app") {
  const { releases, problems } = build(sceneWith({ services }));
  const release = releases.find((candidate) => candidate.service.name === name);
  if (release === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return release;
}

describe("volumes with the name of a derived one", () => {
  const scratch = (name: string) => ({ storage: { [name]: { holds: "scratch", at: "/scratch" } } });
  const problemsOf = (more: Fragment) =>
    build(sceneWith({ services: { app: service({ ...component, ...more }) } })).problems;
  const taken = (name: string) => [
    {
      code: "SPEC_INVALID",
      message: `the pods of main have a volume \`${name}\` already, for files or devices`,
    },
  ];

  test.for<[string, Fragment]>([
    ["files", { files: { "/a": "text" } }],
    [
      "files-beside",
      {
        sidecars: {
          beside: { ...container, health: component["health"], files: { "/a": "text" } },
        },
      },
    ],
    ["secret-own", { files: { "/a": { secret: "key" } } }],
    [
      "device-dev-dri",
      { security: { because: "a test needs it", value: { devices: ["/dev/dri"] } } },
    ],
  ])("%s", ([name, more]) => {
    expect(problemsOf({ ...more, ...scratch(name) })).toMatchObject(taken(name));
  });

  test("is no matter where nothing derives it", () => {
    expect(problemsOf(scratch("files"))).toEqual([]);
  });
});

test("the volume of a device says what lies there, where its name tells: the kubelet starts no pod where it is something else", () => {
  const value = {
    privileged: true,
    devices: ["/dev/bus/usb", "/dev/sda", "/dev/ttyUSB0", "/dev/vg0/data"],
  };
  const app = service({ ...component, security: { because: "a test needs it", value } });
  const { volumes = {} } = workloads(releaseOf({ app }, "app"))["main"]?.pod ?? {};
  expect(Object.values(volumes)).toEqual([
    { host: { path: "/dev/bus/usb", type: "Directory" } },
    { host: { path: "/dev/sda", type: "BlockDevice" } },
    { host: { path: "/dev/ttyUSB0", type: "CharDevice" } },
    { host: { path: "/dev/vg0/data" } },
  ]);
});

describe("ConfigMaps", () => {
  const mapsOf = (name: string) => {
    const release = releaseOf({ [name]: service({ ...component, files: { "/a": "text" } }) }, name);
    return [Object.keys(configMaps(release)), workloads(release)["main"]?.pod?.checksums];
  };

  test("have a name that fits into the annotation of their checksum", () => {
    const [[name = ""] = [], checksums] = mapsOf("a".repeat(50));
    expect(name).toMatch(/^a{45}-[0-9a-f]{8}$/);
    expect(checksums).toEqual([name]);
  });

  test("keep a short name", () => {
    expect(mapsOf("a".repeat(48))).toEqual([
      [`${"a".repeat(48)}-files`],
      [`${"a".repeat(48)}-files`],
    ]);
  });
});

describe("the name of a Job", () => {
  const files = { "/text": "one", "/file": { file: "config/one.txt" } };
  const jobOf = (more: Fragment = {}, text = "one\n") => {
    const spec = {
      image: container["image"],
      runs: { as: "job", endsWithin: "1h" },
      files,
      ...more,
    };
    return workloads(
      releaseOf({ app: service(spec) }),
      new Map([["charts/services/app/config/one.txt", text]]),
    )["main"]?.objectName;
  };

  test("is another one with another text or another content of a file", () => {
    const names = [
      jobOf(),
      jobOf({ files: { ...files, "/text": "two" } }),
      jobOf({}, "two\n"),
      jobOf({ args: ["more"] }),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  test("stays when it is only suspended, or may take longer", () => {
    expect([
      jobOf({ stopped: true }),
      jobOf({ runs: { as: "job", endsWithin: "2h", retries: 5 } }),
    ]).toEqual([jobOf(), jobOf()]);
  });
});

test("one container without a seccomp filter takes it from no other", () => {
  const main = workloads(
    releaseOf({
      app: service({
        ...component,
        security: { because: "a test needs it", value: { unconfined: true } },
      }),
    }),
  )["main"];
  expect(main?.security).toEqual({ unconfined: true });
  expect(main?.pod).not.toHaveProperty("unconfined");
});

describe("waiting for what is needed in the same layer", () => {
  const waits = (provider: Fragment, more: Fragment = {}): WorkloadValues["init"] =>
    workloads(
      releaseOf({ provider, app: service({ ...component, needs: ["provider"], ...more }) }),
    )["main"]?.init;
  const image = component["image"];

  test("asks the Service of a workload", () => {
    expect(waits(service())?.[0]?.command?.[2]).toBe(
      "until nc -z -w 2 provider.media-provider.svc.cluster.local 8080; do sleep 2; done",
    );
  });

  test("asks the Service of a database cluster's primary", () => {
    const database = composed(
      {
        main: component,
        database: {
          image,
          runs: { as: "postgresCluster", instances: 1 },
          ports: { postgres: 5432 },
        },
      },
      { storage: { data: { holds: "database", size: "1Gi" } } },
    );
    expect(
      waits(database, { consumes: { provider: "database/postgres" } })?.[0]?.command?.[2],
    ).toContain(" database-rw.media-provider.svc.cluster.local 5432;");
  });

  test("asks the TCP port where UDP is called too", () => {
    const provider = service({
      image,
      ports: { syslog: { udp: 514 }, api: 8080 },
      health: { exec: ["true"] },
    });
    expect(
      waits(provider, { consumes: { provider: ["syslog", "api"] } })?.[0]?.command?.[2],
    ).toContain(" provider.media-provider.svc.cluster.local 8080;");
  });

  test("is left out where only UDP is called, and for an upstream chart", () => {
    const udp = service({ image, ports: { syslog: { udp: 514 } }, health: { exec: ["true"] } });
    expect(waits(udp, { consumes: { provider: "syslog" } })).toBeUndefined();
    expect(
      waits(chart({ main: { pods: { app: "upstream" }, ports: { http: 8080 } } })),
    ).toBeUndefined();
  });
});

describe("a volume that one node writes to", () => {
  const problemsOf = (more: Fragment, most?: number) =>
    build(
      sceneWith({
        services: {
          app: service({
            ...component,
            ...more,
            storage: { data: { holds: "cache", size: "1Gi", at: "/data" } },
          }),
        },
        ...(most === undefined
          ? {}
          : {
              environments: {
                prod: {
                  cluster: "home",
                  domain: "example.com",
                  revision: "main",
                  secrets: { backend: "fake" },
                  replicas: most,
                },
              },
            }),
      }),
    ).problems;
  const several = [
    ["pods", { replicas: 2 }],
    ["pods that follow the load", { scale: { min: 1, max: 2, cpu: 80 } }],
    ["pods of a service that is stopped", { replicas: 2, stopped: true }],
  ] as const;

  test.each(several)("is not for several %s", (_, more) => {
    expect(problemsOf(more)).toMatchObject([{ code: "CLAIM_ONE_WRITER" }]);
    expect(problemsOf(more, 2)).toMatchObject([{ code: "CLAIM_ONE_WRITER" }]);
  });

  test.each(several)("is sound for several %s where the environment has one alone", (_, more) => {
    expect(problemsOf(more, 1)).toEqual([]);
  });
});

describe("a volume of two components", () => {
  const warningsOf = (app: Fragment) => build(sceneWith({ services: { app } })).warnings;
  const problemsOf = (one: Fragment, other: Fragment) => {
    const part = (more: Fragment) => ({ ...component, ...more, mounts: { data: "/data" } });
    const parts = composed(
      { one: part(one), other: part(other) },
      { storage: { data: { holds: "cache", size: "1Gi" } } },
    );
    return warningsOf(parts);
  };

  test.each<[string, Fragment, Fragment, string]>([
    ["users", { runAs: { user: 33 } }, { runAs: { user: 34 } }, "runAs: { user: 34, files: 33 }"],
    ["one that is not said", { runAs: { user: 33 } }, {}, "runAs: { user: 1000, files: 33 }"],
    [
      "groups of files",
      { runAs: { user: 33, files: 44 } },
      { runAs: { user: 33, group: 5 } },
      "runAs: { user: 33, group: 5, files: 44 }",
    ],
    [
      "users, of which one has more groups",
      { runAs: { user: 33 } },
      { runAs: { user: 34, groups: [44, 45] } },
      "runAs: { user: 34, files: 33, groups: [44, 45] }",
    ],
  ])("belongs to one group: %s", (_, one, other, fix) => {
    expect(problemsOf(one, other)).toMatchObject([
      { code: "SPEC_INVALID", severity: "warning", fix: expect.stringContaining(fix) },
    ]);
  });

  test.each<[string, Fragment, Fragment]>([
    ["as nothing is said", {}, {}],
    ["as both say it", { runAs: { user: 33, files: 44 } }, { runAs: { user: 34, files: 44 } }],
  ])("is sound where it does: %s", (_, one, other) => {
    expect(problemsOf(one, other)).toEqual([]);
  });

  test("is left as it is where each pod has its own", () => {
    const set = { runs: { as: "statefulSet" }, mounts: {} };
    const parts = composed(
      {
        one: { ...component, ...set, runAs: { user: 33 }, mounts: { first: "/data" } },
        other: { ...component, ...set, runAs: { user: 34 }, mounts: { second: "/data" } },
      },
      {
        storage: {
          first: { holds: "cache", size: "1Gi" },
          second: { holds: "cache", size: "1Gi" },
        },
      },
    );
    expect(warningsOf(parts)).toEqual([]);
  });
});
