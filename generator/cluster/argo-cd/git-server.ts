/**
 * Serves git repositories and chart repositories on loopback: `node git-server.ts <port> <folder>`. Git's own program
 * speaks smart HTTP as a CGI (git-http-backend(1)); a chart repository is files.
 */
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join, normalize } from "node:path";

const [port = "", folder = ""] = process.argv.slice(2);

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname.includes(".git/")) serveGit(request, response);
  else serveFile(join(folder, normalize(pathname)), response);
}).listen(Number(port), "127.0.0.1");

function serveFile(file: string, response: ServerResponse): void {
  const stream = createReadStream(file);
  stream.on("error", () => response.writeHead(404).end());
  stream.on("open", () => stream.pipe(response));
}

function serveGit(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const backend = spawn("git", ["http-backend"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
  });
  request.pipe(backend.stdin).on("error", () => response.destroy());
  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    backend.stdout.off("data", readHead);
    answer(head.subarray(0, end).toString("utf8"), response);
    response.write(head.subarray(end + 4));
    backend.stdout.pipe(response);
  };
  backend.stdout.on("data", readHead);
  backend.on("error", () => response.writeHead(500).end());
}

/** The head of a CGI's answer: its status is one of the fields (RFC 3875, section 6.3.3). */
function answer(head: string, response: ServerResponse): void {
  for (const line of head.split("\r\n")) {
    const [name = "", value = ""] = line.split(/:\s*(.*)/s);
    if (name.toLowerCase() === "status") response.statusCode = Number(value.split(" ")[0]);
    else response.setHeader(name, value);
  }
}
