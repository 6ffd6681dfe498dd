/** What the fake Proxmox VE does with images: it looks at an address, downloads, lists and removes. */
import { describe, expect, test } from "vitest";
import { MiB } from "./fakes/proxmox/bytes.ts";
import { downloadForm, image, node, sha256, startLab, url } from "./fakes/proxmox/lab.ts";

describe("an image", () => {
  test("is looked at, downloaded as a task, and lies in its storage", async () => {
    await using lab = await startLab({ durations: { download: 5 } });
    const asked = await lab.ask("GET", `${node}/query-url-metadata`, {
      url,
      "verify-certificates": 1,
    });
    expect(asked.data).toMatchObject({ filename: "nocloud-amd64.qcow2", size: 300 * MiB });
    expect(await lab.download({ checksum: sha256, "checksum-algorithm": "sha256" })).toBe("OK");
    const list = await lab.ask("GET", `${node}/storage/local/content`, { content: "import" });
    expect(list.data).toMatchObject([
      { volid: image, content: "import", format: "qcow2", size: 300 * MiB },
    ]);
    const other = await lab.ask("GET", "/nodes/pve2/storage/local/content");
    expect(other.data, "a storage of the same name on another host is another").toEqual([]);
  });

  test.for([
    [
      "one that is there",
      { filename: "there.qcow2" },
      "500 refusing to override existing file 'there.qcow2'",
    ],
    [
      "an address without a file",
      { url: "https://x/y.qcow2" },
      "download failed: ERROR 404: Not Found.",
    ],
    [
      "another checksum",
      { checksum: "00", "checksum-algorithm": "sha256" },
      `checksum mismatch: got '${sha256}' != expect '00'`,
    ],
    ["a checksum of no kind", { checksum: "00" }, "400 Parameter verification failed."],
    ["a file of another kind", { filename: "talos.raw.xz" }, "400 Parameter verification failed."],
    ["content that nobody knows", { content: "backup" }, "400 Parameter verification failed."],
    ["a parameter that nobody knows", { pony: 1 }, "400 Parameter verification failed."],
  ] as const)("%s", async ([, form, said]) => {
    await using lab = await startLab();
    await lab.download({ filename: "there.qcow2" });
    expect(await lab.download(form)).toBe(said);
  });

  test("is not for a storage where import was not switched on", async () => {
    await using lab = await startLab();
    const path = `${node}/storage/local-lvm/download-url`;
    expect(await lab.done("POST", path, downloadForm)).toBe(
      "500 storage 'local-lvm' is not configured for content-type 'import'",
    );
    const nowhere = `${node}/storage/nfs/download-url`;
    expect(await lab.done("POST", nowhere, downloadForm)).toBe("500 storage 'nfs' does not exist");
  });

  test("has a path, a size and what it takes", async () => {
    await using lab = await startLab();
    await lab.download();
    const read = (volume: string) =>
      lab.ask("GET", `${node}/storage/local/content/${encodeURIComponent(volume)}`);
    expect((await read(image)).data).toEqual({
      path: "/var/lib/vz/import/talos.qcow2",
      format: "qcow2",
      size: 300 * MiB,
      used: 300 * MiB,
    });
    expect(await read("local:import/x.qcow2")).toMatchObject({
      status: 500,
      text: "volume_size_info on 'local:import/x.qcow2' failed - no such volume",
    });
  });

  test("that is not there is not found, and does not go", async () => {
    await using lab = await startLab();
    const asked = await lab.ask("GET", `${node}/query-url-metadata`, { url: "https://x/y.qcow2" });
    expect(asked.text).toBe("invalid server response: '404 Not Found'");
    const path = `${node}/storage/local/content/${encodeURIComponent(image)}`;
    expect(await lab.done("DELETE", path)).toBe(`volume '${image}' does not exist`);
  });

  test("goes, by its name with and without the storage", async () => {
    await using lab = await startLab();
    for (const name of [image, "import/talos.qcow2"]) {
      await lab.download();
      const path = `${node}/storage/local/content/${encodeURIComponent(name)}`;
      expect(await lab.done("DELETE", path)).toBe("OK");
      expect(lab.fake.volumes("pve1", "local")).toEqual([]);
    }
  });
});
