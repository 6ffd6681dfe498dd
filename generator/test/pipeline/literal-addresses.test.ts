/** Addresses that are no news: which are told is in bad-input (`address-…`). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
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
