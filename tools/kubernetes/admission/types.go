package main

import (
	"encoding/json"
	"fmt"
	"strings"

	admissionregistration "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/cel/openapi/resolver"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/openapi"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kubectl-validate/pkg/openapiclient"
)

// typeChecker is the API server's own, which writes its warnings into the status of a policy. It knows the kinds
// of Kubernetes; of a policy on other kinds it says nothing.
type typeChecker struct{ checker *validating.TypeChecker }

func newTypeChecker(version string) (*typeChecker, error) {
	paths, err := openapiclient.NewHardcodedBuiltins(version).Paths()
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("there are no schemas of Kubernetes %q", version)
	}
	mapper := meta.NewDefaultRESTMapper(nil)
	for kind := range scheme.Scheme.AllKnownTypes() {
		mapper.Add(kind, meta.RESTScopeNamespace)
	}
	return &typeChecker{&validating.TypeChecker{SchemaResolver: &schemas{paths: paths}, RestMapper: mapper}}, nil
}

func (t *typeChecker) check(policy *admissionregistration.ValidatingAdmissionPolicy) []Problem {
	var problems []Problem
	for _, warning := range t.checker.Check(policy) {
		problems = append(problems, Problem{Policy: policy.Name, Field: warning.FieldRef, Message: warning.Warning})
	}
	return problems
}

// schemas resolves kinds from the published OpenAPI of a version.
type schemas struct {
	paths map[string]openapi.GroupVersion
	read  map[string]map[string]*spec.Schema
}

const refPrefix = "#/components/schemas/"

func (s *schemas) ResolveSchema(kind schema.GroupVersionKind) (*spec.Schema, error) {
	components, err := s.components(kind.GroupVersion())
	if err != nil {
		return nil, err
	}
	for ref, candidate := range components {
		var kinds []schema.GroupVersionKind
		if err := candidate.Extensions.GetObject("x-kubernetes-group-version-kind", &kinds); err != nil {
			return nil, err
		}
		for _, one := range kinds {
			if one == kind {
				return resolver.PopulateRefs(func(ref string) (*spec.Schema, bool) {
					found, ok := components[strings.TrimPrefix(ref, refPrefix)]
					return found, ok
				}, ref)
			}
		}
	}
	return nil, fmt.Errorf("%s: %w", kind, resolver.ErrSchemaNotFound)
}

func (s *schemas) components(version schema.GroupVersion) (map[string]*spec.Schema, error) {
	path := "apis/" + version.String()
	if version.Group == "" {
		path = "api/" + version.Version
	}
	if known, ok := s.read[path]; ok {
		return known, nil
	}
	group, ok := s.paths[path]
	if !ok {
		return nil, fmt.Errorf("%s: %w", version, resolver.ErrSchemaNotFound)
	}
	text, err := group.Schema(runtime.ContentTypeJSON)
	if err != nil {
		return nil, err
	}
	var document struct {
		Components struct {
			Schemas map[string]*spec.Schema `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	if s.read == nil {
		s.read = map[string]map[string]*spec.Schema{}
	}
	s.read[path] = document.Components.Schemas
	return document.Components.Schemas, nil
}
