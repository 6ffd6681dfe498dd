import { customObject, overlay } from "#rzp";

export default overlay("metallb", {
  objects: {
    pool: customObject({
      apiVersion: "metallb.io/v1beta1",
      kind: "IPAddressPool",
      spec: { addresses: ["10.0.30.200-10.0.30.220"] },
    }),
  },
});
