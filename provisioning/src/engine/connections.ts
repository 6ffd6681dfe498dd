/**
 * Every run of the engine has connections of its own between engine and program. gRPC would share them by address in the whole process,
 * and what became of them: the SDK closes none when an engine has ended, and where a later engine gets the same port, its program was told
 * at once that nobody is there ("14 UNAVAILABLE: No connection established. Last error: null").
 */
import * as settings from "@pulumi/pulumi/runtime/settings.js";

/** What the SDK gives gRPC for each connection that it makes; its types leave that out. */
const { grpcClientOptions } = settings as unknown as {
  readonly grpcClientOptions: Record<string, unknown>;
};

grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
