package main

import (
	"crypto/tls"
	stdx509 "crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/siderolabs/crypto/x509"
)

// apiServer is a stand-in: it knows nodes, and that nothing runs on them. It is where the configuration says, with a certificate of
// the cluster's own authority, and answers those alone whom that vouches for.
type apiServer struct {
	server *http.Server
	lab    *lab
}

func (a *apiServer) stop() {
	if a != nil {
		_ = a.server.Close()
	}
}

// authority of Kubernetes, as a control plane has it.
func (n *node) authority() (*x509.CertificateAuthority, error) {
	return x509.NewCertificateAuthorityFromCertificateAndKey(n.config.Cluster().IssuingCA())
}

func (l *lab) startAPI() *apiServer {
	member := l.members()[0]
	ca, err := member.authority()
	if err != nil {
		return nil
	}
	endpoint := member.config.Cluster().Endpoint()
	certificate, err := serverCertificate(ca, endpoint.Hostname())
	if err != nil {
		return nil
	}
	known := stdx509.NewCertPool()
	known.AddCert(ca.Crt)
	listener, err := tls.Listen("tcp", endpoint.Host, &tls.Config{
		Certificates: []tls.Certificate{certificate},
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ClientCAs:    known,
	})
	if err != nil {
		return nil
	}
	api := &apiServer{lab: l}
	api.server = &http.Server{Handler: api}
	go api.server.Serve(listener)
	return api
}

func (n *node) kubeconfig() ([]byte, error) {
	ca, err := n.authority()
	if err != nil {
		return nil, err
	}
	pair, err := x509.NewKeyPair(ca,
		x509.CommonName("admin"), x509.Organization("system:masters"),
		x509.NotAfter(time.Now().Add(365*24*time.Hour)),
		x509.KeyUsage(stdx509.KeyUsageDigitalSignature),
		x509.ExtKeyUsage([]stdx509.ExtKeyUsage{stdx509.ExtKeyUsageClientAuth}),
	)
	if err != nil {
		return nil, err
	}
	name := n.config.Cluster().Name()
	encode := base64.StdEncoding.EncodeToString
	return fmt.Appendf(nil, `apiVersion: v1
kind: Config
clusters:
- name: %[1]s
  cluster: { server: "%[2]s", certificate-authority-data: %[3]s }
users:
- name: admin@%[1]s
  user: { client-certificate-data: %[4]s, client-key-data: %[5]s }
contexts:
- name: admin@%[1]s
  context: { cluster: %[1]s, namespace: default, user: admin@%[1]s }
current-context: admin@%[1]s
`, name, n.config.Cluster().Endpoint(), encode(n.config.Cluster().IssuingCA().Crt), encode(pair.CrtPEM), encode(pair.KeyPEM)), nil
}

type object = map[string]any

func (a *apiServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.lab.mu.Lock()
	defer a.lab.mu.Unlock()
	resource := func(name, kind string, namespaced bool) object {
		return object{"name": name, "kind": kind, "namespaced": namespaced, "verbs": []string{"get", "list", "patch"}}
	}
	switch at := r.URL.Path; {
	case at == "/readyz":
		_, _ = w.Write([]byte("ok"))
	case at == "/version":
		answer(w, object{"major": "1", "minor": "35", "gitVersion": "v1.35.4"})
	case at == "/api":
		answer(w, object{"kind": "APIVersions", "versions": []string{"v1"}})
	case at == "/apis":
		version := object{"groupVersion": "policy/v1", "version": "v1"}
		answer(w, object{"kind": "APIGroupList", "apiVersion": "v1", "groups": []any{
			object{"name": "policy", "versions": []any{version}, "preferredVersion": version},
		}})
	case at == "/apis/policy/v1":
		answer(w, object{"kind": "APIResourceList", "groupVersion": "policy/v1", "resources": []any{
			resource("poddisruptionbudgets", "PodDisruptionBudget", true),
		}})
	case at == "/api/v1":
		answer(w, object{"kind": "APIResourceList", "groupVersion": "v1", "resources": []any{
			resource("nodes", "Node", false), resource("pods", "Pod", true),
			object{"name": "pods/eviction", "kind": "Eviction", "group": "policy", "version": "v1", "namespaced": true, "verbs": []string{"create"}},
		}})
	case at == "/api/v1/nodes":
		items := []any{}
		for _, name := range sortedNames(a.lab.registered) {
			items = append(items, a.node(name))
		}
		answer(w, object{"kind": "NodeList", "apiVersion": "v1", "metadata": object{}, "items": items})
	case at == "/api/v1/pods":
		answer(w, object{"kind": "PodList", "apiVersion": "v1", "metadata": object{}, "items": a.pods(r.URL.Query().Get("fieldSelector"))})
	case strings.HasSuffix(at, "/eviction"):
		refuse(w, http.StatusTooManyRequests, "Cannot evict pod as it would violate the pod's disruption budget.")
	case strings.HasPrefix(at, "/api/v1/nodes/"):
		name := strings.TrimPrefix(at, "/api/v1/nodes/")
		if !a.lab.registered[name] {
			refuse(w, http.StatusNotFound, fmt.Sprintf("nodes %q not found", name))
			return
		}
		if r.Method == http.MethodPatch {
			a.patch(name, r.Body)
		}
		answer(w, a.node(name))
	default:
		refuse(w, http.StatusNotFound, "the server could not find the requested resource")
	}
}

// patch takes what kubectl cordon, uncordon and annotate send: what is null goes.
func (a *apiServer) patch(name string, body io.Reader) {
	var patch struct {
		Metadata struct{ Annotations map[string]*string }
		Spec     *struct{ Unschedulable *bool }
	}
	_ = json.NewDecoder(body).Decode(&patch)
	if patch.Spec != nil {
		a.lab.cordoned[name] = patch.Spec.Unschedulable != nil && *patch.Spec.Unschedulable
	}
	for key, value := range patch.Metadata.Annotations {
		if a.lab.annotations[name] == nil {
			a.lab.annotations[name] = map[string]string{}
		}
		if value == nil {
			delete(a.lab.annotations[name], key)
		} else {
			a.lab.annotations[name][key] = *value
		}
	}
}

func (a *apiServer) annotations(name string) map[string]string {
	if own := a.lab.annotations[name]; own != nil {
		return own
	}
	return map[string]string{}
}

// pods is the one that may not leave, where a test wants one.
func (a *apiServer) pods(selector string) []any {
	name := strings.TrimPrefix(selector, "spec.nodeName=")
	for _, n := range a.lab.nodes {
		if n.hostname() == name && a.lab.has("budget", n.address, "") != nil {
			return []any{object{
				"metadata": object{"name": "database-0", "namespace": "default", "ownerReferences": []any{
					object{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "database", "uid": "1", "controller": true},
				}},
				"spec": object{"nodeName": name}, "status": object{"phase": "Running"},
			}}
		}
	}
	return []any{}
}

func (a *apiServer) node(name string) object {
	ready, version, address := "False", "", ""
	for _, n := range a.lab.nodes {
		if n.hostname() != name {
			continue
		}
		address = n.address
		if n.stage == running && a.lab.has("not-ready", n.address, "") == nil {
			ready = "True"
		}
		if parts := strings.Split(n.config.Machine().Kubelet().Image(), ":"); len(parts) > 1 {
			version = parts[len(parts)-1]
		}
	}
	return object{
		"kind": "Node", "apiVersion": "v1",
		"metadata": object{"name": name, "annotations": a.annotations(name)},
		"spec":     object{"unschedulable": a.lab.cordoned[name]},
		"status": object{
			"conditions": []any{object{"type": "Ready", "status": ready}},
			"nodeInfo":   object{"kubeletVersion": version},
			"addresses":  []any{object{"type": "InternalIP", "address": address}},
		},
	}
}

func answer(w http.ResponseWriter, what object) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(what)
}

func refuse(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(object{"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": text, "code": code})
}
