// Command schema writes what the plugin embeds: schema.json and bridge-metadata.json.
//
//	schema schema --skip-docs --skip-examples --out FOLDER
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfgen"

	"rzp.local/tools/proxmoxve/bridge"
)

func main() {
	tfgen.MainWithMuxer(bridge.Name, bridge.Info([]byte("{}")))
}
