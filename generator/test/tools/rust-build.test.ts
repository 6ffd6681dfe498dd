import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { ensureTool } from "../../src/tools/ensure-tool.ts";
import { codeOf, makeFakeHost } from "./fake-host.ts";

/** Answers `cargo --version` and `cargo build … --target-dir FOLDER`; writes down each build. */
const fakeCargo = `
if [ "$1" = --version ]; then echo "cargo 1.99.0 (abc 2026-01-01)"; exit 0; fi
echo "$@" >> "$HOME/builds"
while [ "$1" != --target-dir ]; do shift; done
mkdir -p "$2/release"
printf built > "$2/release/vrl"
printf rest > "$2/rest"`;

describe("ensureTool with cargo", () => {
  test("builds once, from the lock file, and leaves nothing but the binary", async () => {
    await using fake = await makeFakeHost();
    await fake.program("cargo", fakeCargo);
    const path = String(await ensureTool("vrl", fake.host));
    expect(await ensureTool("vrl", fake.host)).toBe(path);
    const home = fake.host.environment["HOME"] ?? "";
    const builds = (await readFile(join(home, "builds"), "utf8")).trim().split("\n");
    expect(builds).toHaveLength(1);
    expect(builds[0]).toMatch(/^build --release --locked --bin vrl /);
    expect(await readdir(dirname(path))).toEqual(["vrl"]);
    expect(await readFile(join(fake.host.root, ".tools/bin/vrl"), "utf8")).toBe("built");
  });

  test.for(["Cargo.lock", "Cargo.toml", "src/main.rs"])(
    "builds again in another folder when %s changes",
    async (file) => {
      await using fake = await makeFakeHost();
      await fake.program("cargo", fakeCargo);
      const before = await ensureTool("vrl", fake.host);
      await fake.write(`tools/vrl/${file}`, "another");
      expect(await ensureTool("vrl", fake.host)).not.toBe(before);
    },
  );

  test.for([
    ["TOOL_DOWNLOAD_FAILED", "error: failed to download from https://p/vrl"],
    ["TOOL_DOWNLOAD_FAILED", "Caused by: failed to query replaced source registry crates-io"],
    ["TOOL_CORRUPT", "error: checksum for vrl v0.35.0 changed between lock files"],
    ["TOOL_BUILD_FAILED", "error[E0425]: cannot find value"],
  ] as const)("%s for `%s`, and leaves nothing behind", async ([code, said]) => {
    await using fake = await makeFakeHost();
    await fake.program(
      "cargo",
      `[ "$1" = --version ] && echo cargo 1.99.0 && exit\nprintf '${said}' >&2\nexit 101`,
    );
    const problem = await ensureTool("vrl", fake.host);
    expect(problem).toMatchObject({ code, message: expect.stringContaining(said) });
    const [folder = ""] = (await readdir(fake.host.cache)).filter((name) => name.startsWith("vrl"));
    expect(await readdir(join(fake.host.cache, folder))).toEqual([]);
  });

  test("says which Rust is needed", async () => {
    await using fake = await makeFakeHost();
    await fake.program("cargo", "echo cargo 1.70.0");
    expect(await ensureTool("vrl", fake.host)).toMatchObject({
      code: "TOOL_TOO_OLD",
      found: "1.70.0",
      expected: "Rust 1.95 or newer",
    });
  });

  test("says what to install when there is no cargo", async () => {
    await using fake = await makeFakeHost({ environment: { PATH: "/nowhere" } });
    expect(await ensureTool("vrl", fake.host)).toMatchObject({
      code: "TOOL_MISSING",
      place: { file: "tools/vrl/Cargo.toml" },
      fix: expect.stringContaining("Install Rust 1.95"),
    });
  });

  test("says what to do when its sources are not there", async () => {
    await using fake = await makeFakeHost();
    const elsewhere = { ...fake.host, root: join(fake.host.root, "environments") };
    expect(codeOf(await ensureTool("vrl", elsewhere))).toBe("TOOL_BUILD_FAILED");
  });
});
