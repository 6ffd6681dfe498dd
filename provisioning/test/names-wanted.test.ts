/** Which records and which tunnel follow from a cluster's facts and its public routes; the tokens and the plugin that they need. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Cluster } from "../../generator/src/model/cluster.ts";
import type { Release } from "../../generator/src/model/platform.ts";
import { readCredentials } from "../src/credentials.ts";
import { checkPlugin } from "../src/engine/cloudflare-plugin.ts";
import { namesTokens } from "../src/dns/tokens.ts";
import { wantedNames } from "../src/dns/wanted.ts";

const id = "0".repeat(32);
const account = "1".repeat(32);
const publicNames = { zone: { name: "example.com", id }, account };
const clusterWith = (more: object = {}) =>
  ({
    carrier: "prod",
    gateways: { public: { address: "10.0.0.201" } },
    publicNames: { ...publicNames, ...more },
  }) as unknown as Cluster;

interface Scene {
  readonly names?: object;
  readonly hosts?: readonly (readonly [host: string | readonly string[], audience: string])[];
  readonly environment?: string;
  readonly running?: readonly (readonly [service: string, environment: string])[];
}

/** What is wanted for a cluster `home`, its records a line each. */
function wanted({
  names,
  hosts = [["photos", "public"]],
  environment = "prod",
  running = [],
}: Scene) {
  const cluster = clusterWith(names);
  const release = (name: string, on: string, routes: object = {}) =>
    ({
      facts: { name: on, cluster, clusterName: "home", environment: { domain: "example.com" } },
      service: { name, spec: { routes } },
    }) as unknown as Release;
  const routes = Object.fromEntries(
    hosts.map(([host, audience], index) => [`r${index}`, { host, audience, to: "http" }]),
  );
  const found = wantedNames("home", cluster, [
    release("app", environment, routes),
    ...running.map(([service, on]) => release(service, on)),
  ]);
  const records = found?.records.map(
    ({ name, type, content = "tunnel", proxied, ttl }) =>
      `${name} ${type} ${content} ${proxied ? "proxied" : "direct"} ${ttl}`,
  );
  return { tunnel: found?.tunnel, records };
}

const way = "gateway-home.example.com CNAME tunnel proxied 1";

describe("records", () => {
  test("lead to the gateway's name, and that into the tunnel", () => {
    expect(wanted({})).toEqual({
      tunnel: {
        name: "rzp-home",
        origin: "https://10.0.0.201:443",
        hosts: ["*.example.com", "example.com"],
      },
      records: [way, "photos.example.com CNAME gateway-home.example.com proxied 1"],
    });
  });

  test.for([
    ["an address", { address: "203.0.113.10" }, "A 203.0.113.10 proxied 1"],
    ["one of IPv6", { address: "2001:db8::1" }, "AAAA 2001:db8::1 proxied 1"],
    ["one of our own", { address: "203.0.113.10", direct: true }, "A 203.0.113.10 direct 300"],
  ] as const)("lead to %s", ([, names, rest]) => {
    const { tunnel, records } = wanted({ names });
    expect(tunnel).toBeUndefined();
    expect(records?.[0]).toBe(`gateway-home.example.com ${rest}`);
  });

  test("are those of public routes of every environment, each once", () => {
    const hosts = [
      ["photos", "public"],
      [["films", "*.tv", "example.com"], "public"],
      ["photos", "public"],
      ["admin", "internal"],
    ] as const;
    expect(
      wanted({ hosts, environment: "dev" }).records?.map((text) => text.split(" ")[0]),
    ).toEqual([
      "*.tv.example.com",
      "example.com",
      "films.example.com",
      "gateway-home.example.com",
      "photos.example.com",
    ]);
  });

  test("of routes are external-dns's, where the carrier runs it", () => {
    expect(wanted({ running: [["external-dns", "prod"]] }).records).toEqual([way]);
    expect(wanted({ running: [["external-dns", "dev"]] }).records).toHaveLength(2);
  });

  test("are none where a cluster says no public names", () => {
    const cluster = { gateways: {} } as unknown as Cluster;
    expect(wantedNames("home", cluster, [])).toBeUndefined();
  });
});

describe("tokens", () => {
  const textOf = (names?: object) => {
    const found = wantedNames("home", clusterWith(names), []);
    return found === undefined ? "" : namesTokens("home", found).join("\n");
  };

  test("have the rights they need and no others", () => {
    expect(textOf().split("\n").slice(0, 7)).toEqual([
      "# In Cloudflare: My Profile, API Tokens, Create Token, Custom token. One for each of these; each value is shown once:",
      `#   rzp-home-infra: Zone Read, DNS Edit of the zone example.com; Cloudflare Tunnel Edit of the account ${account}`,
      "#     for infra: export CLOUDFLARE_API_TOKEN='<the value>'",
      "#   rzp-home-cert-manager: Zone Read, DNS Edit of the zone example.com",
      "#     for cert-manager: its secret cloudflare-token",
      "#   rzp-home-external-dns: Zone Read, DNS Edit of the zone example.com",
      "#     for external-dns: its secret cloudflare-token",
    ]);
  });

  test("are asked for by what is for this zone and this account alone", () => {
    const resources = [...textOf().matchAll(/com\.cloudflare\.[\w.]+/g)].map(([text]) => text);
    expect([...new Set(resources)].sort()).toEqual([
      `com.cloudflare.api.account.${account}`,
      `com.cloudflare.api.account.zone.${id}`,
    ]);
  });

  test("need no rights on tunnels where there is none", () => {
    expect(textOf({ address: "203.0.113.10" })).not.toMatch(/[Tt]unnel/);
  });
});

describe("credentials", () => {
  const passphrase = { PULUMI_CONFIG_PASSPHRASE: "correct horse" };
  const token = `cfut_${"a".repeat(40)}`;
  const read = (
    cluster: Parameters<typeof readCredentials>[1],
    environment: Record<string, string>,
  ) => readCredentials("home", cluster, { ...passphrase, ...environment });

  test("of Proxmox VE are not asked for where no machine is made", () => {
    expect(read(clusterWith(), { CLOUDFLARE_API_TOKEN: token })).toEqual({
      credentials: { token: "", passphrase: "correct horse", cloudflare: { token } },
    });
  });

  test("of Cloudflare are not asked for where there are no public names", () => {
    expect(read({}, {})).toEqual({ credentials: { token: "", passphrase: "correct horse" } });
  });

  test.for([
    ["missing", "", "CLOUDFLARE_API_TOKEN is not set, so Cloudflare cannot be asked"],
    ["of two words", "Bearer abc", "CLOUDFLARE_API_TOKEN is no token of Cloudflare"],
  ])("of Cloudflare are %s", ([, value, message]) => {
    expect(read(clusterWith(), { CLOUDFLARE_API_TOKEN: value ?? "" })).toMatchObject({
      problems: [
        {
          code: "CREDENTIAL_MISSING",
          message,
          fix: "make one as `npm run infra -- token home` says, and export CLOUDFLARE_API_TOKEN",
        },
      ],
    });
  });
});

describe("the plugin", () => {
  test("that is nowhere is told, with the command that installs it", () => {
    expect(checkPlugin("/nowhere", ["/engine"])).toMatchObject({
      code: "TOOL_MISSING",
      message:
        "Pulumi's plugin for Cloudflare, 6.22.1, is not installed: records cannot be kept without.",
      fix: expect.stringMatching(
        /^PULUMI_HOME=\S+ \/engine\/pulumi plugin install resource cloudflare 6\.22\.1$/,
      ),
    });
  });

  test("is found among programs", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "rzp-plugin-"));
    writeFileSync(path.join(folder, "pulumi-resource-cloudflare"), "");
    expect(checkPlugin(`/nowhere${path.delimiter}${folder}`, ["/engine"])).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});
