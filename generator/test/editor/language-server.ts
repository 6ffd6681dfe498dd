/** The language server of TypeScript 7 (`tsc --lsp --stdio`), as an editor talks to it. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

const compiler = fileURLToPath(
  new URL("../../../node_modules/typescript/bin/tsc", import.meta.url),
);

export interface Position {
  readonly line: number;
  readonly character: number;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: Error) => void }
  >();
  #received = Buffer.alloc(0);
  #nextId = 1;
  #nextVersion = 1;

  private constructor(root: string) {
    this.#process = spawn(process.execPath, [compiler, "--lsp", "--stdio"], { cwd: root });
    this.#process.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#process.on("exit", (code) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`the language server ended with ${code}`));
    });
  }

  static async start(root: string): Promise<LanguageServer> {
    const server = new LanguageServer(root);
    const rootUri = pathToFileURL(root).href;
    const textDocument = {
      hover: { contentFormat: ["markdown"] },
      completion: { completionItem: { documentationFormat: ["markdown"] } },
    };
    await server.#request("initialize", {
      processId: process.pid,
      rootUri,
      capabilities: { textDocument },
      workspaceFolders: [{ uri: rootUri, name: "platform" }],
    });
    server.#notify("initialized", {});
    return server;
  }

  /** Opens a file with a text that need not be on disk. */
  open(file: string, text: string): void {
    this.#notify("textDocument/didOpen", {
      textDocument: {
        uri: uriOf(file),
        languageId: "typescript",
        version: this.#nextVersion++,
        text,
      },
    });
  }

  change(file: string, text: string): void {
    this.#notify("textDocument/didChange", {
      textDocument: { uri: uriOf(file), version: this.#nextVersion++ },
      contentChanges: [{ text }],
    });
  }

  /** What the editor shows over a word: its type and what is said about it. */
  async hover(file: string, position: Position): Promise<string> {
    const result = await this.#request("textDocument/hover", {
      textDocument: { uri: uriOf(file) },
      position,
    });
    return result === null ? "" : textOf((result as { contents: unknown }).contents);
  }

  /** What the editor offers at a place. */
  async completion(file: string, position: Position): Promise<readonly string[]> {
    const result = await this.#request("textDocument/completion", {
      textDocument: { uri: uriOf(file) },
      position,
      context: { triggerKind: 1 },
    });
    const items = Array.isArray(result)
      ? result
      : ((result as { items?: unknown[] } | null)?.items ?? []);
    return items.map((item) => (item as { label: string }).label);
  }

  async stop(): Promise<void> {
    await this.#request("shutdown");
    this.#notify("exit");
    this.#process.kill();
  }

  #request(method: string, params?: object): Promise<unknown> {
    const id = this.#nextId++;
    this.#send({ id, method, ...(params !== undefined && { params }) });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #notify(method: string, params?: object): void {
    this.#send({ method, ...(params !== undefined && { params }) });
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (let message = this.#nextMessage(); message !== undefined; message = this.#nextMessage())
      this.#handle(message);
  }

  #nextMessage(): Message | undefined {
    const end = this.#received.indexOf("\r\n\r\n");
    if (end === -1) return undefined;
    const length = Number(
      /Content-Length: (\d+)/i.exec(this.#received.toString("utf8", 0, end))?.[1],
    );
    const body = this.#received.subarray(end + 4, end + 4 + length);
    if (body.length < length) return undefined;
    this.#received = this.#received.subarray(end + 4 + length);
    return JSON.parse(body.toString("utf8")) as Message;
  }

  #handle({ id, method, result, error }: Message): void {
    // The server asks for settings and to watch files; an empty answer means the defaults.
    if (method !== undefined && id !== undefined)
      return this.#send({ id, result: method === "workspace/configuration" ? [] : null });
    const waiting = typeof id === "number" ? this.#waiting.get(id) : undefined;
    if (waiting === undefined || typeof id !== "number") return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error.message));
  }
}

const uriOf = (file: string): string => pathToFileURL(file).href;

function textOf(contents: unknown): string {
  if (typeof contents === "string") return contents;
  if (Array.isArray(contents)) return contents.map(textOf).join("\n");
  return typeof contents === "object" && contents !== null && "value" in contents
    ? String(contents.value)
    : "";
}
