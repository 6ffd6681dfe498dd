package main

import (
	admissionregistration "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	plugincel "k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/cel/environment"

	"fmt"
)

// compile does what the API server does with a stored policy (validating.compilePolicy, which it keeps to itself),
// and tells every expression that it would refuse to store.
func compile(policy *admissionregistration.ValidatingAdmissionPolicy) (validating.Validator, []Problem) {
	declarations := plugincel.OptionalVariableDeclarations{HasParams: policy.Spec.ParamKind != nil, HasAuthorizer: true}
	forMessages := plugincel.OptionalVariableDeclarations{HasParams: policy.Spec.ParamKind != nil}
	compiler, err := plugincel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	if err != nil {
		panic(err)
	}
	var problems []Problem
	tell := func(field string, result plugincel.CompilationResult) {
		if result.Error != nil {
			problems = append(problems, Problem{Policy: policy.Name, Field: field, Message: result.Error.Detail})
		}
	}
	try := func(field string, accessor plugincel.ExpressionAccessor, options plugincel.OptionalVariableDeclarations) {
		tell(field, compiler.CompileCELExpression(accessor, options, environment.NewExpressions))
	}
	for i, variable := range policy.Spec.Variables {
		accessor := &validating.Variable{Name: variable.Name, Expression: variable.Expression}
		tell(fmt.Sprintf("spec.variables[%d].expression", i), compiler.CompileAndStoreVariable(accessor, declarations, environment.NewExpressions))
	}
	conditions := make([]plugincel.ExpressionAccessor, len(policy.Spec.MatchConditions))
	for i := range policy.Spec.MatchConditions {
		conditions[i] = (*matchconditions.MatchCondition)(&policy.Spec.MatchConditions[i])
		try(fmt.Sprintf("spec.matchConditions[%d].expression", i), conditions[i], declarations)
	}
	validations := make([]plugincel.ExpressionAccessor, len(policy.Spec.Validations))
	messages := make([]plugincel.ExpressionAccessor, len(policy.Spec.Validations))
	for i, one := range policy.Spec.Validations {
		validations[i] = &validating.ValidationCondition{Expression: one.Expression, Message: one.Message, Reason: one.Reason}
		try(fmt.Sprintf("spec.validations[%d].expression", i), validations[i], declarations)
		if one.MessageExpression != "" {
			messages[i] = &validating.MessageExpressionCondition{MessageExpression: one.MessageExpression}
			try(fmt.Sprintf("spec.validations[%d].messageExpression", i), messages[i], forMessages)
		}
	}
	var matcher matchconditions.Matcher
	if len(conditions) > 0 {
		matcher = matchconditions.NewMatcher(compiler.CompileCondition(conditions, declarations, environment.StoredExpressions), policy.Spec.FailurePolicy, "policy", "validate", policy.Name)
	}
	return validating.NewValidator(
		compiler.CompileCondition(validations, declarations, environment.StoredExpressions),
		matcher,
		compiler.CompileCondition(nil, declarations, environment.StoredExpressions),
		compiler.CompileCondition(messages, forMessages, environment.StoredExpressions),
		policy.Spec.FailurePolicy,
	), problems
}

// withDefaults fills in what the API server does when it stores what a policy or a binding matches.
func withDefaults(resources *admissionregistration.MatchResources) *admissionregistration.MatchResources {
	if resources == nil {
		return nil
	}
	if resources.NamespaceSelector == nil {
		resources.NamespaceSelector = &metav1.LabelSelector{}
	}
	if resources.ObjectSelector == nil {
		resources.ObjectSelector = &metav1.LabelSelector{}
	}
	if resources.MatchPolicy == nil {
		equivalent := admissionregistration.Equivalent
		resources.MatchPolicy = &equivalent
	}
	for _, rules := range [][]admissionregistration.NamedRuleWithOperations{resources.ResourceRules, resources.ExcludeResourceRules} {
		for i := range rules {
			if rules[i].Scope == nil {
				all := admissionregistration.AllScopes
				rules[i].Scope = &all
			}
		}
	}
	return resources
}
