/**
 * The examples gitleaks' rules are tried with by their authors, of the version that is pinned here. They are nowhere
 * in this repository: the program that makes its configuration out of the rules is built from the pinned module, with
 * two small files of ours in place of its own, and prints them.
 */
import { appendFile, copyFile, cp, chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";

const gitleaks = "github.com/zricethezav/gitleaks/v8";
const program = "cmd/generate/config";
const ours = {
  "validate.go": "cmd/generate/config/utils",
  "regen.go": "cmd/generate/secrets",
};

export interface Sample {
  readonly rule: string;
  readonly sample: string;
}

/** In: the root of the repository. Out: all examples, sorted; the same each time. */
export async function gitleaksSamples(root: string): Promise<Sample[]> {
  const pinned = path.join(root, "tools/static");
  const env = { CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=mod" };
  const download = await execa("go", ["mod", "download", "-json", gitleaks], { cwd: pinned, env });
  const { Dir: module } = JSON.parse(download.stdout) as { Dir: string };
  const folder = await mkdtemp(path.join(tmpdir(), "rzp-samples-"));
  try {
    const copy = path.join(folder, "gitleaks");
    await cp(module, copy, { recursive: true });
    // What Go downloads is read-only.
    await execa("chmod", ["-R", "u+w", copy]);
    for (const [file, place] of Object.entries(ours))
      await copyFile(path.join(import.meta.dirname, file), path.join(copy, place, file));
    for (const file of ["go.mod", "go.sum"]) {
      await copyFile(path.join(pinned, file), path.join(folder, file));
      await chmod(path.join(folder, file), 0o644);
    }
    await appendFile(path.join(folder, "go.mod"), `\nreplace ${gitleaks} => ./gitleaks\n`);
    const binary = path.join(folder, "samples");
    await execa("go", ["build", "-o", binary, `${gitleaks}/${program}`], { cwd: folder, env });
    const { stdout } = await execa(binary, ["/dev/null"], { cwd: path.join(copy, program) });
    return [...new Set(stdout.split("\n"))].sort().map((line) => JSON.parse(line) as Sample);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
