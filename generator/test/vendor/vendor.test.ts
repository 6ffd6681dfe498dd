/** `npm run vendor`: a chart of our own, packaged by the real Helm, pulled from loopback by the real command. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { chartRepository, ociRegistry, realHelm } from "./registry.ts";
import { archivedRepository, archiveFile, serviceFile, vendorRepository } from "./repository.ts";
import { changed, otherVersion, serviceText, standIn } from "./stand-in.ts";

const digestOf = (root: string, file: string) =>
  `sha256:${createHash("sha256")
    .update(readFileSync(path.join(root, file)))
    .digest("hex")}`;
const written = (text: string) =>
  /archive: \{\n\s+file: "(.+)",\n\s+digest: "(.+)",/.exec(text)?.slice(1);

describe("vendor", () => {
  test("keeps the chart, writes its file and digest, changes nothing else of the file, and renders", async () => {
    await using server = await chartRepository([standIn]);
    const text = serviceText({ from: `${server.url}/standin` });
    using repository = vendorRepository(text);
    const { exitCode, stdout } = await repository.run("vendor", "standin");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `standin: standin 1.2.3 is kept as ${archiveFile} (${digestOf(repository.root, archiveFile)})`,
    );
    const [file, digest] = written(repository.read(serviceFile)) ?? [];
    expect(file).toBe(archiveFile);
    expect(digest).toBe(digestOf(repository.root, archiveFile));
    expect(repository.read(serviceFile).replace(/\n {4}archive: \{\n.*\n.*\n {4}\},/, "")).toBe(
      text,
    );
    expect(
      existsSync(
        path.join(repository.root, "kubernetes/prod/standin/deployment.apps-standin-server.yaml"),
      ),
    ).toBe(true);
    expect((await repository.run("render", "--check")).exitCode).toBe(0);
  });

  test("pulls from a registry that speaks OCI, over plain HTTP on loopback", async () => {
    await using server = await ociRegistry([standIn]);
    using repository = vendorRepository(
      serviceText({ from: `oci://${server.host}/charts/standin` }),
    );
    const { exitCode, stdout, stderr } = await repository.run("vendor", "standin");
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain(`is kept as ${archiveFile}`);
  });

  test("uses the login that Helm keeps for a repository", async () => {
    await using server = await chartRepository([standIn], { login: "me:secret" });
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin` }));
    const without = await repository.run("vendor", "standin");
    expect(without.exitCode).toBe(2);
    expect(without.stderr).toContain("VENDOR_PULL_FAILED");
    expect(without.stderr).toContain("401");
    await execa(
      await realHelm(),
      ["repo", "add", "own", server.url, "--username", "me", "--password", "secret"],
      { env: repository.helmHome },
    );
    const { exitCode, stderr } = await repository.run("vendor", "standin");
    expect(exitCode, stderr).toBe(0);
  });

  test("keeps it where --to says, and there again after a change of the version, without the old one", async () => {
    await using server = await chartRepository([
      standIn,
      changed({ "Chart.yaml": otherVersion("2.0.0") }),
    ]);
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin` }));
    expect((await repository.run("vendor", "standin", "--to", "third-party/charts")).exitCode).toBe(
      0,
    );
    expect(written(repository.read(serviceFile))?.[0]).toBe("third-party/charts/standin-1.2.3.tgz");
    repository.write(
      serviceFile,
      repository.read(serviceFile).replace('version: "1.2.3"', 'version: "2.0.0"'),
    );
    const stale = await repository.run("render");
    expect(stale.exitCode).toBe(2);
    expect(stale.stderr).toContain("VENDOR_MISMATCH");
    expect(stale.stderr).toContain("npm run vendor standin");
    expect((await repository.run("vendor", "standin")).exitCode).toBe(0);
    expect(written(repository.read(serviceFile))?.[0]).toBe("third-party/charts/standin-2.0.0.tgz");
    expect(readdirSync(path.join(repository.root, "third-party/charts"))).toEqual([
      "standin-2.0.0.tgz",
    ]);
  });

  test("--remove gives the chart back to Argo CD and takes the copy away", async () => {
    await using server = await chartRepository([standIn]);
    const text = serviceText({ from: `${server.url}/standin` });
    using repository = vendorRepository(text);
    await repository.run("vendor", "standin");
    const { exitCode, stderr } = await repository.run("vendor", "standin", "--remove");
    expect(exitCode, stderr).toBe(0);
    expect(repository.read(serviceFile)).toBe(text);
    expect(existsSync(path.join(repository.root, archiveFile))).toBe(false);
    expect(
      readdirSync(path.join(repository.root, "kubernetes/prod/standin")).some((file) =>
        file.startsWith("deployment"),
      ),
    ).toBe(false);
    expect(repository.read("kubernetes/prod/_argocd/application-prod.standin.yaml")).toContain(
      "chart: standin",
    );
  });

  test("remove takes the copy along, unless another service is rendered from it", async () => {
    await using server = await chartRepository([standIn]);
    using repository = vendorRepository(serviceText({ from: `${server.url}/standin` }));
    await repository.run("vendor", "standin");
    repository.write("charts/services/second/values.ts", repository.read(serviceFile));
    expect((await repository.run("remove", "second")).exitCode).toBe(0);
    expect(existsSync(path.join(repository.root, archiveFile))).toBe(true);
    expect((await repository.run("remove", "standin")).exitCode).toBe(0);
    expect(existsSync(path.join(repository.root, archiveFile))).toBe(false);
  });

  test("a service whose copy is gone already can be removed", async () => {
    using repository = await archivedRepository();
    rmSync(path.join(repository.root, archiveFile));
    const { exitCode, stderr } = await repository.run("remove", "standin");
    expect(exitCode, stderr).toBe(0);
  });
});
