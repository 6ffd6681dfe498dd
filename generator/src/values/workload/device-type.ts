/** What lies at a path below /dev, by the names that the kernel and udev give (Linux, admin-guide/devices). */

const anyOf = (...names: readonly RegExp[]): RegExp =>
  new RegExp(`^(${names.map(({ source }) => source).join("|")})$`);

const folders = anyOf(
  /accel|block|bsg|char|dma_heap|hugepages|infiniband|mapper|md|mqueue|net|nvidia-caps|pts|shm|usb|vduse/,
  /bus(\/usb(\/\d+)?)?|cpu(\/\d+)?|disk(\/by-[a-z-]+)?|dri(\/by-path)?|dvb(\/adapter\d+)?|vfio(\/devices)?/,
  /(input|serial|snd|tape|v4l)(\/by-(id|path))?/,
);

const blockDevices = anyOf(
  /(block|disk\/by-[a-z-]+|md)\/.+|mapper\/(?!control$)[^/]+/,
  // With two letters at most: /dev/vduse is a folder. /dev/sdio0 is no disk.
  /(hd[a-z]|(s|v|xv)d(?!io\d)[a-z]{1,2})([1-9]\d{0,2})?/,
  /(bcache|drbd|loop|md|mmcblk|nbd|nvme\d+n|pmem|rbd|zd)\d+(p\d+)?/,
  /(dm-|mtdblock|ram|sr|zram)\d+|mmcblk\d+boot\d+/,
);

const characterDevices = anyOf(
  /(accel|bsg|char|dma_heap|nvidia-caps|vduse)\/.+|infiniband\/([a-z]+\d+|rdma_cm)|mapper\/control|net\/[^/]+/,
  /bus\/usb\/\d+\/\d+|cpu\/\d+\/(cpuid|msr)|dri\/.+|dvb\/adapter\d+\/.+|usb\/[a-z]+\d+/,
  /(input|snd)\/(?!by-)[^/]+|(input|serial|snd|tape|v4l)\/by-(id|path)\/.+|vfio\/(vfio|noiommu-\d+|\d+|devices\/.+)/,
  /tty[A-Za-z]*\d*|(media|radio|vbi|video|v4l-subdev)\d+|(hidraw|lirc|cec|lp|sg|n?st|usbmon)\d+/,
  /(gpiochip|i2c-|iio:device|mei|ptp|pps|rtc|tpm|tpmrm|vhost-vdpa-|watchdog)\d+|rtc|watchdog|spidev\d+\.\d+/,
  /nvme\d+|ng\d+n\d+|mmcblk\d+rpmb|mtd\d+(ro)?|(btrfs|loop)-control|apex_\d+|ipmi\d+|kfd|nvidia\d+/,
  /nvidia(ctl|-modeset|-uvm|-uvm-tools)|console|full|fuse|hwrng|kmsg|kvm|mem|null|ppp|ptmx|random|rfkill/,
  /uhid|uinput|urandom|vchiq|vcio|vhost-net|vhost-vsock|vsock|zero|zfs/,
);

/**
 * The type that a hostPath says, as the kubelet starts no pod where something else is (checkTypeInternal). Undefined where
 * the name does not tell: then nothing is checked.
 */
export function deviceType(path: string): "CharDevice" | "BlockDevice" | "Directory" | undefined {
  const name = path.replace(/^\/dev\//, "");
  if (folders.test(name)) return "Directory";
  if (blockDevices.test(name)) return "BlockDevice";
  return characterDevices.test(name) ? "CharDevice" : undefined;
}
