// Command pulumi-resource-proxmoxve is the plugin that Pulumi's engine starts to make Proxmox machines.
//
// The two embedded files are not in the tree: `npm run tools` makes them with ./schema and lays them over this
// folder for the build alone (go build -overlay).
package main

import (
	"context"
	_ "embed"

	pf "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"

	"rzp.local/tools/proxmoxve/bridge"
)

var (
	//go:embed schema.json
	schema []byte
	//go:embed bridge-metadata.json
	metadata []byte
)

func main() {
	pf.MainWithMuxer(context.Background(), bridge.Name, bridge.Info(metadata), schema)
}
