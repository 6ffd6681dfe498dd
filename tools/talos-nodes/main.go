// Nodes of a fake cluster, each at an address of its own under 127.0.0.0/8, that answer to the real talosctl as Talos does: in
// maintenance without asking who calls, afterwards to whoever the applied configuration's authority vouches for. What is kept of a
// node's life: configuration, reboots, etcd, versions. Its API server (kubernetes.go) has nodes and no workloads.
//
// Measured against the source of Talos v1.13.0 (internal/app/machined/internal/server/v1alpha1): texts and codes of refusals, order of
// checks, what a dry run says. Not there: time it takes, certificates that expire, disks, the network.
//
// It ends when its standard input does, so that no test leaves one behind.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	addresses := flag.String("nodes", "127.0.0.11", "addresses of nodes")
	version := flag.String("version", "v1.13.0", "what they run first")
	boot := flag.Duration("boot", 200*time.Millisecond, "how long a node is away when it starts again")
	flag.Parse()
	log.SetOutput(io.Discard)

	lab := newLab(strings.Split(*addresses, ","), *version, *boot)
	control, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fail(err)
	}
	for _, one := range lab.nodes {
		if err := one.enterMaintenance(); err != nil {
			fail(err)
		}
	}
	go http.Serve(control, lab.control())
	fmt.Println("http://" + control.Addr().String())
	_, _ = io.Copy(io.Discard, bufio.NewReader(os.Stdin))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// control is what tests ask and order: GET /state, POST /fault, POST /settle, POST /reset?node=.
func (l *lab) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /state", func(w http.ResponseWriter, _ *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		_ = json.NewEncoder(w).Encode(l.state())
	})
	mux.HandleFunc("POST /fault", func(w http.ResponseWriter, r *http.Request) {
		var f fault
		if err := json.NewDecoder(r.Body).Decode(&f); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		if f.Kind == "" {
			l.faults = nil
			return
		}
		l.faults = append(l.faults, &f)
	})
	mux.HandleFunc("POST /settle", func(http.ResponseWriter, *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.settle()
	})
	// A node as it comes from its image: everything on its disk is lost.
	mux.HandleFunc("POST /reset", func(w http.ResponseWriter, r *http.Request) {
		if err := l.reset(r.URL.Query().Get("node")); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	})
	return mux
}
