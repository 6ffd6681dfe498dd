/** A program reaches its engine, whatever became of the engines before. */
import * as grpc from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/engine_pb.js";
import { getEngine, resetOptions } from "@pulumi/pulumi/runtime/settings.js";
import { afterEach, expect, test } from "vitest";
import "../src/engine/stack.ts";

let engine: grpc.Server | undefined;
afterEach(() => {
  engine?.forceShutdown();
  resetOptions("", "", 1, "", "", false, "");
});

/** It answers, if only that it does not know what it is asked. */
async function startEngine(port = 0): Promise<number> {
  const started = new grpc.Server();
  engine = started;
  return new Promise((resolve, reject) =>
    started.bindAsync(
      `127.0.0.1:${port}`,
      grpc.ServerCredentials.createInsecure(),
      (error, bound) => (error === null ? resolve(bound) : reject(error)),
    ),
  );
}

/** As the SDK begins a run. Out: a way to ask, which says what came of it. */
function startProgram(port: number): () => Promise<string> {
  resetOptions("rzp", "lab", 1, `127.0.0.1:${port}`, "", false, "");
  const client = getEngine();
  return () =>
    new Promise((resolve) => {
      client?.log(new proto.LogRequest(), (error) =>
        resolve(error?.code === grpc.status.UNIMPLEMENTED ? "reached" : String(error)),
      );
    });
}

test("an engine that has the port of one that is gone is reached", async () => {
  const port = await startEngine();
  const ask = startProgram(port);
  expect(await ask()).toBe("reached");
  engine?.forceShutdown();
  // What a program has to say when its engine is gone.
  await expect.poll(ask).toMatch(/ECONNREFUSED/);
  expect(await startEngine(port)).toBe(port);
  expect(await startProgram(port)()).toBe("reached");
});
