/** What lies in storages, and images that hosts download. */
import { isFiles, needContent, storageRow, type Storage, type Volume } from "./storages.ts";
import { died, forbidden, wrongParameters } from "./refusal.ts";
import { known, part, required, route, type Call, type Image, type World } from "./world.ts";

const storageOf = (call: Call, world: World): Storage =>
  world.storages.at(part(call, "node"), part(call, "storage"));

const maySee = ({ rights }: Call, storage: string): boolean =>
  rights.has(`/storage/${storage}`, "Datastore.Audit") ||
  rights.has(`/storage/${storage}`, "Datastore.AllocateSpace");

/** Lists what the token may see: of a storage without a privilege there is no trace, and no refusal. */
function listStorages(call: Call, world: World): Record<string, unknown>[] {
  return world.storages
    .of(part(call, "node"))
    .filter(({ facts }) => maySee(call, facts.name))
    .map((storage) => storageRow(storage, world.storages.used(storage)));
}

function readStorage(call: Call, world: World): Record<string, unknown> {
  const storage = storageOf(call, world);
  call.rights.needAny(
    `/storage/${storage.facts.name}`,
    "Datastore.Audit",
    "Datastore.AllocateSpace",
  );
  const {
    storage: _name,
    used_fraction: _fraction,
    ...row
  } = storageRow(storage, world.storages.used(storage));
  return row;
}

function listContent(call: Call, world: World): Record<string, unknown>[] {
  known(call, (name) => name === "content" || name === "vmid");
  const storage = storageOf(call, world);
  call.rights.needAny(
    `/storage/${storage.facts.name}`,
    "Datastore.Audit",
    "Datastore.AllocateSpace",
  );
  const { content, vmid } = call.params;
  return [...storage.volumes.values()]
    .filter((volume) => content === undefined || volume.content === content)
    .filter((volume) => vmid === undefined || String(volume.vmid) === vmid)
    .map(({ volid, content: kind, format, size, vmid: owner, ctime, base }) => ({
      volid,
      content: kind,
      format,
      size,
      ctime,
      ...(owner !== undefined && { vmid: owner }),
      ...(base !== undefined && { parent: base.split(":")[1] }),
    }));
}

/** A volume is named in full, or without its storage. */
function volumeOf(call: Call, storage: Storage): Volume | undefined {
  const given = part(call, "volume");
  return storage.volumes.get(given.includes(":") ? given : `${storage.facts.name}:${given}`);
}

function readVolume(call: Call, world: World): Record<string, unknown> {
  const storage = storageOf(call, world);
  call.rights.needAny(
    `/storage/${storage.facts.name}`,
    "Datastore.Audit",
    "Datastore.AllocateSpace",
  );
  const volume = volumeOf(call, storage);
  if (volume === undefined)
    throw died(`volume_size_info on '${part(call, "volume")}' failed - no such volume`);
  const name = volume.volid.split(":")[1] ?? "";
  const folder = volume.content === "images" ? "/var/lib/vz/images" : "/var/lib/vz";
  const path = `${isFiles(storage.facts) ? folder : `/dev/${storage.facts.name}`}/${name}`;
  return { path, format: volume.format, size: volume.size, used: volume.written };
}

function removeVolume(call: Call, world: World): string {
  const storage = storageOf(call, world);
  const { name } = storage.facts;
  const volume = volumeOf(call, storage);
  const privilege =
    volume?.content === "images" ? "Datastore.AllocateSpace" : "Datastore.AllocateTemplate";
  call.rights.needAny(`/storage/${name}`, "Datastore.Allocate", privilege);
  return world.tasks.start({
    node: part(call, "node"),
    type: "imgdel",
    id: `${name}@${part(call, "node")}`,
    user: call.rights.token,
    run: (log) => {
      if (volume === undefined || !storage.volumes.delete(volume.volid))
        throw new Error(`volume '${part(call, "volume")}' does not exist`);
      log(`Removed volume '${volume.volid}'`);
    },
  });
}

/** A token may let a host fetch from the network when it may change the host, or by the privilege made for it. */
function needNetwork(call: Call): void {
  const { rights } = call;
  const isAdministrator = rights.has("/", "Sys.Audit") && rights.has("/", "Sys.Modify");
  if (!isAdministrator && !rights.has(`/nodes/${part(call, "node")}`, "Sys.AccessNetwork"))
    throw forbidden();
}

function readUrl(call: Call, world: World): Record<string, unknown> {
  known(call, (name) => name === "url" || name === "verify-certificates");
  needNetwork(call);
  const image = imageOf(required(call, "url"), world);
  if (image === undefined) throw died("invalid server response: '404 Not Found'");
  return { filename: fileOf(image), mimetype: "application/octet-stream", size: image.size };
}

const imageOf = (url: string, world: World): Image | undefined =>
  world.images.find((image) => image.url === url);

const fileOf = ({ url }: Image): string => url.split("/").at(-1) ?? "";

/** What a file of a content type may be called. */
const extensions: Readonly<Record<string, RegExp>> = {
  iso: /\.(iso|img)$/i,
  vztmpl: /\.tar\.(gz|xz|zst)$/i,
  import: /\.(ova|qcow2|raw|vmdk)$/i,
};

const downloadParameters =
  /^(content|filename|url|verify-certificates|checksum|checksum-algorithm|compression)$/;

function download(call: Call, world: World): string {
  known(call, (name) => downloadParameters.test(name));
  const { params, rights } = call;
  const storage = storageOf(call, world);
  const { name } = storage.facts;
  rights.need(`/storage/${name}`, "Datastore.AllocateTemplate");
  needNetwork(call);
  const content = required(call, "content");
  const filename = required(call, "filename");
  const url = required(call, "url");
  const pattern = extensions[content];
  if (pattern === undefined)
    throw wrongParameters({
      content: `value '${content}' does not have a value in the enumeration 'iso, vztmpl, import'`,
    });
  needContent(storage, content);
  if (!pattern.test(filename)) throw wrongParameters({ filename: "wrong file extension" });
  const { checksum, "checksum-algorithm": algorithm } = params;
  if (checksum !== undefined && algorithm === undefined)
    throw wrongParameters({ "checksum-algorithm": "missing - property required by 'checksum'" });
  const volid = `${name}:${content}/${filename}`;
  if (storage.volumes.has(volid)) throw died(`refusing to override existing file '${filename}'`);
  const image = imageOf(url, world);
  return world.tasks.start({
    node: part(call, "node"),
    type: "download",
    id: filename,
    user: rights.token,
    bytes: image?.size ?? 0,
    run: (log) => {
      log(`downloading ${url} to /var/lib/vz/${content}/${filename}`);
      if (image === undefined) throw new Error("download failed: ERROR 404: Not Found.");
      world.storages.needRoom(storage, filename, image.size, image.size);
      needChecksum(image, checksum, algorithm);
      const { size, diskSize } = image;
      const format = /\.qcow2$/i.test(filename) ? "qcow2" : "raw";
      const ctime = world.clock.date();
      storage.volumes.set(volid, { volid, content, format, size, written: size, diskSize, ctime });
      log(`download of '${url}' to '/var/lib/vz/${content}/${filename}' finished`);
    },
  });
}

function needChecksum(
  { checksums = {} }: Image,
  wanted: string | undefined,
  algorithm = "sha256",
): void {
  const found = checksums[algorithm];
  if (wanted !== undefined && found !== wanted)
    throw new Error(`checksum mismatch: got '${found ?? "0".repeat(64)}' != expect '${wanted}'`);
}

export const contentRoutes = [
  route("GET", "/nodes/{node}/storage", listStorages),
  route("GET", "/nodes/{node}/storage/{storage}/status", readStorage),
  route("GET", "/nodes/{node}/storage/{storage}/content", listContent),
  route("GET", "/nodes/{node}/storage/{storage}/content/{volume}", readVolume),
  route("DELETE", "/nodes/{node}/storage/{storage}/content/{volume}", removeVolume),
  route("GET", "/nodes/{node}/query-url-metadata", readUrl),
  route("POST", "/nodes/{node}/storage/{storage}/download-url", download),
];
