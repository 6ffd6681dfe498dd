// Command argocd is the part of Argo CD's own binary that RZP needs. As there, ARGOCD_BINARY_NAME says which
// program it is:
//
//	argocd-application-controller   compares and syncs
//	argocd-repo-server              reads git and renders charts
//	(none)                          argocd admin settings resource-overrides health OBJECT.yaml --argocd-cm-path ARGOCD-CM.yaml
//
// The last reads the ConfigMap and runs the health scripts with Argo CD's packages. The whole binary compiles
// a third as many packages again, for servers that are not used here.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"

	healthutil "github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	appcontroller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/util/log"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/argo-cd/v3/util/settings"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/klog/v2"
	"sigs.k8s.io/yaml"
)

const namespace = "argocd"

var command = []string{"admin", "settings", "resource-overrides", "health"}

func main() {
	if err := program()(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func program() func() error {
	klog.SetLogger(log.NewLogrusLogger(log.NewWithCurrentConfig()))
	switch os.Getenv("ARGOCD_BINARY_NAME") {
	case common.CommandApplicationController:
		return appcontroller.NewCommand().Execute
	case common.CommandRepoServer:
		return reposerver.NewCommand().Execute
	default:
		return func() error { return health(os.Args[1:]) }
	}
}

func health(args []string) error {
	object, configMap, err := parse(args)
	if err != nil {
		return err
	}
	resource := &unstructured.Unstructured{}
	if err := read(object, resource); err != nil {
		return err
	}
	cm := &corev1.ConfigMap{}
	if err := read(configMap, cm); err != nil {
		return err
	}
	overrides, err := settingsOf(cm).GetResourceOverrides()
	if err != nil {
		return err
	}
	found, err := healthutil.GetResourceHealth(resource, lua.ResourceHealthOverrides(overrides))
	if err != nil {
		return err
	}
	if found == nil {
		kind := resource.GroupVersionKind()
		fmt.Printf("Health script is not configured for '%s/%s'\n", kind.Group, kind.Kind)
		return nil
	}
	fmt.Printf("STATUS: %s\nMESSAGE: %s\n", found.Status, found.Message)
	return nil
}

// parse takes the object's path before or after the flag, as the CLI does.
func parse(args []string) (object string, configMap string, err error) {
	usage := errors.New("usage: argocd admin settings resource-overrides health OBJECT.yaml --argocd-cm-path ARGOCD-CM.yaml")
	if len(args) < len(command) || !slices.Equal(args[:len(command)], command) {
		return "", "", usage
	}
	flags := flag.NewFlagSet("argocd", flag.ContinueOnError)
	path := flags.String("argocd-cm-path", "", "path of argocd-cm.yaml")
	var objects []string
	for rest := args[len(command):]; len(rest) > 0; {
		if err := flags.Parse(rest); err != nil {
			return "", "", err
		}
		rest = flags.Args()
		if len(rest) > 0 {
			objects, rest = append(objects, rest[0]), rest[1:]
		}
	}
	if len(objects) != 1 || *path == "" {
		return "", "", usage
	}
	return objects[0], *path, nil
}

func read(path string, into any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalStrict(data, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// settingsOf gives Argo CD's reader of its settings a cluster that holds this ConfigMap.
func settingsOf(cm *corev1.ConfigMap) *settings.SettingsManager {
	labels := map[string]string{"app.kubernetes.io/part-of": "argocd"}
	cm.ObjectMeta = metav1.ObjectMeta{Name: common.ArgoCDConfigMapName, Namespace: namespace, Labels: labels}
	secret := corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: common.ArgoCDSecretName, Namespace: namespace, Labels: labels},
		Data:       map[string][]byte{"server.secretkey": []byte("none")},
	}
	return settings.NewSettingsManager(context.Background(), shelf{configMap: *cm, secret: secret}, namespace)
}
