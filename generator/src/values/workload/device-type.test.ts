import { expect, test } from "vitest";
import { deviceType } from "./device-type.ts";

test.each([
  "net/tun",
  "dri/renderD128",
  "ttyUSB0",
  "serial/by-id/usb-ITEAD_Zigbee_3.0-if00",
  "sg0",
  "nvme0",
  "mapper/control",
  "bus/usb/001/004",
  "video0",
  "snd/timer",
])("/dev/%s is a character device", (name) => {
  expect(deviceType(`/dev/${name}`)).toBe("CharDevice");
});

test.each([
  "dri",
  "bus/usb",
  "bus/usb/001",
  "snd",
  "input",
  "serial/by-id",
  "dvb/adapter0",
  "vfio",
])("/dev/%s is a folder", (name) => {
  expect(deviceType(`/dev/${name}`)).toBe("Directory");
});

test.each([
  "sda",
  "sdab12",
  "nvme0n1",
  "nvme0n1p2",
  "mmcblk0p1",
  "md127",
  "dm-3",
  "sr0",
  "disk/by-id/ata-WDC_1",
  "mapper/vg-data",
])("/dev/%s is a block device", (name) => {
  expect(deviceType(`/dev/${name}`)).toBe("BlockDevice");
});
