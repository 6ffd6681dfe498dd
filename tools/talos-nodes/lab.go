package main

import (
	"errors"
	"slices"
	"sync"
	"time"
)

// lab is a network of nodes, with what ails it.
type lab struct {
	mu     sync.Mutex
	boot   time.Duration
	nodes  []*node
	faults []*fault
	calls  []call
	api    *apiServer
	first  string
	// Names of nodes whose kubelet came to the API server, and those that are cordoned.
	registered map[string]bool
	cordoned   map[string]bool
	// By node.
	annotations map[string]map[string]string
}

type call struct {
	Node   string `json:"node"`
	Method string `json:"method"`
	// "maintenance", or "client" where a certificate was shown.
	As string `json:"as"`
}

// fault is what goes wrong, at one node or all, Count times or for ever (0).
type fault struct {
	Kind   string `json:"kind"` // fail, cut, slow, lost, rolls-back, not-ready, budget, no-etcd
	Node   string `json:"node,omitempty"`
	Method string `json:"method,omitempty"`
	Text   string `json:"text,omitempty"`
	Count  int    `json:"count,omitempty"`
	Millis int    `json:"millis,omitempty"`
	used   int
}

func newLab(addresses []string, version string, boot time.Duration) *lab {
	l := &lab{boot: boot, first: version, registered: map[string]bool{}, cordoned: map[string]bool{}, annotations: map[string]map[string]string{}}
	for _, address := range addresses {
		l.nodes = append(l.nodes, &node{lab: l, address: address, version: version})
	}
	return l
}

// has takes a fault of this kind. Callers hold the lock.
func (l *lab) has(kind, node, method string) *fault {
	for _, f := range l.faults {
		isMeant := f.Kind == kind && (f.Node == "" || f.Node == node) && (f.Method == "" || f.Method == method)
		if isMeant && (f.Count == 0 || f.used < f.Count) {
			f.used++
			return f
		}
	}
	return nil
}

// members are control planes whose etcd runs.
func (l *lab) members() []*node {
	return slices.DeleteFunc(slices.Clone(l.nodes), func(n *node) bool { return !n.etcdRuns() })
}

func (l *lab) allMembers() []*node {
	return slices.DeleteFunc(slices.Clone(l.nodes), func(n *node) bool { return !n.etcdData })
}

// quorum says whether etcd works: more than half of its members run.
func (l *lab) quorum() bool {
	all := len(l.allMembers())
	return all > 0 && len(l.members())*2 > all
}

// settle lets happen what follows from what is: members join, kubelets register, the API server answers or does not.
func (l *lab) settle() {
	if l.quorum() {
		for _, n := range l.nodes {
			if n.isMember() && n.stage == running && !n.etcdData {
				n.etcdData = true
			}
		}
	}
	if !l.quorum() {
		l.api.stop()
		l.api = nil
		return
	}
	if l.api == nil {
		l.api = l.startAPI()
	}
	for _, n := range l.nodes {
		if n.stage == running && l.has("no-kubelet", n.address, "") == nil {
			l.registered[n.hostname()] = true
		}
	}
}

func (l *lab) find(address string) *node {
	for _, n := range l.nodes {
		if n.address == address {
			return n
		}
	}
	return nil
}

func (l *lab) reset(address string) error {
	l.mu.Lock()
	n := l.find(address)
	if n == nil {
		l.mu.Unlock()
		return errors.New("no such node")
	}
	delete(l.registered, n.hostname())
	n.stop()
	n.config, n.raw, n.etcdData, n.version = nil, nil, false, l.first
	l.settle()
	l.mu.Unlock()
	return n.enterMaintenance()
}

func (l *lab) state() any {
	type one struct {
		Address  string `json:"address"`
		Stage    string `json:"stage"`
		Version  string `json:"version"`
		Image    string `json:"image"`
		Boots    int    `json:"boots"`
		Etcd     bool   `json:"etcd"`
		Config   string `json:"config"`
		Hostname string `json:"hostname"`
	}
	nodes := []one{}
	for _, n := range l.nodes {
		nodes = append(nodes, one{n.address, string(n.stage), n.version, n.image, n.boots, n.etcdData, string(n.raw), n.hostname()})
	}
	return map[string]any{"nodes": nodes, "calls": l.calls, "cordoned": sortedNames(l.cordoned)}
}
