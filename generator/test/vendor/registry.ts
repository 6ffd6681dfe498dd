/** Places charts come from, on loopback: a repository with an index, and a registry as the OCI protocol has it. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { ensureHelm } from "../../src/tools/helm-carrier.ts";
import type { ChartFiles } from "./stand-in.ts";

/** The real Helm; its absence is a failure. */
export async function realHelm(): Promise<string> {
  const helm = await ensureHelm();
  if ("code" in helm) throw new Error(`${helm.code}: ${helm.message}`);
  return helm.path;
}

/** In: files of a chart. Out: its archive as `helm package` makes it. */
export async function packageChart(files: ChartFiles): Promise<{ name: string; bytes: Buffer }> {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-standin-"));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, "chart", file)), { recursive: true });
      writeFileSync(path.join(folder, "chart", file), text);
    }
    const { stdout } = await execa(await realHelm(), [
      "package",
      path.join(folder, "chart"),
      "--destination",
      folder,
    ]);
    const file = stdout.slice(stdout.lastIndexOf("/") + 1).trim();
    return { name: file, bytes: readFileSync(path.join(folder, file)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface ChartServer extends AsyncDisposable {
  /** `http://127.0.0.1:port/charts`; with `/standin` it is what chart.from says. */
  readonly url: string;
  readonly host: string;
  /** Serves another set of charts from now on. */
  readonly serve: (charts: readonly ChartFiles[]) => Promise<void>;
}

interface ServerOptions {
  /** `user:password`, where a login is asked for. */
  readonly login?: string;
}

/** A chart repository: index.yaml and archives, as any web server has them. */
export async function chartRepository(
  charts: readonly ChartFiles[],
  { login }: ServerOptions = {},
): Promise<ChartServer> {
  let served = new Map<string, Buffer>();
  const serve: ChartServer["serve"] = async (next) => {
    served = await indexed(next);
  };
  await serve(charts);
  return listening(serve, (request, response) => {
    const isAllowed =
      login === undefined ||
      request.headers.authorization === `Basic ${Buffer.from(login).toString("base64")}`;
    const body = served.get(request.url ?? "");
    response
      .writeHead(isAllowed ? (body === undefined ? 404 : 200) : 401)
      .end(isAllowed ? body : undefined);
  });
}

async function indexed(charts: readonly ChartFiles[]): Promise<Map<string, Buffer>> {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-index-"));
  try {
    const packed = await Promise.all(charts.map(packageChart));
    for (const { name, bytes } of packed) writeFileSync(path.join(folder, name), bytes);
    await execa(await realHelm(), ["repo", "index", folder]);
    return new Map([
      ["/charts/index.yaml", readFileSync(path.join(folder, "index.yaml"))],
      ...packed.map(({ name, bytes }) => [`/charts/${name}`, bytes] as const),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A registry that can be pulled from: manifests by tag, blobs by digest (OCI Distribution, "Pull"). */
export async function ociRegistry(charts: readonly ChartFiles[]): Promise<ChartServer> {
  const served = new Map<string, { type: string; body: Buffer }>();
  const serve: ChartServer["serve"] = async (next) => {
    for (const chart of await Promise.all(next.map(packageChart))) addToRegistry(served, chart);
  };
  await serve(charts);
  return listening(serve, (request, response) => {
    const found = served.get(request.url ?? "");
    if (request.url === "/v2/") return void response.writeHead(200).end();
    if (found === undefined) return void response.writeHead(404).end();
    return void response
      .writeHead(200, {
        "content-type": found.type,
        "content-length": found.body.length,
        "docker-content-digest": digestOf(found.body),
      })
      .end(request.method === "HEAD" ? undefined : found.body);
  });
}

function addToRegistry(
  served: Map<string, { type: string; body: Buffer }>,
  { name, bytes }: { name: string; bytes: Buffer },
): void {
  const [, chart, tag] = /^(.+?)-(v?\d.*)\.tgz$/.exec(name) ?? [];
  const config = Buffer.from(JSON.stringify({ name: chart, version: tag, apiVersion: "v2" }));
  const part = (mediaType: string, body: Buffer) => ({
    mediaType,
    digest: digestOf(body),
    size: body.length,
  });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: part("application/vnd.cncf.helm.config.v1+json", config),
      layers: [part("application/vnd.cncf.helm.chart.content.v1.tar+gzip", bytes)],
    }),
  );
  const base = `/v2/charts/${chart}`;
  for (const body of [config, bytes])
    served.set(`${base}/blobs/${digestOf(body)}`, { type: "application/octet-stream", body });
  for (const reference of [tag, digestOf(manifest)])
    served.set(`${base}/manifests/${reference}`, {
      type: "application/vnd.oci.image.manifest.v1+json",
      body: manifest,
    });
}

const digestOf = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

async function listening(
  serve: ChartServer["serve"],
  answer: RequestListener,
): Promise<ChartServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}/charts`,
    serve,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
