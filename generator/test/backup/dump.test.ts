/** The script that dumps databases, with a client that is a few lines of shell: a dump is replaced only by a whole one. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectRoot } from "../support/repository.ts";

const script = "generator/catalogue/postgres-dump/config/dump.sh";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "rzp-dump-"));
  mkdirSync(path.join(folder, "bin"));
  writeFileSync(
    path.join(folder, "dump.sh"),
    readFileSync(path.join(projectRoot, script), "utf8").replaceAll("/dumps", `${folder}/dumps`),
  );
  client("psql", 'test "$PGUSER" = dump && printf "app\\nsonarr\\n"');
  client(
    "pg_dump",
    'for a; do case $a in --file=*) file=${a#--file=};; esac; done; echo "$PGHOST $*" > "$file"',
  );
  client("pg_restore", "true");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function client(name: string, body: string): void {
  const file = path.join(folder, "bin", name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

const run = () =>
  spawnSync("sh", [path.join(folder, "dump.sh")], {
    encoding: "utf8",
    env: {
      PATH: `${folder}/bin:${process.env["PATH"]}`,
      POSTGRES_HOST: "one",
      POSTGRES_USER: "dump",
      POSTGRES_PASSWORD: "a",
      POSTGRES_VECTOR_HOST: "two",
      POSTGRES_VECTOR_USER: "dump",
      POSTGRES_VECTOR_PASSWORD: "b",
    },
  });
const dump = (...at: string[]) => path.join(folder, "dumps", ...at);
const read = (...at: string[]) => readFileSync(dump(...at), "utf8");

test("dumps every database of both clusters", () => {
  const { status, stdout } = run();
  expect(status).toBe(0);
  expect(stdout).toContain("dumped postgres-vector/sonarr\n");
  expect(readdirSync(dump("postgres")).toSorted()).toEqual(["app.dump", "sonarr.dump"]);
  expect(read("postgres", "app.dump")).toMatch(/^one .*--format=custom .*--dbname=app/);
  expect(read("postgres-vector", "app.dump")).toMatch(/^two /);
});

test("keeps the dump there was when a new one fails, and fails itself", () => {
  run();
  const before = read("postgres", "sonarr.dump");
  client("pg_dump", "echo half > /dev/null; exit 1");
  expect(run().status).not.toBe(0);
  expect(read("postgres", "sonarr.dump")).toBe(before);
});

test("keeps the dump there was when the new one cannot be read", () => {
  run();
  const before = read("postgres", "app.dump");
  client("pg_dump", 'for a; do case $a in --file=*) echo torn > "${a#--file=}";; esac; done');
  client("pg_restore", "exit 1");
  expect(run().status).not.toBe(0);
  expect(read("postgres", "app.dump")).toBe(before);
});

test("fails where a cluster does not answer, and says nothing of it was dumped", () => {
  client("psql", "exit 2");
  const { status, stdout } = run();
  expect(status).not.toBe(0);
  expect(stdout).toBe("");
  expect(existsSync(dump("postgres", "app.dump"))).toBe(false);
});

test("dumps the other cluster where one does not answer, and fails all the same", () => {
  client("psql", 'test "$PGHOST" = two && echo immich');
  const { status, stdout, stderr } = run();
  expect(status).not.toBe(0);
  expect(stdout).toBe("dumped postgres-vector/immich\n");
  expect(stderr).toContain("no database of postgres is dumped");
});

test("dumps the other databases where one fails, and fails all the same", () => {
  client(
    "pg_dump",
    'for a; do case $a in --dbname=app) exit 1;; --file=*) file=${a#--file=};; esac; done; echo whole > "$file"',
  );
  const { status, stdout, stderr } = run();
  expect(status).not.toBe(0);
  expect(stdout).toBe("dumped postgres/sonarr\ndumped postgres-vector/sonarr\n");
  expect(stderr).toContain("postgres/app is not dumped");
  expect(existsSync(dump("postgres", "app.dump"))).toBe(false);
});

test("is the same in the tree, and any shell reads it", () => {
  const own = "charts/services/postgres-dump/config/dump.sh";
  expect(readFileSync(path.join(projectRoot, own), "utf8")).toBe(
    readFileSync(path.join(projectRoot, script), "utf8"),
  );
  expect(() => execFileSync("sh", ["-n", path.join(projectRoot, script)])).not.toThrow();
});
