/** The lines that `infra token` prints for Cloudflare, given to a shell: they do what they say, and no token is an argument of anything. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa, execaSync } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";
import { curlWith } from "../src/dns/client.ts";
import { namesTokens } from "../src/dns/tokens.ts";

const lacks = (program: string) => execaSync("which", [program], { reject: false }).failed;

const id = "0".repeat(32);
const lines = namesTokens("lab", {
  zone: { name: "example.com", id },
  account: "1".repeat(32),
  tunnel: { name: "rzp-lab", origin: "https://10.0.0.1:443", hosts: [] },
  records: [],
});
const token = `cfut_${"a".repeat(40)}`;
const groups = ["Zone Read", "DNS Write", "Cloudflare Tunnel Write", "Billing Write"].map(
  (name, index) => ({ id: `g${index}`, name }),
);

let folder: string;
let server: Server;
let asked: string[];
beforeEach(async () => {
  expect(["bash", "curl", "jq"].filter(lacks), "install what the printed lines call").toEqual([]);
  folder = mkdtempSync(path.join(tmpdir(), "rzp-shell-"));
  asked = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => void (body += String(part)));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      asked.push([method, url, headers.authorization, body].join(" ").trim());
      response.end(JSON.stringify({ result: answer(method, url) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Tells what everybody could have read while it ran, and asks here instead of there.
  const curl = execaSync("which", ["curl"], { reject: false }).stdout;
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(
    path.join(folder, "curl"),
    `#!/bin/bash\necho "$*" >> '${folder}/arguments'\nexec ${curl} "\${@//https:\\/\\/api.cloudflare.com\\/client\\/v4/${here.replaceAll("/", "\\/")}}"\n`,
    { mode: 0o755 },
  );
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function answer(method: string, url: string): unknown {
  if (url.endsWith("permission_groups")) return groups;
  if (method === "POST") return { value: "the-value" };
  return url.endsWith("/token") ? "token-of-the-tunnel" : [{ id: "t1" }];
}

/** Variables are the shell's, as somebody types them. */
const shell = async (text: string) => {
  const { stdout } = await execa("bash", [], {
    input: `CLOUDFLARE_MAKER=${token}; CLOUDFLARE_API_TOKEN=${token}\n${text}\n`,
    env: { PATH: `${folder}:${process.env["PATH"]}` },
  });
  const given = readFileSync(path.join(folder, "arguments"), "utf8");
  expect(given).not.toContain(token);
  expect(asked.length).toBeGreaterThan(0);
  for (const one of asked) expect(one).toContain(`Bearer ${token}`);
  return stdout;
};

test("tokens are made, each with its rights", async () => {
  const making = lines.filter((line) => /^(groups=|jq )/.test(line));
  expect(await shell(making.join("\n"))).toBe(
    ["infra", "cert-manager", "external-dns"].map((who) => `rzp-lab-${who} the-value`).join("\n"),
  );
  const [, body = ""] = asked.find((one) => one.includes('"rzp-lab-infra"'))?.split(token) ?? [];
  const { policies } = JSON.parse(body) as {
    policies: { resources: object; permission_groups: { id: string }[] }[];
  };
  expect(policies.map((policy) => policy.permission_groups.map((group) => group.id))).toEqual([
    ["g0", "g1"],
    ["g2"],
  ]);
});

test("the token of the tunnel is asked for", async () => {
  expect(await shell(lines.at(-1) ?? "")).toBe("token-of-the-tunnel");
});

test("what is removed by hand", async () => {
  const url = "https://api.cloudflare.com/client/v4/zones/z/dns_records/r";
  await shell(`${curlWith("CLOUDFLARE_API_TOKEN")} -X DELETE ${url}`);
  expect(asked).toEqual([`DELETE /zones/z/dns_records/r Bearer ${token}`]);
});
