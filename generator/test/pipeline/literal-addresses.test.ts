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
])("an address %s", async ([, address]) => {
  using repository = createRepository();
  const text = readFileSync(path.join(repository.root, prowlarr), "utf8");
  repository.write(prowlarr, text.replace("env: {", `env: { ADDRESS: "${address}",`));
  expect(await checkRepository(repository.root)).toEqual([]);
});
