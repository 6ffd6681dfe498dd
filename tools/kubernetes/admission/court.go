package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	admissionregistration "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/policy/generic"
	"k8s.io/apiserver/pkg/admission/plugin/policy/matching"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/client-go/kubernetes/scheme"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// court holds the policies in force and what they are told about namespaces.
type court struct {
	namespaces map[string]*corev1.Namespace
	matcher    generic.PolicyMatcher
	interfaces admission.ObjectInterfaces
	bindings   []admissionregistration.ValidatingAdmissionPolicyBinding
	policies   []policyInForce
}

type policyInForce struct {
	policy    *admissionregistration.ValidatingAdmissionPolicy
	validator validating.Validator
	bindings  []*admissionregistration.ValidatingAdmissionPolicyBinding
}

func newCourt(question *Question) *court {
	namespaces := map[string]*corev1.Namespace{}
	indexer := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{})
	for i := range question.Namespaces {
		namespace := &question.Namespaces[i]
		namespaces[namespace.Name] = namespace
		_ = indexer.Add(namespace)
	}
	for i := range question.Bindings {
		question.Bindings[i].Spec.MatchResources = withDefaults(question.Bindings[i].Spec.MatchResources)
	}
	return &court{
		namespaces: namespaces,
		matcher:    generic.NewPolicyMatcher(matching.NewMatcher(listers.NewNamespaceLister(indexer), nil)),
		interfaces: admission.NewObjectInterfacesFromScheme(scheme.Scheme),
		bindings:   question.Bindings,
	}
}

// admit takes a policy into force and tells what is wrong with its expressions.
func (c *court) admit(policy *admissionregistration.ValidatingAdmissionPolicy) []Problem {
	policy.Spec.MatchConstraints = withDefaults(policy.Spec.MatchConstraints)
	validator, problems := compile(policy)
	force := policyInForce{policy: policy, validator: validator}
	if c.bindings == nil {
		everywhere := &admissionregistration.ValidatingAdmissionPolicyBinding{}
		everywhere.Spec.PolicyName = policy.Name
		everywhere.Spec.ValidationActions = []admissionregistration.ValidationAction{admissionregistration.Deny}
		force.bindings = append(force.bindings, everywhere)
	}
	for i := range c.bindings {
		if c.bindings[i].Spec.PolicyName == policy.Name {
			force.bindings = append(force.bindings, &c.bindings[i])
		}
	}
	c.policies = append(c.policies, force)
	return problems
}

func (c *court) judge(ctx context.Context, request Request) (*Verdict, error) {
	attributes, err := c.attributes(request)
	if err != nil {
		return nil, err
	}
	verdict := &Verdict{JudgedBy: []string{}, Refusals: []Refusal{}}
	for _, force := range c.policies {
		matches, resource, kind, err := c.matcher.DefinitionMatches(attributes, c.interfaces, validating.NewValidatingAdmissionPolicyAccessor(force.policy))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", force.policy.Name, err)
		}
		if !matches {
			continue
		}
		for _, binding := range force.bindings {
			bound, err := c.matcher.BindingMatches(attributes, c.interfaces, validating.NewValidatingAdmissionPolicyBindingAccessor(binding))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", binding.Name, err)
			}
			if !bound {
				continue
			}
			versioned, err := admission.NewVersionedAttributes(attributes, kind, c.interfaces)
			if err != nil {
				return nil, err
			}
			result := force.validator.Validate(ctx, resource, versioned, nil, c.namespaces[attributes.GetNamespace()], celconfig.RuntimeCELCostBudget, nil)
			// Where a match condition says no, there is no decision at all.
			if len(result.Decisions) > 0 && !slices.Contains(verdict.JudgedBy, force.policy.Name) {
				verdict.JudgedBy = append(verdict.JudgedBy, force.policy.Name)
			}
			verdict.Refusals = append(verdict.Refusals, refusals(force.policy, binding, result.Decisions)...)
		}
	}
	return verdict, nil
}

func refusals(policy *admissionregistration.ValidatingAdmissionPolicy, binding *admissionregistration.ValidatingAdmissionPolicyBinding, decisions []validating.PolicyDecision) []Refusal {
	var found []Refusal
	for i, decision := range decisions {
		if decision.Action != validating.ActionDeny {
			continue
		}
		if len(decisions) != len(policy.Spec.Validations) {
			i = -1
		}
		found = append(found, Refusal{
			Policy:     policy.Name,
			Validation: i,
			Actions:    binding.Spec.ValidationActions,
			Message:    decision.Message,
			Error:      decision.Evaluation == validating.EvalError,
		})
	}
	return found
}

func (c *court) attributes(request Request) (admission.Attributes, error) {
	object, kind, err := decode(request.Object)
	if err != nil {
		return nil, fmt.Errorf("object: %w", err)
	}
	if object == nil {
		return nil, errors.New("there is no object")
	}
	operation := admission.Create
	old, _, err := decode(request.OldObject)
	if err != nil {
		return nil, fmt.Errorf("oldObject: %w", err)
	}
	if old != nil {
		operation = admission.Update
	}
	resource, _ := meta.UnsafeGuessKindToResource(kind)
	if request.Resource != "" {
		resource.Resource = strings.ToLower(request.Resource)
	}
	metadata, err := meta.Accessor(object)
	if err != nil {
		return nil, err
	}
	if name := metadata.GetNamespace(); name != "" && c.namespaces[name] == nil {
		return nil, fmt.Errorf("%s %s is in namespace %s, which is not in the question", kind.Kind, metadata.GetName(), name)
	}
	return admission.NewAttributesRecord(object, old, kind, metadata.GetNamespace(), metadata.GetName(), resource, request.Subresource, operation, nil, request.DryRun, &user.DefaultInfo{Name: "rzp"}), nil
}

// decode reads an object of a kind Kubernetes knows into its Go type, as the API server does: what is empty is then
// left out and an unknown field is an error. Others stay as they are.
func decode(raw json.RawMessage) (runtime.Object, schema.GroupVersionKind, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, schema.GroupVersionKind{}, nil
	}
	untyped := &unstructured.Unstructured{}
	if err := untyped.UnmarshalJSON(raw); err != nil {
		return nil, schema.GroupVersionKind{}, err
	}
	kind := untyped.GroupVersionKind()
	typed, err := scheme.Scheme.New(kind)
	if err != nil {
		return untyped, kind, nil
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(untyped.Object, typed, true); err != nil {
		return nil, kind, err
	}
	typed.GetObjectKind().SetGroupVersionKind(kind)
	return typed, kind, nil
}
