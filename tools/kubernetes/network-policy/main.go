// Command network-policy says which traffic NetworkPolicies allow, as cyclonus understands them: a judge that RZP did
// not write. It reads one JSON document from standard input and writes one to standard output.
//
// In: policies; endpoints (pods, and addresses outside the cluster, which have no namespace); ports to try between
// any two of them; variants, each of which is all policies with one of them replaced, or taken away.
//
// Out, each as [source, destination, port], places in the lists of the input: what isolated sources may send,
// what isolated destinations may accept, and what both ends allow. A variant is told by how many of these
// are new, and how many are gone. Endpoints that no policy selects may do all, so nothing is said of pairs of them.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

type endpoint struct {
	Address         string
	Namespace       string
	NamespaceLabels map[string]string
	PodLabels       map[string]string
	// Names of its ports by `port/protocol`.
	PortNames map[string]string
}

type port struct {
	Port     int
	Protocol corev1.Protocol
}

type variant struct {
	Replace int
	By      *networkingv1.NetworkPolicy
}

type input struct {
	Policies  []*networkingv1.NetworkPolicy
	Endpoints []endpoint
	Ports     []port
	Variants  []variant
}

type change struct {
	More  int `json:"more"`
	Fewer int `json:"fewer"`
}

type variantOutput struct {
	// Of what one end may do alone.
	OneEnd change `json:"oneEnd"`
	// Of what both ends allow.
	Allowed change `json:"allowed"`
}

type output struct {
	Egress   [][3]int        `json:"egress"`
	Ingress  [][3]int        `json:"ingress"`
	Allowed  [][3]int        `json:"allowed"`
	Variants []variantOutput `json:"variants"`
}

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		fmt.Fprintln(os.Stderr, "the input is not understood:", err)
		os.Exit(2)
	}
	if err := json.NewEncoder(os.Stdout).Encode(judge(in)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judge(in input) output {
	out := output{Egress: [][3]int{}, Ingress: [][3]int{}, Allowed: [][3]int{}, Variants: []variantOutput{}}
	policy := matcher.BuildNetworkPolicies(false, in.Policies)
	// sends[s] and accepts[d] are nil for endpoints that no policy selects.
	sends, accepts := make([][]bool, len(in.Endpoints)), make([][]bool, len(in.Endpoints))
	for own := range in.Endpoints {
		sends[own], accepts[own] = may(policy, in, own, false), may(policy, in, own, true)
	}
	for source := range in.Endpoints {
		for destination := range in.Endpoints {
			for at := range in.Ports {
				tuple := [3]int{source, destination, at}
				sent := allows(sends[source], in, destination, at)
				accepted := allows(accepts[destination], in, source, at)
				if sends[source] != nil && sent {
					out.Egress = append(out.Egress, tuple)
				}
				if accepts[destination] != nil && accepted {
					out.Ingress = append(out.Ingress, tuple)
				}
				if sent && accepted && (sends[source] != nil || accepts[destination] != nil) {
					out.Allowed = append(out.Allowed, tuple)
				}
			}
		}
	}
	left := rest{replaced: -1}
	for _, one := range in.Variants {
		if left.replaced != one.Replace {
			left = without(in, one.Replace)
		}
		out.Variants = append(out.Variants, compare(in, one, left, sends, accepts))
	}
	return out
}

// A rule as the matcher has it, in two: at whom it is asked once, at which ports for each of them.
type rule struct {
	who   matcher.PeerMatcher
	ports matcher.PortMatcher
}

func ruleOf(one matcher.PeerMatcher) rule {
	every := &matcher.AllPortMatcher{}
	switch one := one.(type) {
	case *matcher.IPPeerMatcher:
		return rule{&matcher.IPPeerMatcher{IPBlock: one.IPBlock, Port: every}, one.Port}
	case *matcher.PodPeerMatcher:
		return rule{&matcher.PodPeerMatcher{Namespace: one.Namespace, Pod: one.Pod, Port: every}, one.Port}
	case *matcher.PortsForAllPeersMatcher:
		return rule{matcher.AllPeersPorts, one.Port}
	case *matcher.AllPeersMatcher:
		return rule{one, every}
	default:
		panic(fmt.Sprintf("%T is not known here: does it look at ports?", one))
	}
}

// What an endpoint may accept or send, by peer and port; nil when no policy selects it.
func may(policy *matcher.Policy, in input, own int, isIngress bool) []bool {
	self := in.Endpoints[own]
	if self.Namespace == "" {
		return nil
	}
	targets := policy.TargetsApplyingToPod(isIngress, self.Namespace, self.PodLabels)
	if len(targets) == 0 {
		return nil
	}
	rules := []rule{}
	for _, target := range targets {
		for _, one := range target.Peers {
			rules = append(rules, ruleOf(one))
		}
	}
	result := make([]bool, len(in.Endpoints)*len(in.Ports))
	for other, listener := range in.Endpoints {
		peer := peerOf(listener)
		if isIngress {
			listener = self
		}
		open := []matcher.PortMatcher{}
		for _, one := range rules {
			if one.who.Allows(peer, 0, "", corev1.ProtocolTCP) {
				open = append(open, one.ports)
			}
		}
		if len(open) == 0 {
			continue
		}
		for at, one := range in.Ports {
			name := ""
			if len(listener.PortNames) > 0 {
				name = listener.PortNames[fmt.Sprintf("%d/%s", one.Port, one.Protocol)]
			}
			result[other*len(in.Ports)+at] = slices.ContainsFunc(open, func(ports matcher.PortMatcher) bool {
				return ports.Allows(one.Port, name, one.Protocol)
			})
		}
	}
	return result
}

func allows(table []bool, in input, other int, at int) bool {
	return table == nil || table[other*len(in.Ports)+at]
}

func peerOf(one endpoint) *matcher.TrafficPeer {
	if one.Namespace == "" {
		return &matcher.TrafficPeer{IP: one.Address}
	}
	return &matcher.TrafficPeer{
		IP: one.Address,
		Internal: &matcher.InternalPeer{
			Namespace: one.Namespace, NamespaceLabels: one.NamespaceLabels, PodLabels: one.PodLabels,
		},
	}
}

// What is left without one policy, by endpoint; kept, as the variants of a policy come one after the other.
type rest struct {
	replaced       int
	sends, accepts [][]bool
}

// A policy acts in its own namespace, on endpoints it selects.
func without(in input, replaced int) rest {
	namespace := in.Policies[replaced].Namespace
	others := []*networkingv1.NetworkPolicy{}
	for index, one := range in.Policies {
		if index != replaced && one.Namespace == namespace {
			others = append(others, one)
		}
	}
	policy := matcher.BuildNetworkPolicies(false, others)
	left := rest{replaced, make([][]bool, len(in.Endpoints)), make([][]bool, len(in.Endpoints))}
	for own, self := range in.Endpoints {
		if self.Namespace == namespace {
			left.sends[own], left.accepts[own] = may(policy, in, own, false), may(policy, in, own, true)
		}
	}
	return left
}

// What changes with a variant; only endpoints that the policy selects can tell.
func compare(in input, one variant, left rest, sends, accepts [][]bool) variantOutput {
	var result variantOutput
	original := in.Policies[one.Replace]
	var by *matcher.Policy
	if one.By != nil {
		by = matcher.BuildNetworkPolicies(false, []*networkingv1.NetworkPolicy{one.By})
	}
	for own := range in.Endpoints {
		if !selects(original, in.Endpoints[own]) && (one.By == nil || !selects(one.By, in.Endpoints[own])) {
			continue
		}
		sent, accepted := left.sends[own], left.accepts[own]
		if one.By != nil {
			sent = either(sent, may(by, in, own, false))
			accepted = either(accepted, may(by, in, own, true))
		}
		result.count(in, sends[own], sent, accepts, own)
		result.count(in, accepts[own], accepted, sends, own)
	}
	return result
}

// Policies add up: what one of them allows is allowed, whatever others say.
func either(left, right []bool) []bool {
	if left == nil {
		return right
	}
	if right == nil {
		return left
	}
	both := make([]bool, len(left))
	for at := range left {
		both[at] = left[at] || right[at]
	}
	return both
}

func selects(policy *networkingv1.NetworkPolicy, one endpoint) bool {
	ingress, egress := matcher.BuildTarget(policy)
	if ingress == nil {
		ingress = egress
	}
	return one.Namespace != "" && ingress.IsMatch(one.Namespace, one.PodLabels)
}

func (result *variantOutput) count(in input, before, after []bool, opposite [][]bool, own int) {
	for other := range in.Endpoints {
		for at := range in.Ports {
			was, is := allows(before, in, other, at), allows(after, in, other, at)
			if was == is {
				continue
			}
			result.OneEnd.add(is)
			if allows(opposite[other], in, own, at) {
				result.Allowed.add(is)
			}
		}
	}
}

func (one *change) add(isMore bool) {
	if isMore {
		one.More++
	} else {
		one.Fewer++
	}
}
