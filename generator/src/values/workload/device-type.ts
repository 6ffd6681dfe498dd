/** What lies at a path below /dev, by the names that the kernel and udev give (Linux, admin-guide/devices). */

const folders =
  /^(block|bus(\/usb(\/\d+)?)?|char|cpu(\/\d+)?|disk(\/by-[a-z]+)?|dma_heap|dri(\/by-path)?|dvb(\/adapter\d+)?|hugepages|infiniband|mapper|mqueue|net|nvidia-caps|pts|shm|usb|vfio|(input|serial|snd|v4l)(\/by-(id|path))?)$/;

const blockDevices =
  /^((block|disk\/by-[a-z]+)\/.+|mapper\/(?!control$).+|([hsv]|xv)d[a-z]+\d*|sr\d+|(mmcblk|nbd|nvme\d+n)\d+(p\d+)?|mmcblk\d+boot\d+|md\d+(p\d+)?|(dm-|loop|zram)\d+)$/;

/** The type that a hostPath says, as the kubelet starts no pod where something else is (checkTypeInternal): most devices are character devices. */
export function deviceType(path: string): "CharDevice" | "BlockDevice" | "Directory" {
  const name = path.replace(/^\/dev\//, "");
  if (folders.test(name)) return "Directory";
  return blockDevices.test(name) ? "BlockDevice" : "CharDevice";
}
