package main

import (
	"crypto/tls"
	stdx509 "crypto/x509"
	"errors"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/siderolabs/crypto/x509"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/config"
	talosmachine "github.com/siderolabs/talos/pkg/machinery/config/machine"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

type stage string

const (
	maintenance stage = "maintenance"
	booting     stage = "booting"
	running     stage = "running"
)

type node struct {
	lab     *lab
	address string
	stage   stage
	config  config.Provider
	raw     []byte
	version string
	image   string
	// What the next start brings.
	next     string
	boots    int
	etcdData bool
	server   *grpc.Server
}

func (n *node) isMember() bool {
	return n.config != nil && n.config.Machine().Type() != talosmachine.TypeWorker
}

func (n *node) etcdRuns() bool {
	return n.isMember() && n.stage == running && n.etcdData && n.lab.has("no-etcd", n.address, "") == nil
}

func (n *node) hostname() string {
	if n.config == nil || n.config.NetworkHostnameConfig() == nil {
		return ""
	}
	return n.config.NetworkHostnameConfig().Hostname()
}

func (n *node) enterMaintenance() error {
	n.lab.mu.Lock()
	defer n.lab.mu.Unlock()
	ca, err := x509.NewSelfSignedCertificateAuthority(x509.Organization("talos"))
	if err != nil {
		return err
	}
	certificate, err := serverCertificate(ca, n.address)
	if err != nil {
		return err
	}
	n.stage = maintenance
	return n.listen(&tls.Config{Certificates: []tls.Certificate{certificate}})
}

// reboot takes the node away and brings it back with what it has on its disk.
func (n *node) reboot() {
	n.stop()
	n.stage = booting
	n.boots++
	n.lab.settle()
	if n.lab.has("lost", n.address, "") != nil {
		return
	}
	if n.next != "" {
		// Talos starts what it ran before when the new one does not come up.
		if n.lab.has("rolls-back", n.address, "") == nil {
			n.version = n.next
		}
		n.next = ""
	}
	go n.comeBack()
}

func (n *node) comeBack() {
	for {
		time.Sleep(n.lab.boot)
		n.lab.mu.Lock()
		started := n.start()
		n.lab.settle()
		n.lab.mu.Unlock()
		if started {
			return
		}
	}
}

// start serves with a certificate of the configuration's authority: a control plane makes it, a worker gets it from one.
func (n *node) start() bool {
	if n.stage != booting {
		return true
	}
	issuer := n.issuer()
	if issuer == nil {
		return false
	}
	certificate, err := serverCertificate(issuer, n.address)
	if err != nil {
		return false
	}
	known := stdx509.NewCertPool()
	for _, accepted := range n.config.Machine().Security().AcceptedCAs() {
		known.AppendCertsFromPEM(accepted.Crt)
	}
	known.AppendCertsFromPEM(n.config.Machine().Security().IssuingCA().Crt)
	n.stage = running
	err = n.listen(&tls.Config{
		Certificates: []tls.Certificate{certificate},
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ClientCAs:    known,
	})
	if err != nil {
		n.stage = booting
	}
	return err == nil
}

func (n *node) issuer() *x509.CertificateAuthority {
	mine := n.config.Machine().Security().IssuingCA()
	for _, other := range append([]*node{n}, n.lab.nodes...) {
		isAble := other == n && n.isMember() || other.isMember() && other.stage == running
		if !isAble {
			continue
		}
		ca := other.config.Machine().Security().IssuingCA()
		if string(ca.Crt) != string(mine.Crt) || len(ca.Key) == 0 {
			continue
		}
		if authority, err := x509.NewCertificateAuthorityFromCertificateAndKey(ca); err == nil {
			return authority
		}
	}
	return nil
}

func serverCertificate(ca *x509.CertificateAuthority, address string) (tls.Certificate, error) {
	pair, err := x509.NewKeyPair(ca,
		x509.IPAddresses([]net.IP{net.ParseIP(address)}),
		x509.CommonName(address),
		x509.NotAfter(time.Now().Add(24*time.Hour)),
		x509.KeyUsage(stdx509.KeyUsageDigitalSignature),
		x509.ExtKeyUsage([]stdx509.ExtKeyUsage{stdx509.ExtKeyUsageServerAuth}),
	)
	if err != nil {
		return tls.Certificate{}, err
	}
	return *pair.Certificate, nil
}

func (n *node) listen(config *tls.Config) error {
	config.MinVersion = tls.VersionTLS13
	listener, err := net.Listen("tcp", n.address+":50000")
	if err != nil {
		return err
	}
	server := grpc.NewServer(
		grpc.Creds(credentials.NewTLS(config)),
		grpc.UnaryInterceptor(n.onUnary),
		grpc.StreamInterceptor(n.onStream),
	)
	service := &machineService{node: n}
	machine.RegisterMachineServiceServer(server, service)
	machine.RegisterImageServiceServer(server, &imageService{node: n})
	machine.RegisterLifecycleServiceServer(server, &lifecycleService{node: n})
	n.server = server
	go server.Serve(listener)
	return nil
}

// stop cuts every connection. It does not wait, as a handler may have called it.
func (n *node) stop() {
	server := n.server
	n.server = nil
	if server != nil {
		go server.Stop()
		waitClosed(n.address)
	}
}

func waitClosed(address string) {
	for range 100 {
		connection, err := net.DialTimeout("tcp", address+":50000", 50*time.Millisecond)
		if err != nil {
			return
		}
		_ = connection.Close()
		time.Sleep(5 * time.Millisecond)
	}
}

var errNoVersion = errors.New("the image has no tag")

func versionOf(image string) (string, error) {
	parts := strings.Split(image, ":")
	if len(parts) < 2 {
		return "", errNoVersion
	}
	return parts[len(parts)-1], nil
}

func sortedNames(names map[string]bool) []string {
	all := []string{}
	for name, is := range names {
		if is {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}
