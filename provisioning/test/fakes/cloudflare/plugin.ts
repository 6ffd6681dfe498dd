/**
 * A plugin of Pulumi's engine for tests, with the tokens of @pulumi/cloudflare, as the upstream one can neither be built nor
 * downloaded here. It proves our program, its order and its secrets; never what the upstream provider does.
 */
import { isDeepStrictEqual } from "node:util";
import * as grpc from "@grpc/grpc-js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import providerServices from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { Gone, kinds, type Api, type Inputs, type Kind } from "./resources.ts";

/** Generated code has no types worth the name. */
// oxlint-disable-next-line typescript/no-explicit-any
type Request = any;
// oxlint-disable-next-line typescript/no-explicit-any
type Response = any;

const envelopeMark = "4dabf18193072939515e22adb298388d";
/** How the engine writes what is not known yet. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let access = { token: "", baseUrl: "" };

const api: Api = async (method, path, body) => {
  const answer = await fetch(`${access.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${access.token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { success, errors, result } = (await answer.json()) as {
    success: boolean;
    errors: readonly { code: number; message: string }[];
    result: unknown;
  };
  if (answer.status === 404) throw new Gone();
  if (!success)
    throw new Error(
      `${method} "${access.baseUrl}${path}": ${answer.status} ${JSON.stringify(errors)}`,
    );
  return result;
};

/** Secrets come wrapped, whatever was agreed on. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (envelopeMark in value) return plain((value as { value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child)]));
}

const inputsOf = (struct: Request): Inputs => (plain(struct?.toJavaScript() ?? {}) as Inputs) ?? {};
const struct = (value: object): Response => structProto.Struct.fromJavaScript(value as never);
const kindOf = (request: Request): Kind => {
  const type = String(request.getUrn()).split("::").at(-2)?.split("$").at(-1) ?? "";
  const kind = kinds[type];
  if (kind === undefined) throw new Error(`the test plugin knows no ${type}`);
  return kind;
};

/** What the schema of the package would leave out. */
const withoutDefaults = (inputs: Inputs): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));

const methods: Readonly<Record<string, (request: Request) => unknown>> = {
  handshake: () => new proto.ProviderHandshakeResponse(),
  getPluginInfo: () => {
    const info = new pluginProto.PluginInfo();
    info.setVersion("6.22.1");
    return info;
  },
  getSchema: () => {
    const response = new proto.GetSchemaResponse();
    response.setSchema("{}");
    return response;
  },
  checkConfig: checked,
  diffConfig: () => new proto.DiffResponse(),
  configure: (request) => {
    const { apiToken = "", baseUrl = "" } = inputsOf(request.getArgs()) as Record<string, string>;
    access = { token: apiToken, baseUrl };
    const response = new proto.ConfigureResponse();
    response.setAcceptsecrets(false);
    response.setSupportspreview(true);
    return response;
  },
  check: checked,
  diff: (request) => {
    const kind = kindOf(request);
    const before = withoutDefaults(inputsOf(request.getOldInputs()));
    const after = withoutDefaults(inputsOf(request.getNews()));
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (key) => !isDeepStrictEqual(before[key], after[key]),
    );
    const response = new proto.DiffResponse();
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    response.setChanges(fields.length === 0 ? DIFF_NONE : DIFF_SOME);
    response.setDiffsList(fields);
    response.setReplacesList(fields.filter((key) => kind.replaces.includes(key)));
    return response;
  },
  create: async (request) => {
    const inputs = inputsOf(request.getProperties());
    const response = new proto.CreateResponse();
    if (request.getPreview()) {
      response.setProperties(struct({ ...inputs, id: unknown }));
      return response;
    }
    const id = await kindOf(request).create(api, inputs);
    response.setId(id);
    response.setProperties(struct({ ...inputs, id }));
    return response;
  },
  read: async (request) => {
    const response = new proto.ReadResponse();
    const id = String(request.getId());
    try {
      const there = await kindOf(request).read(api, id, inputsOf(request.getInputs()));
      response.setId(id);
      response.setProperties(struct({ ...there, id }));
      response.setInputs(struct(there));
    } catch (error) {
      // Without an id it is gone.
      if (!(error instanceof Gone)) throw error;
    }
    return response;
  },
  update: async (request) => {
    const inputs = inputsOf(request.getNews());
    const response = new proto.UpdateResponse();
    if (!request.getPreview()) await kindOf(request).update(api, String(request.getId()), inputs);
    response.setProperties(struct({ ...inputs, id: String(request.getId()) }));
    return response;
  },
  delete: async (request) => {
    try {
      await kindOf(request).remove(api, String(request.getId()), inputsOf(request.getProperties()));
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
    return new emptyProto.Empty();
  },
  cancel: () => new emptyProto.Empty(),
};

function checked(request: Request): Response {
  const response = new proto.CheckResponse();
  response.setInputs(request.getNews());
  return response;
}

type Callback = (error: unknown, response?: unknown) => void;

const server = new grpc.Server();
server.addService(
  providerServices.ResourceProviderService,
  Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      (call: { request: unknown }, callback: Callback) => {
        Promise.resolve()
          .then(() => method(call.request))
          .then(
            (response) => callback(undefined, response),
            (error: Error) => callback({ code: grpc.status.UNKNOWN, message: error.message }),
          );
      },
    ]),
  ) as unknown as grpc.UntypedServiceImplementation,
);
// An engine that was killed does not end its plugins.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) process.exit(0);
}, 500);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
