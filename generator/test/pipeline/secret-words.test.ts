/** What a service says of its secrets, where it is no word too many. That one is told is among the bad input. */
import { expect, test } from "vitest";
import { baseFile, checkRepository, createRepository } from "../support/repository.ts";

const file = (name: string) => `charts/services/${name}/values.ts`;
const authored = (name: string) => baseFile(file(name));
const about = (key: string) => `secrets: { ${JSON.stringify(key)}: { generate: "hex" } },`;
const prowlarr = (more: string, env = "env: {") =>
  authored("prowlarr").replace("env: {", `${more}\n  ${env}`);

test.for([
  ["read by a variable", { [file("prowlarr")]: prowlarr(about("api-key")) }],
  [
    "read by a container beside it",
    {
      [file("prowlarr")]: prowlarr(
        `${about("side")} init: { first: { image: "example.com/a:1", files: { "/k": secret("side") } } },`,
      ),
    },
  ],
  [
    "read with its whole folder",
    { [file("prowlarr")]: prowlarr(`${about("OTHER")} envFrom: ["."],`) },
  ],
  [
    "read in one environment only",
    {
      [file("prowlarr")]: prowlarr(about("extra")),
      "environments/dev/prowlarr.ts":
        'import { overlay, secret } from "#rzp";\n\nexport default overlay("prowlarr", { env: { EXTRA: secret("extra") } });\n',
    },
  ],
  [
    "read by an object",
    {
      [file("cert-manager")]: authored("cert-manager")
        .replace("import {", "import { secret,")
        .replace(
          "  objects: { trial: clusterIssuer({ selfSigned: true }) },",
          `  ${about("token")}\n  objects: { trial: clusterIssuer({ dns01: "cloudflare", token: secret("token") }) },`,
        ),
    },
  ],
] as const)("%s", async ([, files]) => {
  using repository = createRepository({ files });
  expect(await checkRepository(repository.root)).toEqual([]);
});

test("an overlay with mistakes of its own may read anything", async () => {
  using repository = createRepository({
    files: {
      [file("prowlarr")]: prowlarr(about("extra")),
      "environments/dev/prowlarr.ts":
        'import { overlay } from "#rzp";\n\nexport default overlay("prowlarr", { nev: {} });\n',
    },
  });
  const problems = await checkRepository(repository.root);
  expect(problems.map(({ code }) => code)).toEqual(["SPEC_UNKNOWN_FIELD"]);
});
