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
  "dvb/adapter0/frontend0",
  "input/event3",
  "vfio/12",
  "bsg/0:0:0:0",
  "accel/accel0",
  "vduse/control",
  "infiniband/uverbs0",
  "kvm",
  "nvidia0",
  "nvidia-uvm",
  "rtc",
  "mmcblk0rpmb",
  "mtd0",
  "i2c-1",
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
  "bsg",
  "accel",
  "vduse",
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
  "rbd0",
  "rbd0p1",
  "drbd0",
  "zd0",
  "bcache0",
  "pmem0",
  "mtdblock0",
  "ram0",
  "loop0p1",
  "vda1",
  "xvdb",
  "hda1",
])("/dev/%s is a block device", (name) => {
  expect(deviceType(`/dev/${name}`)).toBe("BlockDevice");
});

test.each(["vg0/data", "sdio0", "cdrom", "zvol/tank/data", "vduser", "sda0", "my-device"])(
  "what /dev/%s is, its name does not tell",
  (name) => {
    expect(deviceType(`/dev/${name}`)).toBeUndefined();
  },
);
