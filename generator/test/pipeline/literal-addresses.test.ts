/** Addresses that are no news: which are told is in bad-input (`address-…`). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkRepository, createRepository } from "../support/repository.ts";

const prowlarr = "charts/services/prowlarr/values.ts";

test.for([
  ["of a service it consumes", "http://sonarr.media-sonarr.svc.cluster.local:8989"],
  ["of its own namespace", "http://prowlarr.media-prowlarr:9696"],
  ["that only begins like one", "https://sonarr.media-immich.example.com"],
  ["that only ends like one", "https://www.a.sonarr.media-immich"],
  ["of a namespace of somebody else", "http://grafana.monitoring.svc:3000"],
  ["of the internet", "https://1.1.1.1/dns-query"],
  ["of its own pod", "http://127.0.0.1:8080"],
  ["of every interface", "0.0.0.0:9696"],
  ["of a node", "https://10.0.20.21:6443"],
  ["of a Service", "tcp://10.96.0.10:53"],
  ["of a load balancer", "mqtt://10.0.10.203:1883"],
  ["of the house that nobody calls by it", "10.0.10.77"],
  ["of a network of the house", "10.0.10.0/24"],
  ["in a version", "image/10.0.10.7:1"],
])("an address %s", async ([, address]) => {
  using repository = createRepository();
  const text = readFileSync(path.join(repository.root, prowlarr), "utf8");
  repository.write(prowlarr, text.replace("env: {", `env: { ADDRESS: "${address}",`));
  expect(await checkRepository(repository.root)).toEqual([]);
});

test("an address of the house that the service reaches", async () => {
  using repository = createRepository();
  const text = readFileSync(path.join(repository.root, prowlarr), "utf8");
  repository.write(
    prowlarr,
    text
      .replace("env: {", 'env: { STORE: "http://10.0.10.5:9000",')
      .replace("reaches: {", 'reaches: { lan: { nas: ["9000/tcp"] },'),
  );
  expect(await checkRepository(repository.root)).toEqual([]);
});

describe("an address of the cluster itself", () => {
  const recyclarr = "charts/services/recyclarr/values.ts";
  const blocky = "charts/services/blocky/values.ts";
  const home = "environments/clusters/home.ts";
  type Change = readonly [file: string, from: string | RegExp, to: string];

  async function told(...changes: readonly Change[]): Promise<string[]> {
    using repository = createRepository();
    for (const [file, from, to] of changes) {
      const text = readFileSync(path.join(repository.root, file), "utf8");
      expect(text).toMatch(from);
      repository.write(file, text.replace(from, to));
    }
    // Which names a name server knows is another matter.
    return (await checkRepository(repository.root)).flatMap(({ code, found, fix }) =>
      code === "NAME_UNANSWERED" ? [] : [`${code} ${found}: ${fix}`],
    );
  }
  const host = (address: string): Change[] => [
    [home, "hosts: {", `hosts: { other: "${address}",`],
    [recyclarr, "reaches: {", 'reaches: { lan: { other: ["dns"] },'],
  ];
  const nameserver = (address: string): Change => [
    recyclarr,
    "needs:",
    `network: { nameservers: ["${address}"] }, needs:`,
  ];
  const text = (address: string): Change => [recyclarr, "env: {", `env: { THERE: "${address}",`];
  const consuming: Change = [recyclarr, "consumes: {", 'consumes: { blocky: "dns",'];
  const balancer = "10.0.10.202";

  test.for<[string, readonly Change[]]>([
    ["a text", [text(`tcp://${balancer}:53`)]],
    ["a host", host(balancer)],
    ["a nameserver", [nameserver(balancer)]],
  ])("is no news in %s, where the service consumes who has it", async ([, changes]) => {
    expect(await told(...changes)).toHaveLength(1);
    expect(await told(...changes, consuming)).toEqual([]);
  });

  test.for<[string, readonly Change[]]>([
    [
      "own load balancer, told to others",
      [[blocky, "replicas:", `env: { SELF: "http://${balancer}:80" }, replicas:`]],
    ],
    ["the cluster's DNS as nameserver", [nameserver("10.96.0.10")]],
    ["a nameserver in the pod", [nameserver("127.0.0.1")]],
    ["a host beside the nodes", host("10.0.20.5")],
    ["a host whose address ends like a load balancer's", host("10.0.11.202")],
  ])("is none: %s", async ([, changes]) => {
    expect(await told(...changes)).toEqual([]);
  });

  test("is no news of pods on the node's network, on which policies do not act", async () => {
    const onNode: Change[] = [
      [recyclarr, "import {", "import { because,"],
      [
        recyclarr,
        "needs:",
        'network: { host: because(true, "finds others by broadcast") }, needs:',
      ],
      ["environments/tiers.ts", /(media: .*podSecurity: )"restricted"/, '$1"privileged"'],
    ];
    expect(await told(...host(balancer), text(`tcp://${balancer}:53`), ...onNode)).toEqual([]);
  });

  test("is found where it was allocated", async () => {
    const any: Change = [blocky, 'address: "dns", ', ""];
    expect(await told(any, text("tcp://10.0.10.200:53"))).toEqual([
      'ADDRESS_UNDECLARED 10.0.10.200:53: add blocky: "dns" to consumes',
    ]);
    expect(await told(any, text("tcp://10.0.10.201:53"))).toEqual([]);
  });

  test("is the port that is called, of several", async () => {
    const two: Change = [blocky, '53: "dns"', '53: "dns", 80: "http"'];
    expect(await told(two, text(`http://${balancer}:80`))).toEqual([
      `ADDRESS_UNDECLARED ${balancer}:80: add blocky: "http" to consumes`,
    ]);
    expect(await told(two, ...host(balancer))).toEqual([
      `ADDRESS_UNDECLARED ${balancer}: add blocky: "dns" to consumes, and remove other from reaches.lan`,
    ]);
  });

  test("is found in values of a chart", async () => {
    const file = "charts/services/cert-manager/values.ts";
    const value: Change = [file, "crds: {", `resolvers: "tcp://${balancer}:53", crds: {`];
    expect(await told(value)).toEqual([
      `ADDRESS_UNDECLARED ${balancer}:53: add blocky: "dns" to consumes of the component that calls it`,
    ]);
  });
});
