// Package bridge tells Pulumi's bridge which resources of the Terraform provider there are and what they are called.
package bridge

import (
	"context"
	"strings"

	"github.com/bpg/terraform-provider-proxmox/fwprovider"
	"github.com/bpg/terraform-provider-proxmox/proxmoxtf/provider"
	pf "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
)

const (
	// Name is how programs name the provider.
	Name = "proxmoxve"
	// Version is that of the npm package: the engine looks for a plugin of just this version.
	Version = "8.6.0"
)

// What RZP makes or reads. All others are left out: most need overrides that nothing here would test.
var wanted = map[string]bool{
	"proxmox_datastores":                true,
	"proxmox_download_file":             true,
	"proxmox_haresource":                true,
	"proxmox_harule":                    true,
	"proxmox_pool_membership":           true,
	"proxmox_version":                   true,
	"proxmox_virtual_environment_file":  true,
	"proxmox_virtual_environment_nodes": true,
	"proxmox_virtual_environment_pool":  true,
	"proxmox_virtual_environment_vm":    true,
	"proxmox_virtual_environment_vms":   true,
}

// Info describes the provider. The metadata is what the schema generator found out beside the schema.
func Info(metadata []byte) tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P: pf.MuxShimWithPF(
			context.Background(),
			sdkv2.NewProvider(provider.ProxmoxVirtualEnvironment()),
			fwprovider.New(Version)(),
		),
		Name:              "proxmox",
		Version:           Version,
		PluginDownloadURL: "github://api.github.com/muhlba91/pulumi-proxmoxve",
		Resources:         map[string]*tfbridge.ResourceInfo{},
		DataSources:       map[string]*tfbridge.DataSourceInfo{},
		MetadataInfo:      tfbridge.NewProviderMetadata(metadata),
	}
	info.P.ResourcesMap().Range(func(key string, _ shim.Resource) bool {
		if !wanted[key] {
			info.IgnoreMappings = append(info.IgnoreMappings, key)
			return true
		}
		module, name := token(key)
		info.Resources[key] = &tfbridge.ResourceInfo{Tok: tfbridge.MakeResource(Name, module, name)}
		return true
	})
	info.P.DataSourcesMap().Range(func(key string, _ shim.Resource) bool {
		if !wanted[key] {
			info.IgnoreMappings = append(info.IgnoreMappings, key)
			return true
		}
		module, name := token(key)
		info.DataSources[key] = &tfbridge.DataSourceInfo{
			Tok: tfbridge.MakeDataSource(Name, module, "get"+name),
		}
		return true
	})
	info.SetAutonaming(255, "-")
	return info
}

// token gives module and name as the npm package has them: proxmox_download_file is File of "download",
// proxmox_virtual_environment_vm, of the older half of the provider, VmLegacy of "index".
func token(key string) (string, string) {
	rest, isLegacy := strings.CutPrefix(key, "proxmox_virtual_environment_")
	if !isLegacy {
		rest = strings.TrimPrefix(key, "proxmox_")
	}
	parts := strings.Split(rest, "_")
	last := parts[len(parts)-1]
	name := strings.ToUpper(last[:1]) + last[1:]
	if isLegacy {
		name += "Legacy"
	}
	if len(parts) == 1 {
		return "index", name
	}
	return strings.Join(parts[:len(parts)-1], "/"), name
}
