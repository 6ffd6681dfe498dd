// Command admission judges objects by ValidatingAdmissionPolicies as the API server does, without a cluster:
// it compiles every expression in the API server's own CEL environment, checks types against the schemas of
// a Kubernetes version, and runs matching, match conditions and validations with the API server's packages.
//
//	admission < QUESTION.json > ANSWER.json
//
// The question and the answer are the two types below. It ends with 0 when it has an answer, whatever it says.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	admissionregistration "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
)

// Question is what is read. Without bindings every policy is bound to everything, and denies.
type Question struct {
	// KubernetesVersion is that of the schemas types are checked against, as "1.35".
	KubernetesVersion string                                                   `json:"kubernetesVersion"`
	Policies          []admissionregistration.ValidatingAdmissionPolicy        `json:"policies"`
	Bindings          []admissionregistration.ValidatingAdmissionPolicyBinding `json:"bindings"`
	Namespaces        []corev1.Namespace                                       `json:"namespaces"`
	Requests          []Request                                                `json:"requests"`
}

// Request is an object somebody wants to create (or, with what was there, to change).
type Request struct {
	Object    json.RawMessage `json:"object"`
	OldObject json.RawMessage `json:"oldObject"`
	DryRun    bool            `json:"dryRun"`
	// Resource is guessed from the kind where it is not given.
	Resource    string `json:"resource"`
	Subresource string `json:"subresource"`
}

// Answer is what is printed: what is wrong with the policies, and one verdict a request.
type Answer struct {
	Problems []Problem `json:"problems"`
	Verdicts []Verdict `json:"verdicts"`
}

// Problem is an expression that does not compile, or whose types do not fit the schema.
type Problem struct {
	Policy  string `json:"policy"`
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Verdict says by which policies a request was judged, and which validations it failed.
type Verdict struct {
	JudgedBy []string  `json:"judgedBy"`
	Refusals []Refusal `json:"refusals"`
}

// Refusal is a validation that failed, or could not be evaluated.
type Refusal struct {
	Policy string `json:"policy"`
	// Validation is its index in the policy; -1 where the policy as a whole failed.
	Validation int                                      `json:"validation"`
	Actions    []admissionregistration.ValidationAction `json:"actions"`
	Message    string                                   `json:"message"`
	// Error is true where an expression broke off instead of saying no.
	Error bool `json:"error,omitempty"`
}

func main() {
	klog.InitFlags(nil)
	_ = flag.Set("logtostderr", "true")
	_ = flag.Set("stderrthreshold", "FATAL")
	flag.Parse()
	if err := run(context.Background(), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, in io.Reader, out io.Writer) error {
	decoder := json.NewDecoder(in)
	decoder.DisallowUnknownFields()
	question := &Question{}
	if err := decoder.Decode(question); err != nil {
		return fmt.Errorf("the question: %w", err)
	}
	answer := &Answer{Problems: []Problem{}, Verdicts: []Verdict{}}
	checker, err := newTypeChecker(question.KubernetesVersion)
	if err != nil {
		return err
	}
	court := newCourt(question)
	for i := range question.Policies {
		policy := &question.Policies[i]
		answer.Problems = append(answer.Problems, court.admit(policy)...)
		answer.Problems = append(answer.Problems, checker.check(policy)...)
	}
	for i, request := range question.Requests {
		verdict, err := court.judge(ctx, request)
		if err != nil {
			return fmt.Errorf("request %d: %w", i, err)
		}
		answer.Verdicts = append(answer.Verdicts, *verdict)
	}
	return json.NewEncoder(out).Encode(answer)
}
