/** The Go toolchain: is it there, is it new enough, and why did it fail. */
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";
import type { Host } from "./host.ts";
import { toolProblem } from "./problems.ts";
import { lastLines, run, type Outcome } from "./process.ts";

const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/**
 * What every call of Go gets, so that a user's own settings cannot change what is built.
 * In: the host; out: environment variables.
 */
export function goEnvironment(host: Host): Record<string, string> {
  return {
    CGO_ENABLED: "0",
    GO111MODULE: "on",
    GOWORK: "off",
    GOFLAGS: "-mod=readonly",
    // The compiler runs a thousand times for a second each: it is done before collecting garbage would have paid.
    GOGC: "off",
    GOMEMLIMIT: "3GiB",
    GOOS: host.platform === "win32" ? "windows" : host.platform,
    GOARCH: architectures[host.arch] ?? host.arch,
  };
}

/**
 * Makes sure that Go can build a module. In: a folder, the text of the go.mod that is to be built,
 * and its path for the message. Out: undefined when it can; TOOL_MISSING, TOOL_TOO_OLD, or
 * TOOL_DOWNLOAD_FAILED when Go tried to fetch a newer toolchain and could not.
 */
export async function checkGo(
  cwd: string,
  goMod: { readonly file: string; readonly text: string },
  host: Host,
): Promise<Problem | undefined> {
  const wanted = /^go (\d+(?:\.\d+)+)/m.exec(goMod.text)?.[1] ?? "1.24";
  const outcome = await run("go", ["env", "GOVERSION"], { cwd, environment: host.environment });
  if (outcome.isMissing) {
    return toolProblem("TOOL_MISSING", {
      file: goMod.file,
      message: "Go is needed to build RZP's tools, and there is no `go` on PATH.",
      expected: `Go ${wanted} or newer`,
      fix: `Install Go ${wanted} or newer (your package manager, or the archive of the Go project).`,
    });
  }
  const found = /go(\d+\.\d+(?:\.\d+)?)/.exec(outcome.stdout)?.[1];
  const refusal = /running go (\d+(?:\.\d+)+)/.exec(outcome.stderr)?.[1];
  if (refusal !== undefined) return tooOld(goMod.file, refusal, wanted);
  if (outcome.exitCode !== 0) return goProblem("go env", goMod.file, outcome);
  if (found !== undefined && isOlder(found, wanted)) return tooOld(goMod.file, found, wanted);
  return undefined;
}

/**
 * Says why a call of Go failed: the network, a checksum, or the code. In: what was run, the file that
 * pins it, the outcome; out: TOOL_CORRUPT, TOOL_DOWNLOAD_FAILED or TOOL_BUILD_FAILED.
 */
export function goProblem(step: string, file: string, outcome: Outcome): Problem {
  const said = lastLines(outcome.stderr || outcome.stdout, 6);
  const code = failureCode(said);
  const fixes: Partial<Record<ProblemCode, string>> = {
    TOOL_CORRUPT: "Do not use this module. Compare it with its source before you change the pin.",
    TOOL_DOWNLOAD_FAILED: "Check the network and GOPROXY, then run `npm run tools` again.",
  };
  return toolProblem(code, {
    file,
    message: `${step} failed:\n${said}`,
    fix:
      fixes[code] ?? "Run `npm run tools` again; if it stays, the pins in the go.mod do not fit.",
  });
}

function failureCode(said: string): ProblemCode {
  if (/checksum mismatch|SECURITY ERROR/.test(said)) return "TOOL_CORRUPT";
  const network =
    /dial tcp|no such host|i\/o timeout|connection re(fused|set)|TLS handshake|proxyconnect|module lookup disabled|: (403|404|410|429|5\d\d) |unexpected EOF/;
  return network.test(said) ? "TOOL_DOWNLOAD_FAILED" : "TOOL_BUILD_FAILED";
}

function tooOld(file: string, found: string, wanted: string): Problem {
  return toolProblem("TOOL_TOO_OLD", {
    file,
    message: `Go ${found} is too old for the pinned tools, which need Go ${wanted} or newer.`,
    found,
    expected: `Go ${wanted} or newer`,
    fix: `Install Go ${wanted} or newer, or allow Go to fetch it: \`go env -w GOTOOLCHAIN=auto\`.`,
  });
}

/** Compares dotted versions. In: two of them; out: whether the first is older. */
export function isOlder(left: string, right: string): boolean {
  const a = left.split(".").map(Number);
  const b = right.split(".").map(Number);
  const index = b.findIndex((part, at) => (a[at] ?? 0) !== part);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}
